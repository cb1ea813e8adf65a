"""From a handed-over file to a plan, with what the registers know: places, blocks, who is there already."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from heli import __version__
from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.common import codes, crypto
from heli.common.changes import Changed, digest
from heli.helpers import changing as helper_changing
from heli.helpers import selectors as helpers
from heli.helpers.bulk import NewHelper
from heli.helpers.models import Helper
from heli.households import changing as household_changing
from heli.households import selectors as households
from heli.households.bulk import NewHouse, NewHousehold, NewMember
from heli.households.models import House, Household
from heli.regions import extents
from heli.regions import selectors as regions
from heli.regions.models import Region

from . import keeping, land_planning, plain
from .land import KINDS, kind_of, read_land
from .land_planning import NOTHING, Land
from .reading import Plan, read_plan
from .reading.helpers import HelperRow
from .reading.households import HouseholdRow, HouseRow
from .reading.places import Gazetteer, Place
from .reading.plan import Plain, Tick
from .shelf import Shelf
from .tables import TABLES
from .tables.kinds import Found, Otherwise

MOST_CHANGED = 2000  # rows put right at once: under a second within one transaction
NO_TABLE = Found()
AT_ONCE = 4_000  # rows of a plan held in memory, and looked for in the registers, at once
Spot = tuple[str, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the file about somebody who is registered, and what it says otherwise."""

    row: HouseholdRow | HelperRow
    stored: Household | Helper
    changed: Changed


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan set against the registers: what is new, and what stands there already, the same or otherwise."""

    plan: Plan
    block: Block | None
    town_code: str
    known_rows: frozenset[Spot]
    known: int
    differences: tuple[Difference | Otherwise, ...] = ()
    land: Land = NOTHING
    table: Found = NO_TABLE

    @property
    def households(self) -> Iterator[HouseholdRow]:
        """Those that would enter."""
        return (row for row in self.plan.households if (row.sheet, row.row) not in self.known_rows)

    @property
    def helpers(self) -> Iterator[HelperRow]:
        return (row for row in self.plan.helpers if (row.sheet, row.row) not in self.known_rows)

    @property
    def new(self) -> int:
        """How many would enter."""
        if self.plan.told:
            return len(self.table.new)
        return self.land.new if self.plan.kind in KINDS else self.plan.good - self.known

    @property
    def asks(self) -> tuple[str, ...]:
        """What a person must tell before anything can be written."""
        return self.land.asks

    @property
    def unchanged(self) -> int:
        return self.known - len(self.differences)

    @property
    def offered(self) -> tuple[Changed, ...]:
        """What can be put right at once: the last transaction must stay short."""
        return tuple(one.changed for one in self.differences[:MOST_CHANGED])

    @property
    def seen(self) -> str:
        """What the page showed of the differences, so that nothing else is written."""
        return digest(self.offered)


def file_path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def read(
    path: Path,
    *,
    today: date,
    kind: str = "",
    mapping: dict[str, str] | None = None,
    block: Block | None = None,
    town: str = "",
    digest: str = "",
    name: str = "",
    tick: Tick = lambda: None,
) -> tuple[Plan, Block | None]:
    """The plan of a file. The block is the given one, else the one that the title names, else none.

    With the `digest` of a file that was handed over, its plan is kept beside it, and read again only when something is
    asked otherwise.
    """
    said = mapping or {}
    is_land = kind == "parcels" or (kind in ("", *KINDS) and bool(kind_of(path)))

    def made(shelf: Shelf) -> Plan:
        if is_land:
            return _read_land(path, kind, said, block, town, name or path.name)
        if kind in TABLES:
            return plain.read(path, kind, said, town)
        facts = {"today": today, "kind": kind, "mapping": said, "tick": tick}
        return _read_table(path, facts, block, town, shelf)

    asked = Asked(kind, said, block, town, name, today)
    plan = _kept(path, digest, asked, made) if digest else made(Shelf.passing())
    return plan, _block_of(plan, block, town)


@dataclass(frozen=True, slots=True)
class Asked:
    """With what a file that was handed over is to be read."""

    kind: str
    mapping: dict[str, str]
    block: Block | None
    town: str
    name: str
    today: date


def _kept(path: Path, digest: str, asked: Asked, made: Callable[[Shelf], Plan]) -> Plan:
    """The plan kept beside the file. What the file tells by itself (its kind, its block, its town) is the same plan as if
    it were asked for; so what is told at first and asked for later needs no second reading."""

    def said(plan: Plan) -> dict[str, Any]:
        found = _block_of(plan, asked.block, asked.town)
        villages = list(blocks.villages_of(found))
        return {"kind": asked.kind, "town": asked.town, "block": found.pk if found else None, "villages": villages}

    def fits(plan: Plan, before: Mapping[str, Any]) -> bool:
        now = said(plan)
        told = {"kind": plan.kind, "town": plan.town_code if plan.kind not in KINDS else before["town"]}
        same = all(now[name] == before[name] or (not before[name] and now[name] == told[name]) for name in told)
        return same and (now["block"], now["villages"]) == (before["block"], before["villages"])

    exact = {
        "file": digest, "name": asked.name, "today": str(asked.today), "mapping": asked.mapping,
        "places": _places_digest(), "version": __version__,
    }  # fmt: skip
    return keeping.kept(plan_path(path), exact, said, fits, made)


def plan_path(path: Path) -> Path:
    """Where the plan of a file that was handed over is kept."""
    return path.with_name(f"{path.name}.plan")


def _places_digest() -> str:
    told = sorted((place.code, place.name, place.level, place.former) for place in places())
    return sha256(repr(told).encode()).hexdigest()


def _read_table(path: Path, asked: dict[str, Any], block: Block | None, town: str, shelf: Shelf) -> Plan:
    facts = {"places": places(), "shelf": shelf, **asked}
    try:
        plan = read_plan(path, **facts, block_places=blocks.villages_of(block), town=town, plain=plain.kind_of)
    except Plain as other:
        return plain.read(path, other.kind, asked["mapping"], town)
    found = _block_of(plan, block, town)
    if found and not block:
        shelf.anew()
        plan = read_plan(path, **facts, block_places=blocks.villages_of(found), town=town)
    return plan


def _read_land(path: Path, kind: str, mapping: dict[str, str], block: Block | None, town: str, name: str) -> Plan:
    """A survey's plan; its place says in which county it must lie."""
    known = places()
    town = block.town_code if block else town
    gazetteer = Gazetteer(known, blocks.villages_of(block), town)
    county = (town or next((place.code for place in known if place.level == "county"), ""))[:6]
    facts: dict[str, Any] = {"name": name, "kind": kind, "mapping": mapping, "box": extents.box_of(county)}
    return read_land(path, **facts, places=gazetteer, block_places=blocks.villages_of(block), town=town)


