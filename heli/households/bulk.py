"""Many households at once, in slices: written hidden, shown together at the end, swept if the end never comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from heli.blocks import services as blocks
from heli.blocks.models import Block
from heli.common import codes, crypto
from heli.ledger import digests
from heli.regions.services import names_note

from . import state
from .models import Hardship, House, Household, Member

WITH_PARTS = ("members", "houses", "shares", "hardships", "link")


@dataclass(frozen=True, slots=True)
class NewHouse:
    """Areas in whole square decimetres."""

    number: str
    structure: str
    built_year: int | None = None
    registered_dm2: int | None = None
    recognised_dm2: int | None = None
    status: str = House.Status.TO_BE_DECIDED
    grade: int | None = None
    floors: int | None = None
    bays: int | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    name: str
    role: str = Member.Role.HEAD
    id_number: str = ""
    phone: str = ""
    kinship: str = ""


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household as a roster tells of it. `people` is the number given, whoever of them is named."""

    region_code: str
    members: tuple[NewMember, ...]
    houses: tuple[NewHouse, ...] = ()
    group_name: str = ""
    serial: str = ""
    people: int = 0
    bays: int = 0
    wish: str = ""
    remark: str = ""
    hardships: tuple[str, ...] = field(default=())


@transaction.atomic
def slice_write(new: Sequence[NewHousehold], *, block: Block | None, town_code: str, batch: str, today: date) -> None:
    """Write these households hidden, marked with their batch. Short: holds the write lock for this slice only."""
    numbers = _codes(block, town_code, batch, len(new))
    rows = Household.all_rows.bulk_create(
        Household(
            code=code, region_code=item.region_code, block=block, town_code=town_code, group_name=item.group_name,
            serial=item.serial, people_count=item.people, bays=item.bays, wish=item.wish, remark=item.remark,
            entered=False, batch=batch,
        )
        for code, item in zip(numbers, new, strict=True)
    )  # fmt: skip
    pairs = list(zip(rows, new, strict=True))
    Member.objects.bulk_create(_members(pairs))
    names_note(member.name for _, item in pairs for member in item.members)
    House.objects.bulk_create(_houses(pairs))
    Hardship.objects.bulk_create(
        Hardship(household=row, what=what, noted_on=today) for row, item in pairs for what in item.hardships
    )


def batch_enter(batch: str) -> list[tuple[str, str, str]]:
    """Show the batch's households; returns them as leaves (kind, id, digest) for its entry in the ledger."""
    hidden = Household.all_rows.filter(batch=batch, entered=False).order_by("pk").prefetch_related(*WITH_PARTS)
    told = digests.digests("household", dict(state.states(hidden)))
    Household.all_rows.filter(batch=batch, entered=False).update(entered=True)
    return [("household", pk, digest) for pk, digest in told.items()]


def batch_sweep(batch: str) -> int:
    """Take away what a batch left hidden. Returns how many households."""
    hidden = Household.all_rows.filter(batch=batch, entered=False)
    return sum(1 for household in hidden if household.delete())


def _codes(block: Block | None, town_code: str, batch: str, how_many: int) -> list[str]:
    if block:
        return blocks.household_codes(block, how_many)
    taken = Household.all_rows.filter(batch=batch).count()
    return [f"{codes.town_of(town_code)[6:]}-{batch}-{taken + n + 1}" for n in range(how_many)]


def _members(pairs: list[tuple[Household, NewHousehold]]) -> Iterator[Member]:
    for row, item in pairs:
        for member in item.members:
            yield Member(
                household=row,
                role=member.role,
                name=member.name,
                kinship=member.kinship,
                id_number=member.id_number,
                id_index=crypto.blind(member.id_number, "id"),
                phone=member.phone,
                phone_index=crypto.blind(member.phone, "phone"),
                phone_tail=member.phone[-4:],
            )


def _houses(pairs: list[tuple[Household, NewHousehold]]) -> Iterator[House]:
    for row, item in pairs:
        for house in item.houses:
            yield House(
                household=row,
                number=house.number,
                structure=house.structure,
                built_year=house.built_year,
                registered_dm2=house.registered_dm2,
                recognised_dm2=house.recognised_dm2,
                status=house.status,
                grade=house.grade,
                floors=house.floors,
                bays=house.bays,
            )
