from heli.access import door

from .models import Helper

helper_for = door(Helper)
