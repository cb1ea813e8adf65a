from heli.access import door

from .models import Household

household_for = door(Household)
