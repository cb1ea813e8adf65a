from heli.access import door

from .models import Region

region_for = door(Region)
