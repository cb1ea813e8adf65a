"""From a handed-over file to a plan, with what the registers know: places, blocks, who is there already."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

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

from . import land_planning, plain
from .land import KINDS, kind_of, read_land
from .land_planning import NOTHING, Land
from .reading import Plan, read_plan
from .reading.helpers import HelperRow
from .reading.households import HouseholdRow, HouseRow
from .reading.places import Gazetteer, Place
from .reading.plan import Plain, Tick
from .tables import TABLES
from .tables.kinds import Found, Otherwise

MOST_CHANGED = 2000  # rows put right at once: under a second within one transaction
KEPT = 4  # plans kept in memory, so that turning a page of the preview does not read the file again
KEPT_ROWS = 50_000  # of them together, or one larger one alone
NO_TABLE = Found()
_plans: "OrderedDict[tuple[Any, ...], Plan]" = OrderedDict()


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
    households: tuple[HouseholdRow, ...]
    helpers: tuple[HelperRow, ...]
    known: int
    differences: tuple[Difference | Otherwise, ...] = ()
    land: Land = NOTHING
    table: Found = NO_TABLE

    @property
    def new(self) -> int:
        return len(self.households) + len(self.helpers) + self.land.new + len(self.table.new)

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
    shown: bool = True,
    tick: Tick = lambda: None,
) -> tuple[Plan, Block | None]:
    """The plan of a file. The block is the given one, else the one that the title names, else none."""
    said = mapping or {}
    key = (digest, str(path), name, today, kind, tuple(sorted(said.items())), block and block.pk, town, shown)
    if digest and key in _plans:
        return _plans[key], _block_of(_plans[key], block, town)
    if kind == "parcels" or (kind in ("", *KINDS) and kind_of(path)):
        plan, found = _read_land(path, kind, said, block, town, name or path.name)
    elif kind in TABLES:
        plan, found = plain.read(path, kind, said, town), None
    else:
        facts = {"today": today, "kind": kind, "mapping": said, "shown": shown, "tick": tick}
        plan, found = _read_table(path, facts, block, town)
    if digest and shown:
        _plans[key] = plan
        while len(_plans) > 1 and (len(_plans) > KEPT or sum(one.rows for one in _plans.values()) > KEPT_ROWS):
            _plans.popitem(last=False)
    return plan, found


def _read_table(path: Path, asked: dict[str, Any], block: Block | None, town: str) -> tuple[Plan, Block | None]:
    facts = {"places": places(), **asked}
    try:
        plan = read_plan(path, **facts, block_places=blocks.villages_of(block), town=town, plain=plain.kind_of)
    except Plain as other:
        return plain.read(path, other.kind, asked["mapping"], town), None
    found = _block_of(plan, block, town)
    if found and not block:
        plan = read_plan(path, **facts, block_places=blocks.villages_of(found), town=town)
    return plan, found


def _read_land(
    path: Path, kind: str, mapping: dict[str, str], block: Block | None, town: str, name: str
) -> tuple[Plan, Block | None]:
    """A survey's plan; its place says in which county it must lie."""
    known = places()
    town = block.town_code if block else town
    gazetteer = Gazetteer(known, blocks.villages_of(block), town)
    county = (town or next((place.code for place in known if place.level == "county"), ""))[:6]
    facts: dict[str, Any] = {"name": name, "kind": kind, "mapping": mapping, "box": extents.box_of(county)}
    plan = read_land(path, **facts, places=gazetteer, block_places=blocks.villages_of(block), town=town)
    return plan, _block_of(plan, block, town)


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


