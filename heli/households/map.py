"""The working map beside the list: lots of a block in step with the households that somebody sees, and what stands
where. Households and lots meet by serial (序号) within a block."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from heli.access import Action, rows
from heli.access.classes import shown
from heli.access.doors import may_ever
from heli.blocks.models import Block
from heli.common import days, wording
from heli.parcels import drawing
from heli.parcels import selectors as parcels
from heli.parcels.models import Parcel

from .models import Household, Member

A_LOT = 16.0  # units of a usual lot: its digit reads in the narrow column
MOST_LOTS = 1_500  # of one block on this page; a larger one is looked at on its own page


@dataclass(frozen=True, slots=True)
class Mark:
    """What a later room says of a household on the map: a digit, the ramp's fill (0 to 7), and the same in words."""

    digit: str
    fill: int
    words: str


Marks = Callable[[list[Household], Any], Mapping[int, Mark]]
_marks: list[Marks] = []


def map_marks(find: Marks) -> None:
    """Called in `AppConfig.ready` of the room that knows: (households, person) → {pk: Mark}."""
    _marks.append(find)


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot as this person may see it: `pks` are the households on it that are theirs to see, the first opens."""

    path: str
    x: float
    y: float
    text: str
    parcel: int
    pks: tuple[int, ...] = ()
    code: str = ""
    matching: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """How lots and households of a block meet."""

    with_household: int
    without_household: int
    households_without_lot: int


@dataclass(frozen=True, slots=True)
class Picture:
    block: Block
    width: int
    height: int
    outline: str
    lots: tuple[Lot, ...]
    others: tuple[Block, ...]
    watermark: str
    watermarks: tuple[tuple[int, int], ...]
    keys: tuple[tuple[Mark, int], ...]
    joined: Joined
    too_many: bool = False
    may_change: bool = False


def plain(serial: str) -> str:
    """`007`, `7 ` and `7` are one number to those who wrote it."""
    text = serial.strip()
    return text.lstrip("0") or text


def picture(person: Any, found: QuerySet[Household]) -> Picture | None:
    """The map of the block that most of the listed households lie in; None where nobody drew one yet."""
    blocks = _blocks(person, found)
    if not blocks:
        return None
    lots = list(parcels.in_force(person, blocks[0])[:MOST_LOTS])
    return _picture(person, blocks, lots, _households(person, blocks[0], found))


def _blocks(person: Any, found: QuerySet[Household]) -> list[Block]:
    """The blocks of the listed households that have lots, those with most households first."""
    listed = Count("households", filter=Q(households__in=found.order_by().values("pk")))
    return list(parcels.drawn_blocks(person).annotate(n=listed).filter(n__gt=0).order_by("-n", "code")[:7])


def _mine(person: Any, block: Block) -> QuerySet[Household]:
    return rows(Household, person, Action.HOUSEHOLD_VIEW).filter(block=block)


def _households(person: Any, block: Block, found: QuerySet[Household]) -> dict[str, list[Household]]:
    """Serial → households of the block that the person sees; families that parted may share one, and "" holds those
    without any. Each knows whether it is in the list."""
    heads = Prefetch("members", queryset=Member.objects.filter(role="head").only("household", "role", "name"))
    mine = _mine(person, block).defer("remark").prefetch_related(heads).order_by("pk")
    told: dict[str, list[Household]] = {}
    for household in mine.annotate(listed=Exists(found.order_by().filter(pk=OuterRef("pk")))):
        told.setdefault(plain(household.serial), []).append(household)
    return told


def _picture(
    person: Any, blocks: list[Block], lots: list[Parcel], mine: Mapping[str, list[Household]]
) -> Picture | None:
    outline = blocks[0].outline or ""  # type: ignore[attr-defined]
    sheet = drawing.sheet(((lot.pk, lot.shape) for lot in lots), outline, lot=A_LOT)
    if sheet is None:
        return None
    households = [row for some in mine.values() for row in some]
    by_pk, marks = {lot.pk: lot for lot in lots}, _marked(households, person)
    drawn = tuple(_lot(person, one, by_pk[one.key], _on(by_pk[one.key], mine), marks) for one in sheet.lots)
    return Picture(
        block=blocks[0], width=sheet.width, height=sheet.height, outline=sheet.outline, lots=drawn,
        others=tuple(blocks[1:]),
        watermark=_("%(name)s %(day)s 仅限本人办公") % {"name": person.name, "day": days.today().isoformat()},
        watermarks=_places(sheet.width, sheet.height), keys=_keys(drawn),
        joined=joined((lot.serial for lot in lots), (row.serial for row in households)),
        too_many=len(lots) == MOST_LOTS, may_change=may_ever(person, Action.PARCEL_CHANGE),
    )  # fmt: skip


def _on(lot: Parcel, mine: Mapping[str, list[Household]]) -> list[Household]:
    return mine.get(plain(lot.serial), []) if lot.serial else []


def _lot(
    person: Any, one: drawing.Drawn, parcel: Parcel, households: list[Household], marks: Mapping[int, Mark]
) -> Lot:  # fmt: skip
    number = parcel.serial or parcel.number
    if not households:
        return Lot(one.path, one.x, one.y, _("%(number)s 号，名单里没有住户") % {"number": number}, parcel.pk)
    mark = next((marks[row.pk] for row in households if row.pk in marks), None)
    return Lot(
        path=one.path, x=one.x, y=one.y, text=lot_text(person, households, number, mark), parcel=parcel.pk,
        pks=tuple(row.pk for row in households), code=households[0].code if len(households) == 1 else "",
        matching=any(row.listed for row in households), mark=mark,  # type: ignore[attr-defined]
    )  # fmt: skip


def lot_text(person: Any, households: list[Household], number: str, mark: Mark | None = None) -> str:
    """三组 34 号，叶茂林: what a reader of the screen hears of a lot."""
    group = households[0].group_name
    facts = {"group": group, "number": number, "name": wording.listed(_head(person, row) for row in households)}
    text = (_("%(group)s %(number)s 号，%(name)s") if group else _("%(number)s 号，%(name)s")) % facts
    return wording.listed([text, mark.words]) if mark else text


def _head(person: Any, household: Household) -> str:
    head = next((member for member in household.members.all() if member.role == "head"), None)
    return str(shown(person, head, "name", kind="name")) if head else household.code


def _marked(households: list[Household], person: Any) -> dict[int, Mark]:
    found: dict[int, Mark] = {}
    for find in _marks:
        found |= find(households, person)
    return found


def _keys(lots: Iterable[Lot]) -> tuple[tuple[Mark, int], ...]:
    """The legend: only what stands on this map, with how many."""
    counts: dict[Mark, int] = {}
    for lot in lots:
        if lot.mark:
            key = Mark(lot.mark.digit, lot.mark.fill, lot.mark.words)
            counts[key] = counts.get(key, 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: pair[0].digit))


def _places(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Where the watermark stands: often enough that no part of the map is without it."""
    return tuple((x, y) for y in range(90, height, 170) for x in range(10 + y % 60, width, 260))