def places() -> list[Place]:
    """What stands now, and by their old names villages that were renamed, joined or renumbered."""
    rows = Region.objects.filter(level__in=("county", "town", "village"), ended_on=None).order_by("code")
    now = [Place(code, name, level) for code, name, level in rows.values_list("code", "name", "level")]
    return now + [Place(code, name, "village", former=True) for name, code in regions.former()]


def _block_of(plan: Plan, given: Block | None, town: str) -> Block | None:
    if plan.kind in KINDS and not plan.told:
        return land_planning.block_of(plan, given, town)
    if given or plan.kind != "households" or not plan.block_name:
        return given
    return blocks.named(plan.block_name, town or plan.town_code)


def against_registers(plan: Plan, block: Block | None, town: str, within: str = "", tick: Tick = lambda: None) -> Ready:
    """Leave out who stands in the registers already: importing a file twice changes nothing.

    What is said otherwise of them is found out only `within` the filling office's own region.
    """
    town_code = (block.town_code if block else "") or town or plan.town_code
    if plan.told:
        plan, table = plain.against(plan, within, places())
        return Ready(plan, None, town_code, frozenset(), table.known, table.otherwise, table=table)
    if plan.kind in KINDS:
        plan, land = land_planning.against_land(plan, block, town)
        return Ready(plan, block, town_code, frozenset(), land.known, land=land)
    known: set[Spot] = set()
    differences: dict[int, Difference] = {}
    for rows in slices(plan.households, AT_ONCE):
        tick()
        found = _known_households(rows)
        known.update(found)
        _household_differences(rows, found, within, differences)
    for people in slices(plan.helpers, AT_ONCE):
        tick()
        met = _known_helpers(people)
        known.update(met)
        _helper_differences(people, met, within, differences)
    return Ready(plan, block, town_code, frozenset(known), len(known), tuple(differences.values()))