def against_registers(plan: Plan, block: Block | None, town: str, within: str = "") -> Ready:
    """Leave out who stands in the registers already: importing a file twice changes nothing.

    What is said otherwise of them is found out only `within` the filling office's own region.
    """
    town_code = (block.town_code if block else "") or town or plan.town_code
    if plan.told:
        plan, table = plain.against(plan, within, places())
        return Ready(plan, None, town_code, (), (), table.known, table.otherwise, table=table)
    if plan.kind in KINDS:
        plan, land = land_planning.against_land(plan, block, town)
        return Ready(plan, block, town_code, (), (), land.known, land=land)
    known_households, known_helpers = _known_households(plan), _known_helpers(plan)
    households_ = tuple(row for row in plan.households if (row.sheet, row.row) not in known_households)
    helpers_ = tuple(row for row in plan.helpers if (row.sheet, row.row) not in known_helpers)
    differences = (
        *_household_differences(plan, known_households, within),
        *_helper_differences(plan, known_helpers, within),
    )
    known = plan.good - len(households_) - len(helpers_)
    return Ready(plan, block, town_code, households_, helpers_, known, differences)


Spot = tuple[str, int]


def _known_households(plan: Plan) -> dict[Spot, Household]:
    """Row → the household it tells of: by its code, as our own export says it; by its head's ID; else, and
    where only the file has one, by name and number."""
    keys = {(row.sheet, row.row): crypto.blind(row.id_number, "id") for row in plan.households}
    by_id = households.known_heads(key for key in keys.values() if key)
    unnamed = households.known_without_id({(row.head, row.village_code) for row in plan.households if _by_name(row)})
    coded = households.known_codes(row.serial for row in plan.households)
    found: dict[Spot, Household] = {}
    for row in plan.households:
        place = (row.sheet, row.row)
        known = coded.get(row.serial) or (by_id.get(keys[place]) if row.id_number else None)
        known = known or (unnamed.get((row.head, row.village_code, row.serial)) if _by_name(row) else None)
        if known is not None:
            found[place] = known
    return found


def _by_name(row: HouseholdRow) -> bool:
    return not row.id_number or bool(row.serial)


def _household_differences(plan: Plan, known: dict[Spot, Household], within: str) -> Iterator[Difference]:
    mine = {place: row for place, row in known.items() if codes.contains(within, row.town_code)}
    rows = {mine[row.sheet, row.row].pk: row for row in plan.households if (row.sheet, row.row) in mine}
    stored = {row.pk: row for row in mine.values()}
    told = [(pk, new_household(_without_code(row, stored[pk]), assumed=False)) for pk, row in rows.items()]
    return (Difference(rows[one.pk], stored[one.pk], one) for one in household_changing.compare(told))


def _without_code(row: HouseholdRow, known: Household) -> HouseholdRow:
    """Its code stands where other files have the plot's number; it says nothing of that."""
    return replace(row, serial="") if row.serial == known.code else row


def _known_helpers(plan: Plan) -> dict[Spot, Helper]:
    by_id = helpers.known(crypto.blind(row.id_number, "id") for row in plan.helpers if row.id_number)
    by_phone = helpers.known_organisations(
        crypto.blind(row.phone, "phone") for row in plan.helpers if not row.id_number
    )
    numbered = helpers.known_numbers(row.serial for row in plan.helpers)
    found = ((row, numbered.get(row.serial) or _known_helper(row, by_id, by_phone)) for row in plan.helpers)
    return {(row.sheet, row.row): helper for row, helper in found if helper is not None}


def _known_helper(row: HelperRow, by_id: dict[str, Helper], by_phone: dict[tuple[str, str], Helper]) -> Helper | None:
    if row.id_number:
        return by_id.get(crypto.blind(row.id_number, "id"))
    return by_phone.get((row.name, crypto.blind(row.phone, "phone")))


def _helper_differences(plan: Plan, known: dict[Spot, Helper], within: str) -> Iterator[Difference]:
    mine = {place: row for place, row in known.items() if codes.contains(within, row.region_code)}
    rows = {mine[row.sheet, row.row].pk: row for row in plan.helpers if (row.sheet, row.row) in mine}
    stored = {row.pk: row for row in mine.values()}
    told = [(pk, new_helper(row, "")) for pk, row in rows.items()]
    return (Difference(rows[one.pk], stored[one.pk], one) for one in helper_changing.compare(told))


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
