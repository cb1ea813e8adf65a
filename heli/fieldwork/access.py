from heli.access import door

from .models import Need

need_for = door(Need)
