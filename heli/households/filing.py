"""What the papers' room is told of households, and the papers as the file shows them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from heli.access import Action, rows
from heli.access.doors import regions_of
from heli.common import codes, days
from heli.papers import expiring, kinds
from heli.papers import selectors as papers
from heli.papers.models import Paper
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


def codes_of(pks: Iterable[int]) -> dict[int, str]:
    return dict(Household.all_rows.filter(pk__in=list(pks)).values_list("pk", "code"))


def home_due(person: Any) -> dict[str, Any] | None:
    """For the front page of who decides: how many papers have passed their day."""
    due = expiring.due(days.today())
    n = rows(Paper, person, Action.PAPER_REMOVE).filter(due, subject_kind="household").count()
    return {"due": n} if n else None


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
    about = subject(household)
    more: dict[str, Any] = {"may_open": _in_scope(person, household, Action.PAPER_OPEN)}
    more |= {"bin": papers.in_the_bin(about, person), "destroyed": papers.destroyed_of(about, person)}
    return {**(panel(household, person) or {}), **more}
