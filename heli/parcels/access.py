from heli.access import door

from .models import Parcel

parcel_for = door(Parcel)
