"""Reading households: lists by right, the file as somebody may see it, and who is known already."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from heli.access import Action, rows
from heli.access.classes import Shown, Sight, shown, shown_value, sight
from heli.access.doors import regions_of
from heli.blocks.models import Block
from heli.common import codes, measures
from heli.common.classes import FieldClass
from heli.common.errors import DomainError
from heli.ledger import selectors as history
from heli.regions import selectors as regions

from . import shares
from .models import Hardship, House, Household, Link, Member, entered

NOTHING = Shown("")
AT_ONCE = {"sqlite": 500, "postgresql": 5_000}  # values of one question; SQLite's limit is not much higher
HEAD_FIRST = Prefetch("members", queryset=Member.objects.order_by("pk"))


def marks(person: Any) -> list[str]:
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
    share: str


@dataclass(frozen=True, slots=True)
class File:
    """一户一档 as one person may see it."""

    household: Household
    head: str
    members: tuple[MemberLine, ...]
    houses: tuple["HouseLine", ...]
    recognised: str
    wish: Shown
    remark: Shown
    hardship_noted: bool
    host: str
    guests: tuple[str, ...]
    shares_settled: bool


def head_name(household: Household) -> str:
    """The head's name, from members at hand."""
    return next((member.name for member in household.members.all() if member.role == "head"), household.code)


def as_a_file(rows_: QuerySet[Household]) -> QuerySet[Household]:
    """With what the top of the file says of the household beside its own columns."""
    return rows_.select_related("block", "link__host").annotate(
        hardship_noted=Exists(Hardship.objects.filter(household=OuterRef("pk"))),
        is_host=Exists(Link.objects.filter(host=OuterRef("pk"))),
    )


def file(household: Household, person: Any) -> File:
    """Of a household that came `as_a_file`."""
    noted: Any = household
    parts = {"numerator": F("shares__numerator"), "denominator": F("shares__denominator")}  # a member has one share
    rows_: Any = household.members.order_by("pk").annotate(**parts)
    held = {row.pk: shares.said(row) for row in rows_ if row.numerator}
    members = tuple(_member(row, person, held.get(row.pk, "")) for row in rows_)
    houses = tuple(household.houses.order_by("pk"))
    whole = sum(house.recognised_dm2 or 0 for house in houses)
    return File(
        household=household,
        head=next((str(line.name) for line in members if line.role == "head"), household.code),
        members=members,
        houses=tuple(_house(row, person) for row in houses),
        recognised=str(shown_value(person, House, "recognised_dm2", _area(whole))),
        wish=_choice(person, household, "wish"),
        remark=shown(person, household, "remark"),
        hardship_noted=noted.hardship_noted,
        host=household.link.host.code if hasattr(household, "link") else "",
        guests=_guests(household) if noted.is_host else (),
        shares_settled=bool(held),
    )


def _guests(household: Household) -> tuple[str, ...]:
    return tuple(household.guests.order_by("household__code").values_list("household__code", flat=True))


@dataclass(frozen=True, slots=True)
class HouseLine:
    """A building as one person may see it."""

    pk: int
    number: str
    structure: str
    built_year: int | None
    registered: Shown
    recognised: Shown
    status: Shown


def _house(row: House, person: Any) -> HouseLine:
    return HouseLine(
        pk=row.pk,
        number=row.number,
        structure=str(row.get_structure_display()),
        built_year=row.built_year,
        registered=shown_value(person, House, "registered_dm2", _area(row.registered_dm2)),
        recognised=shown_value(person, House, "recognised_dm2", _area(row.recognised_dm2)),
        status=_choice(person, row, "status"),
    )


def _area(dm2: int | None) -> str:
    return "" if dm2 is None else f"{measures.m2(dm2)} ㎡"


def _choice(person: Any, row: Any, field: str) -> Shown:
    """The word of a choice, as the person may see it."""
    value = getattr(row, field)
    word = str(getattr(row, f"get_{field}_display")()) if value else ""
    return shown_value(person, type(row), field, word)


def head_as_seen(household: Household, person: Any) -> str:
    """The head's name as the person may see it."""
    head = household.members.filter(role=Member.Role.HEAD).first()
    return str(shown(person, head, "name", kind="name")) if head else str(household.code)


def _member(row: Member, person: Any, share: str) -> MemberLine:
    return MemberLine(
        pk=row.pk,
        name=shown(person, row, "name", kind="name"),
        role=row.role,
        kinship=shown(person, row, "kinship"),
        id_number=shown(person, row, "id_number", kind="id"),
        phone=shown(person, row, "phone", kind="phone"),
        share=share if sight(person, FieldClass.S3) != Sight.NONE else "",
    )


def known_heads(id_indexes: Iterable[str]) -> dict[str, Household]:
    """Blind index of an ID → the household whose head it is."""
    wanted = list(id_indexes)
    found, step = dict[str, Household](), AT_ONCE[connection.vendor]
    for start in range(0, len(wanted), step):
        heads = Member.objects.filter(entered("household__"), id_index__in=wanted[start : start + step], role="head")
        found |= {head.id_index: head.household for head in heads.select_related("household")}
    return found


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
    serial: str
    wish: Shown
    id_number: Shown
    phone: Shown
    needs: tuple[str, ...]


def lines(page: Iterable[Household], person: Any) -> list[ListLine]:
    rows_ = list(page)
    places = regions.names({row.region_code for row in rows_})
    asked = list_notes(rows_, person)
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
        serial=row.serial,
        wish=_choice(person, row, "wish"),
        id_number=shown(person, head, "id_number", kind="id") if head else NOTHING,
        phone=shown(person, head, "phone", kind="phone") if head else NOTHING,
        needs=needs,
    )


