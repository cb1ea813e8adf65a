"""From a handed-over file to a plan, with what the registers know: places, blocks, who is there already."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.common import crypto
from heli.helpers import selectors as helpers
from heli.helpers.bulk import NewHelper
from heli.helpers.models import Helper
from heli.households import selectors as households
from heli.households.bulk import NewHouse, NewHousehold, NewMember
from heli.households.models import House
from heli.regions import extents
from heli.regions.models import Region

from . import land_planning
from .land import KINDS, kind_of, read_land
from .land_planning import NOTHING, Land
from .reading import Plan, read_plan
from .reading.helpers import HelperRow
from .reading.households import HouseholdRow, HouseRow
from .reading.places import Gazetteer, Place

KEPT = 4  # plans kept in memory, so that turning a page of the preview does not read the file again
_plans: "OrderedDict[tuple[Any, ...], Plan]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan set against the registers: what is new, and what stands there already."""

    plan: Plan
    block: Block | None
    town_code: str
    households: tuple[HouseholdRow, ...]
    helpers: tuple[HelperRow, ...]
    known: int
    land: Land = NOTHING

    @property
    def new(self) -> int:
        return len(self.households) + len(self.helpers) + self.land.new

    @property
    def asks(self) -> tuple[str, ...]:
        """What a person must tell before anything can be written."""
        return self.land.asks


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
) -> tuple[Plan, Block | None]:
    """The plan of a file. The block is the given one, else the one that the title names, else none."""
    key = (digest, str(path), name, today, kind, tuple(sorted((mapping or {}).items())), block and block.pk, town)
    if digest and key in _plans:
        return _plans[key], _block_of(_plans[key], block, town)
    if kind in KINDS or (not kind and kind_of(path)):
        plan, found = _read_land(path, kind, mapping or {}, block, town, name or path.name)
    else:
        plan, found = _read_table(path, today, kind, mapping or {}, block, town)
    if digest:
        _plans[key] = plan
        while len(_plans) > KEPT:
            _plans.popitem(last=False)
    return plan, found


def _read_table(
    path: Path, today: date, kind: str, mapping: dict[str, str], block: Block | None, town: str
) -> tuple[Plan, Block | None]:
    facts: dict[str, Any] = {"places": places(), "today": today, "kind": kind, "mapping": mapping}
    plan = read_plan(path, **facts, block_places=blocks.villages_of(block), town=town)
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
    rows = Region.objects.filter(level__in=("county", "town", "village")).order_by("code")
    return [Place(code, name, level) for code, name, level in rows.values_list("code", "name", "level")]


def _block_of(plan: Plan, given: Block | None, town: str) -> Block | None:
    if plan.kind in KINDS:
        return land_planning.block_of(plan, given, town)
    if given or plan.kind != "households" or not plan.block_name:
        return given
    return blocks.named(plan.block_name, town or plan.town_code)


def against_registers(plan: Plan, block: Block | None, town: str) -> Ready:
    """Leave out who stands in the registers already: importing a file twice changes nothing."""
    town_code = (block.town_code if block else "") or town or plan.town_code
    if plan.kind in KINDS:
        plan, land = land_planning.against_land(plan, block, town)
        return Ready(plan, block, town_code, (), (), land.known, land)
    new_households, new_helpers = _new_households(plan), _new_helpers(plan)
    known = plan.good - len(new_households) - len(new_helpers)
    return Ready(plan, block, town_code, new_households, new_helpers, known)


def _new_households(plan: Plan) -> tuple[HouseholdRow, ...]:
    keys = {(row.sheet, row.row): crypto.blind(row.id_number, "id") for row in plan.households}
    by_id = households.known_heads(key for key in keys.values() if key)
    unnamed = households.known_without_id(
        {(row.head, row.village_code) for row in plan.households if not row.id_number}
    )
    return tuple(
        row
        for row in plan.households
        if not (
            by_id.get(keys[row.sheet, row.row])
            if row.id_number
            else (row.head, row.village_code, row.serial) in unnamed
        )
    )


def _new_helpers(plan: Plan) -> tuple[HelperRow, ...]:
    by_id = helpers.known(crypto.blind(row.id_number, "id") for row in plan.helpers if row.id_number)
    by_phone = helpers.known_organisations(
        crypto.blind(row.phone, "phone") for row in plan.helpers if not row.id_number
    )
    return tuple(row for row in plan.helpers if not _is_known(row, by_id, by_phone))


def _is_known(row: HelperRow, by_id: dict[str, Helper], by_phone: dict[tuple[str, str], Helper]) -> bool:
    if row.id_number:
        return crypto.blind(row.id_number, "id") in by_id
    return (row.name, crypto.blind(row.phone, "phone")) in by_phone


def new_household(row: HouseholdRow) -> NewHousehold:
    return NewHousehold(
        region_code=row.village_code,
        members=(NewMember(row.head, id_number=row.id_number, phone=row.phone),),
        houses=tuple(_new_house(house) for house in row.houses),
        group_name=row.group[:20],
        serial=row.serial[:20],
        people=row.people,
        bays=row.bays,
        wish=row.wish,
        remark=row.remark,
    )


def _new_house(row: HouseRow) -> NewHouse:
    """A house without a word on its status counts as registered where its figures say nothing else."""
    settled = row.recognised_dm2 is not None and row.registered_dm2 is not None
    status = row.status or (House.Status.REGISTERED if settled else House.Status.TO_BE_DECIDED)
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