def joined(lots: Iterable[str], households: Iterable[str], others: Iterable[str] = ()) -> Joined:
    """How lots meet households, by the serials of both; `others` are lots that households may have besides."""
    lots, told = [plain(serial) for serial in lots], [plain(serial) for serial in households]
    having, standing = set(told) - {""}, {*lots, *(plain(serial) for serial in others)} - {""}
    with_household = sum(serial in having for serial in lots)
    return Joined(with_household, len(lots) - with_household, sum(serial not in standing for serial in told))


def joined_in(block: Block, lots: Iterable[str], others: Iterable[str]) -> Joined:
    """How these lots would meet all households of a block."""
    return joined(lots, Household.objects.filter(block=block).order_by().values_list("serial", flat=True), others)


def block_facts(block: Block, person: Any) -> dict[str, Any] | None:
    """For the block's own page: how many households, and how they meet the lots; nothing without the right."""
    if not may_ever(person, Action.HOUSEHOLD_VIEW):
        return None
    lots = parcels.in_force(person, block).order_by().values_list("serial", flat=True)
    mine = _mine(person, block).order_by().values_list("serial", flat=True)
    return {"block": block, "households": len(mine), "joined": joined(lots, mine)}


def lots_of(household: Household, person: Any) -> dict[str, Any] | None:
    """For the household's file: the lots in force that bear its serial."""
    if not household.block or not household.serial:
        return None
    known = parcels.in_force(person, household.block).exclude(serial="")
    mine = [lot for lot in known.defer("shape") if plain(lot.serial) == plain(household.serial)]
    return {"lots": mine, "block": household.block} if mine else None
