from heli.access import door

from .models import Dispatch

dispatch_for = door(Dispatch)
