from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from heli.access import Action, may_ever, rows
from heli.access.classes import Shown, Sight, shown, sight
from heli.common import codes
from heli.common.classes import S3
from heli.common.templatetags.heli import day
from heli.households.models import Household, Member
from heli.papers.models import Paper
from heli.regions import names
from heli.regions import selectors as regions

from .models import Need

VIEWS = {
    "waiting": Q(state="open"),
    "asked": Q(state="asked"),
    "under_way": Q(state="under_way"),
    "done": Q(state="done"),
    "all": Q(),
}


def needs(person: Any, view: str = "all") -> QuerySet[Need]:
    found = rows(Need, person, Action.NEED_VIEW).filter(VIEWS.get(view, Q()))
    return found.select_related("household").order_by("-urgency", "raised_at")


def households_of(words: str) -> QuerySet[Member, int]:
    """Households in which somebody's name may be meant by `words`, as a subquery."""
    return Member.objects.filter(name__in=names.like(words)).values_list("household_id", flat=True)


def households_coded(words: str) -> QuerySet[Household, int]:
    """Households whose code begins so, as a subquery."""
    return Household.objects.filter(codes.beginning("code", words)).values_list("pk", flat=True)


def villages(person: Any) -> list[tuple[str, str]]:
    """(code, name) of villages in which the person sees needs."""
    return regions.having(rows(Need, person, Action.NEED_VIEW).order_by().filter(region_code=OuterRef("code")))


def counts(person: Any) -> dict[str, int]:
    """How many needs each view holds, in one query."""
    parts = {name: Count("pk", filter=where) if where else Count("pk") for name, where in VIEWS.items()}
    facts: dict[str, int] = rows(Need, person, Action.NEED_VIEW).aggregate(**parts)
    return facts


def of_household(household_id: int) -> QuerySet[Need]:
    return Need.objects.filter(household_id=household_id).order_by("-raised_at")


def written(need: Need, person: Any, field: str) -> Shown:
    """What was written of the need, as the person may see it; who raised it knows his own words."""
    if need.raised_by_id == person.pk:
        return Shown(str(getattr(need, field)))
    return shown(person, need, field)


def title(need: Need, person: Any) -> str:
    """How a person would say it; for who may not read that, what kind of help it is."""
    said = written(need, person, "title")
    return str(need.get_kind_display()) if said.hidden else said.text


def reads_all(need: Need, person: Any) -> bool:
    """Whether nothing of the need is covered for the person."""
    return need.raised_by_id == person.pk or sight(person, S3) == Sight.FULL


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list of needs."""

    pk: int
    need: Need
    title: str
    head: Shown
    place: str
    raised: str
    wanted_by: str


def lines(page: Iterable[Need], person: Any) -> list[Line]:
    rows_ = list(page)
    places = regions.names({row.region_code for row in rows_})
    heads = Member.objects.filter(household_id__in={row.household_id for row in rows_}, role="head")
    called = {head.household_id: shown(person, head, "name", kind="name") for head in heads}
    return [
        Line(
            row.pk, row, title(row, person), called.get(row.household_id, Shown(row.household.code)),
            places.get(row.region_code, ""), day(row.raised_at), day(row.wanted_by),
        )
        for row in rows_
    ]  # fmt: skip


def notes(households: list[Household], person: Any) -> dict[int, tuple[str, ...]]:
    """Open needs of these households, in the household's words where they may be read, for the register."""
    found: dict[int, tuple[str, ...]] = {}
    open_ = Need.objects.filter(household__in=households, state__in=("open", "asked", "under_way"))
    for need in open_.order_by("pk"):
        found[need.household_id] = (*found.get(need.household_id, ()), title(need, person))
    return found


def by_codes(wanted: Iterable[str]) -> dict[str, Need]:
    """Code → need, for files that our own export made."""
    return {need.code: need for need in Need.objects.filter(code__in=sorted(set(wanted))).select_related("household")}


def by_pks(pks: Iterable[int]) -> dict[int, Need]:
    return {need.pk: need for need in Need.objects.filter(pk__in=sorted(set(pks))).select_related("household")}


def going_on_of(households: Iterable[int]) -> dict[tuple[int, str, str], Need]:
    """(household, kind, title) → the need that is not closed, so that the same table raises nothing twice."""
    found = Need.objects.filter(household__in=sorted(set(households)), state__in=("open", "asked", "under_way"))
    return {(need.household_id, need.kind, need.title): need for need in found.select_related("household")}


def papers_needed(papers: Sequence[Paper]) -> dict[int, Any]:
    """Papers of households that wait for help or are being helped."""
    owners = {paper.pk: paper.subject_id for paper in papers if paper.subject_kind == "household"}
    open_ = Need.objects.filter(state__in=("open", "asked", "under_way")).order_by()
    helped = set[int]()
    wanted = sorted(set(owners.values()))
    for start in range(0, len(wanted), 500):  # SQLite's limit on variables
        helped |= set(open_.filter(household__in=wanted[start : start + 500]).values_list("household_id", flat=True))
    return {pk: _("这一户还有没办完的忙") for pk, owner in owners.items() if owner in helped}


def need_choices(person: Any) -> list[tuple[str, Any]]:
    return [("open", _("有"))]


def with_needs(person: Any, value: str) -> Q:
    """Households that wait for help or are being helped."""
    open_ = rows(Need, person, Action.NEED_VIEW).order_by().filter(state__in=("open", "asked", "under_way"))
    return Q(pk__in=open_.values("household_id"))


def file_panel(household: Household, person: Any) -> dict[str, Any] | None:
    needs_ = [(need, title(need, person)) for need in _of_file(household)[:10]]
    return {"needs": needs_, "household": household} if needs_ else None


def file_subjects(household: Household) -> list[tuple[str, str]]:
    return [("need", str(need.pk)) for need in _of_file(household)]


def _of_file(household: Household) -> list[Need]:
    """Newest first; read once, however many parts of the file ask."""
    prefetch_related_objects([household], Prefetch("needs", Need.objects.order_by("-raised_at")))
    return list(household.needs.all())


def home_panel(person: Any) -> dict[str, Any] | None:
    """What waits, for the front page: the most urgent open needs."""
    if not may_ever(person, Action.NEED_VIEW):
        return None
    return {"counts": counts(person), "lines": lines(list(needs(person, "waiting")[:5]), person)}
