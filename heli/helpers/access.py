from typing import Any

from heli.access import Action, door, rows

from .models import Helper, Loan, Team

helper_for = door(Helper)
loan_for = door(Loan)
team_for = door(Team)


def may(person: Any, helper: Helper, action: Action) -> bool:
    """Whether the person may do `action` to this helper: for showing the way there, never instead of the door."""
    return rows(Helper, person, action).filter(pk=helper.pk).exists()
