"""Reading households: lists by right, the file as somebody may see it, and who is known already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from heli.access import Action, rows
from heli.access.classes import Shown, shown
from heli.blocks.models import Block
from heli.common import codes
from heli.regions import selectors as regions

from . import search
from .models import House, Household, Member

HEAD_FIRST = Prefetch("members", queryset=Member.objects.order_by("pk"))


def households(person: Any, *, words: str = "", region: str = "", block: str = "") -> QuerySet[Household]:
    """The register as `person` may see it, narrowed by what the filter form says; by words, the nearest first."""
    found = rows(Household, person, Action.HOUSEHOLD_VIEW).select_related("block").prefetch_related(HEAD_FIRST)
    order: tuple[Any, ...] = ("code",)
    if words:
        coded = search.by_code(words, _marks(person))
        found = found.filter(coded | search.by_member(words))
        order = (search.nearest_first(words, exact=coded), "code")
    if region:
        found = found.filter(codes.under(region))
    if block:
        found = found.filter(block__code=block)
    return found.order_by(*order)


def _marks(person: Any) -> list[str]:
    """With what the codes of this person's blocks begin, so that 0417 is found without its 吉."""
    return sorted(set(blocks_of(person).values_list("mark", flat=True)))


@dataclass(frozen=True, slots=True)
class MemberLine:
    pk: int
    name: Shown
    role: str
    kinship: Shown
    id_number: Shown
    phone: Shown


@dataclass(frozen=True, slots=True)
class File:
    """一户一档 as one person may see it."""

    household: Household
    head: str
    members: tuple[MemberLine, ...]
    houses: tuple[House, ...]
    recognised_dm2: int
    hardship_noted: bool


def head_name(household: Household) -> str:
    """The head's name, from members at hand."""
    return next((member.name for member in household.members.all() if member.role == "head"), household.code)


def file(household: Household, person: Any) -> File:
    members = tuple(_member(row, person) for row in household.members.order_by("pk"))
    houses = tuple(household.houses.order_by("pk"))
    return File(
        household=household,
        head=next((str(line.name) for line in members if line.role == "head"), household.code),
        members=members,
        houses=houses,
        recognised_dm2=sum(house.recognised_dm2 or 0 for house in houses),
        hardship_noted=household.hardships.exists(),
    )


def _member(row: Member, person: Any) -> MemberLine:
    return MemberLine(
        pk=row.pk,
        name=shown(person, row, "name", kind="name"),
        role=row.role,
        kinship=shown(person, row, "kinship"),
        id_number=shown(person, row, "id_number", kind="id"),
        phone=shown(person, row, "phone", kind="phone"),
    )


def known_heads(id_indexes: Iterable[str]) -> dict[str, Household]:
    """Blind index of an ID → the household whose head it is."""
    wanted = list(id_indexes)
    found: dict[str, Household] = {}
    for start in range(0, len(wanted), 500):  # SQLite's limit on variables
        heads = Member.objects.filter(id_index__in=wanted[start : start + 500], role="head", household__entered=True)
        found |= {head.id_index: head.household for head in heads.select_related("household")}
    return found


def totals(found: QuerySet[Household]) -> dict[str, int]:
    facts = found.order_by().aggregate(people=Sum("people_count"), bays=Sum("bays"))
    return {"people": facts["people"] or 0, "bays": facts["bays"] or 0}


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of the register."""

    pk: int
    code: str
    head: Shown
    village: str
    group: str
    people: int
    bays: int
    block: str
    needs: tuple[str, ...]


def lines(page: Iterable[Household], person: Any) -> list[ListLine]:
    rows_ = list(page)
    places = regions.names({row.region_code for row in rows_})
    asked = list_notes(rows_)
    return [_list_line(row, person, places, asked.get(row.pk, ())) for row in rows_]


def _list_line(row: Household, person: Any, places: dict[str, str], needs: tuple[str, ...]) -> ListLine:
    head = next((member for member in row.members.all() if member.role == "head"), None)
    return ListLine(
        pk=row.pk,
        code=row.code,
        head=shown(person, head, "name", kind="name") if head else Shown(row.code),
        village=places.get(row.region_code, ""),
        group=row.group_name,
        people=row.people_count,
        bays=row.bays,
        block=row.block.name if row.block else "",
        needs=needs,
    )


# What rooms above say about households in the list (their open needs): (rows) → {pk: words}.
_notes: list[Any] = []


def list_note(say: Any) -> None:
    _notes.append(say)


def list_notes(rows_: list[Household]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for say in _notes:
        for pk, words in say(rows_).items():
            found[pk] = (*found.get(pk, ()), *words)
    return found


def villages(person: Any) -> set[str]:
    """Village codes in which the person sees households."""
    found = rows(Household, person, Action.HOUSEHOLD_VIEW).order_by().values_list("region_code", flat=True).distinct()
    return set(found)


def blocks_of(person: Any) -> QuerySet[Block]:
    seen = rows(Household, person, Action.HOUSEHOLD_VIEW).order_by().values("block_id")
    return Block.objects.filter(pk__in=seen).order_by("code")


def member_of(household: Household, pk: int) -> Member | None:
    return household.members.filter(pk=pk).first()


def known_without_id(named: set[tuple[str, str]]) -> dict[tuple[str, str, str], Household]:
    """(head, village, serial) → household whose head has no ID, among these names and villages."""
    found: dict[tuple[str, str, str], Household] = {}
    wanted = sorted({name for name, _village in named})
    for start in range(0, len(wanted), 500):  # SQLite's limit on variables
        heads = Member.objects.filter(
            role="head", id_index="", household__entered=True, name__in=wanted[start : start + 500]
        )
        for head in heads.select_related("household"):
            village = head.household.region_code
            if (head.name, village) in named:
                found[head.name, village, head.household.serial] = head.household
    return found
