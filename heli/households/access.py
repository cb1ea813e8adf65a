from typing import Any

from heli.access import Action, door, rows

from .models import Household

household_for = door(Household)


def may(person: Any, household: Household, action: Action) -> bool:
    """Whether the person may do `action` to this household: for showing the way there, never instead of the door."""
    return rows(Household, person, action).filter(pk=household.pk).exists()
