"""What the papers' room is told of households, and the papers as the file shows them."""

from typing import Any

from django.urls import reverse

from heli.access import Action
from heli.access.doors import regions_of
from heli.common import codes
from heli.papers import kinds
from heli.papers import selectors as papers
from heli.papers.subjects import Subject

from .models import Household


def subject(household: Household) -> Subject:
    return Subject(household.ledger_kind, household.pk, household.region_code)


def chain(pk: int) -> str:
    row = Household.all_rows.select_related("block").filter(pk=pk).first()
    return row.ledger_chain() if row else ""


def page(pk: int) -> str:
    return reverse("households:papers", args=[pk])


def called(pk: int) -> str:
    return next(iter(Household.all_rows.filter(pk=pk).values_list("code", flat=True)), "")


def history(household: Household) -> list[tuple[str, str]]:
    return papers.ids_of(subject(household))


def panel(household: Household, person: Any) -> dict[str, Any] | None:
    """Nothing for those who see the household by a relation only: papers do not go with it."""
    if not _in_scope(person, household, Action.PAPER_VIEW):
        return None
    return {
        "household": household,
        "cards": papers.of_subject(subject(household), person),
        "may_add": _in_scope(person, household, Action.PAPER_ADD),
        "kinds": kinds.choices(),
    }


def _in_scope(person: Any, household: Household, action: Action) -> bool:
    """For showing the way, without asking the database once more; the doors ask it themselves."""
    return any(codes.contains(region, household.region_code) for region in regions_of(person, action))


def all_facts(household: Household, person: Any) -> dict[str, Any]:
    """The page of all papers: with the bin, for those who may take something out of it."""
    return {**(panel(household, person) or {}), "bin": papers.in_the_bin(subject(household), person)}