def slices(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Some of them at a time, as many as may stand in memory."""
    left = iter(rows)
    while part := list(islice(left, size)):
        yield part


def _known_households(rows: Sequence[HouseholdRow]) -> dict[Spot, Household]:
    """Row → the household it tells of: by its code, as our own export says it; by its head's ID; else, and
    where only the file has one, by name and number."""
    blind = crypto.blinder("id")
    keys = {(row.sheet, row.row): blind(row.id_number) for row in rows}
    by_id = households.known_heads(key for key in keys.values() if key)
    unnamed = households.known_without_id({(row.head, row.village_code) for row in rows if _by_name(row)})
    coded = households.known_codes(row.serial for row in rows)
    if not (by_id or unnamed or coded):
        return {}
    found: dict[Spot, Household] = {}
    for row in rows:
        place = (row.sheet, row.row)
        known = coded.get(row.serial) or (by_id.get(keys[place]) if row.id_number else None)
        known = known or (unnamed.get((row.head, row.village_code, row.serial)) if _by_name(row) else None)
        if known is not None:
            found[place] = known
    return found


def _by_name(row: HouseholdRow) -> bool:
    return not row.id_number or bool(row.serial)


def _household_differences(
    rows_: Sequence[HouseholdRow], known: dict[Spot, Household], within: str, found: dict[int, Difference]
) -> None:
    """Note what these rows say otherwise; of two rows about one household the later one counts."""
    mine = {place: row for place, row in known.items() if codes.contains(within, row.town_code)}
    rows = {mine[row.sheet, row.row].pk: row for row in rows_ if (row.sheet, row.row) in mine}
    stored = {row.pk: row for row in mine.values()}
    told = [(pk, new_household(_without_code(row, stored[pk]), assumed=False)) for pk, row in rows.items()]
    for pk in rows:
        found.pop(pk, None)
    found |= {one.pk: Difference(rows[one.pk], stored[one.pk], one) for one in household_changing.compare(told)}


def _without_code(row: HouseholdRow, known: Household) -> HouseholdRow:
    """Its code stands where other files have the plot's number; it says nothing of that."""
    return replace(row, serial="") if row.serial == known.code else row


def _known_helpers(rows: Sequence[HelperRow]) -> dict[Spot, Helper]:
    by_id = helpers.known(crypto.blind(row.id_number, "id") for row in rows if row.id_number)
    by_phone = helpers.known_organisations(crypto.blind(row.phone, "phone") for row in rows if not row.id_number)
    numbered = helpers.known_numbers(row.serial for row in rows)
    found = ((row, numbered.get(row.serial) or _known_helper(row, by_id, by_phone)) for row in rows)
    return {(row.sheet, row.row): helper for row, helper in found if helper is not None}


def _known_helper(row: HelperRow, by_id: dict[str, Helper], by_phone: dict[tuple[str, str], Helper]) -> Helper | None:
    if row.id_number:
        return by_id.get(crypto.blind(row.id_number, "id"))
    return by_phone.get((row.name, crypto.blind(row.phone, "phone")))


def _helper_differences(
    rows_: Sequence[HelperRow], known: dict[Spot, Helper], within: str, found: dict[int, Difference]
) -> None:
    mine = {place: row for place, row in known.items() if codes.contains(within, row.region_code)}
    rows = {mine[row.sheet, row.row].pk: row for row in rows_ if (row.sheet, row.row) in mine}
    stored = {row.pk: row for row in mine.values()}
    told = [(pk, new_helper(row, "")) for pk, row in rows.items()]
    for pk in rows:
        found.pop(pk, None)
    found |= {one.pk: Difference(rows[one.pk], stored[one.pk], one) for one in helper_changing.compare(told)}


def new_household(row: HouseholdRow, *, assumed: bool = True) -> NewHousehold:
    return NewHousehold(
        region_code=row.village_code,
        members=(NewMember(row.head, id_number=row.id_number, phone=row.phone),),
        houses=tuple(_new_house(house, assumed) for house in row.houses),
        group_name=row.group[:20],
        serial=row.serial[:20],
        people=row.people,
        bays=row.bays,
        wish=row.wish,
        remark=row.remark,
    )


def _new_house(row: HouseRow, assumed: bool) -> NewHouse:
    """A house without a word on its status counts as registered where its figures say nothing else."""
    settled = row.recognised_dm2 is not None and row.registered_dm2 is not None
    status = (
        row.status
        if row.status or not assumed
        else (House.Status.REGISTERED if settled else House.Status.TO_BE_DECIDED)
    )
    return NewHouse(
        number=row.number[:20],
        structure=row.structure,
        built_year=row.built_year,
        registered_dm2=row.registered_dm2,
        recognised_dm2=row.recognised_dm2,
        status=status,
    )


def new_helper(row: HelperRow, town_code: str) -> NewHelper:
    return NewHelper(
        name=row.name,
        region_code=row.place_code or town_code,
        kinds=row.kinds,
        skills=tuple((skill, 1) for skill in row.skills),
        languages=row.languages,
        id_number=row.id_number,
        phone=row.phone,
        capacity=row.capacity,
        free_times=row.times[:60],
        occupation=row.occupation[:60],
        known_among=row.known_among[:120],
    )