# What rooms above say about households in the list (their open needs): (rows, person) → {pk: words}.
_notes: list[Any] = []


def list_note(say: Any) -> None:
    _notes.append(say)


def list_notes(rows_: list[Household], person: Any) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for say in _notes:
        for pk, words in say(rows_, person).items():
            found[pk] = (*found.get(pk, ()), *words)
    return found


def villages(person: Any) -> list[tuple[str, str]]:
    """(code, name) of villages in which the person sees households: one look into the index for each village."""
    here = rows(Household, person, Action.HOUSEHOLD_VIEW).order_by().filter(region_code=OuterRef("code"))
    return regions.having(here)


def blocks_to_choose(person: Any) -> QuerySet[Block]:
    """Blocks in whose towns the person may change households."""
    towns = [codes.under(codes.town_of(code), "town_code") for code in regions_of(person, Action.HOUSEHOLD_EDIT)]
    return Block.objects.filter(reduce(or_, towns, Q(pk__in=()))).order_by("code")


def blocks_of(person: Any) -> QuerySet[Block]:
    """Blocks in which the person sees households."""
    here = rows(Household, person, Action.HOUSEHOLD_VIEW).order_by().filter(block=OuterRef("pk"))
    return Block.objects.filter(Exists(here)).order_by("code")


def member_of(household: Household, pk: int) -> Member | None:
    return household.members.filter(pk=pk).first()


def house_of(household: Household, pk: int) -> House | None:
    return household.houses.filter(pk=pk).first()


def facts_of(row: Any, form: Any, covered: tuple[str, ...] = ()) -> dict[str, Any]:
    """What stands in the row for each field of a form; covered values never reach the page."""
    return {name: "" if name in covered else getattr(row, name) for name in form.base_fields}


def house_facts(house: House) -> dict[str, Any]:
    """A building's facts with areas in square metres, as people write them."""
    areas = ("registered_dm2", "recognised_dm2")
    names = ("number", "structure", "built_year", "floors", "bays", "status")
    written = {name: None if getattr(house, name) is None else measures.m2(getattr(house, name)) for name in areas}
    return {name: getattr(house, name) for name in names} | written


def possible_holders(household: Household) -> list[Member]:
    """Everybody who can hold a share: not tenants, not who only lives there."""
    return list(household.members.exclude(role__in=("tenant", "occupant")).order_by("pk"))


def share_facts(household: Household) -> dict[str, Any]:
    held = {share.member_id: share for share in household.shares.all()}
    source = next((share.source for share in held.values()), "title")
    said = {
        f"share_{row.pk}": shares.said(held[row.pk]) if row.pk in held else "" for row in possible_holders(household)
    }
    return {"source": source} | said


def link_facts(household: Household) -> dict[str, Any]:
    link = Link.objects.filter(household=household).select_related("host").first()
    return {"host": link.host.code if link else ""}


def host_named(person: Any, code: str) -> Household:
    """The household with this code among those that the person may change."""
    found = rows(Household, person, Action.HOUSEHOLD_EDIT).filter(code=code.strip()).first()
    if found is None:
        raise DomainError("host_unknown", _("没有找到户号是 %(code)s 的住户。") % {"code": code.strip()},
                          kept=_("挂靠没有变。"), todo=_("请在名单里看一眼户号，再写一遍。"))  # fmt: skip
    return found


def last_change(household: Household) -> history.Told | None:
    """The newest entry about this household: who changed it, and when."""
    return next(iter(history.history([("household", str(household.pk))], 1)), None)


def villages_to_choose(person: Any) -> list[tuple[str, str]]:
    """Villages in which the person may open a file."""
    towns = {codes.town_of(code) for code in regions_of(person, Action.HOUSEHOLD_EDIT)}
    return [(village.code, village.name) for town in sorted(towns) for village in regions.by_level("village", town)]


def known_codes(codes_: Iterable[str]) -> dict[str, Household]:
    """Code → household, for files that our own export made."""
    wanted = sorted({code for code in codes_ if "-" in code})
    found, step = dict[str, Household](), AT_ONCE[connection.vendor]
    for start in range(0, len(wanted), step):
        found |= {row.code: row for row in Household.objects.filter(code__in=wanted[start : start + step])}
    return found


def known_without_id(named: set[tuple[str, str]]) -> dict[tuple[str, str, str], Household]:
    """(head, village, serial) → household whose head has no ID, among these names and villages."""
    found, step = dict[tuple[str, str, str], Household](), AT_ONCE[connection.vendor]
    wanted = sorted({name for name, _village in named})
    for start in range(0, len(wanted), step):
        heads = Member.objects.filter(
            entered("household__"), role="head", id_index="", name__in=wanted[start : start + step]
        )
        for head in heads.select_related("household"):
            village = head.household.region_code
            if (head.name, village) in named:
                found[head.name, village, head.household.serial] = head.household
    return found


def headed(names: Iterable[str]) -> dict[str, list[Household]]:
    """Name of the head → the households, for tables that name no code."""
    found: dict[str, list[Household]] = {}
    wanted = sorted(set(names))
    step = AT_ONCE[connection.vendor]
    for start in range(0, len(wanted), step):
        heads = Member.objects.filter(entered("household__"), role="head", name__in=wanted[start : start + step])
        for head in heads.select_related("household").order_by("pk"):
            found.setdefault(head.name, []).append(head.household)
    return found


def by_pks(pks: Iterable[int]) -> dict[int, Household]:
    return Household.objects.in_bulk(sorted(set(pks)))
