from heli.access import door

from .models import Batch

batch_for = door(Batch)
