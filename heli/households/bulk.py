"""Many households at once, in slices: written hidden, shown together at the end, swept if the end never comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from heli.blocks import services as blocks
from heli.blocks.models import Block
from heli.common import bulk, codes, crypto
from heli.common.errors import Conflict
from heli.ledger import Sheaf, digests
from heli.regions import following
from heli.regions.services import names_note

from . import state
from .models import Hardship, Hidden, House, Household, Member

WITH_PARTS = ("members", "houses", "shares", "hardships", "link")
SWEPT = 500


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


HOUSEHOLD = (
    "id", "code", "region_code", "group_name", "serial", "people_count", "bays", "wish", "remark", "block", "town_code",
    "batch",
)  # fmt: skip
MEMBER = (
    "id", "household", "role", "name", "kinship", "id_number", "id_index", "phone", "phone_index",
    "phone_tail",
)  # fmt: skip
HOUSE = ("household", *state.HOUSE)
Leaf = tuple[str, str, str]


def slice_write(
    new: Sequence[NewHousehold], *, block: Block | None, town_code: str, batch: str, today: date, sheaf: Sheaf
) -> None:
    """Write these households hidden, marked with their batch, and their leaves into its sheaf.

    What takes thought (names, seals, digests) is made before the transaction, so that the write lock is held for the
    rows alone. Nobody can change a hidden row before it enters: the digest made here is that of what will be shown.
    """
    names_note(member.name for item in new for member in item.members)
    place = block.pk if block else None
    numbers = _codes(block, town_code, batch, len(new))
    members = [[_member(member) for member in item.members] for item in new]
    made = digests.salted(_state(code, item, place) for code, item in zip(numbers, new, strict=True))
    with transaction.atomic():
        if not _held(batch):
            raise _gone()
        ids = bulk.new_ids(Household, len(new))
        rows = zip(ids, numbers, new, strict=True)
        common = (place, town_code, batch)
        bulk.bulk_rows(Household, HOUSEHOLD, ((pk, code, *_own(item), *common) for pk, code, item in rows))
        _parts_write(ids, new, members, today)
        sheaf.add(digests.first_digests("household", ids, made))


def _parts_write(ids: Sequence[int], new: Sequence[NewHousehold], members: Sequence[list[Any]], today: date) -> None:
    persons = [(pk, *member) for pk, some in zip(ids, members, strict=True) for member in some]
    numbered = zip(bulk.new_ids(Member, len(persons)), persons, strict=True)
    bulk.bulk_rows(Member, MEMBER, ((pk, *person) for pk, person in numbered))
    keyed = list(zip(ids, new, strict=True))
    bulk.bulk_rows(House, HOUSE, ((pk, *_house(house)) for pk, item in keyed for house in item.houses))
    bulk.bulk_rows(
        Hardship,
        ("household", "what", "noted_on"),
        ((pk, what, today) for pk, item in keyed for what in item.hardships),
    )


def batch_begin(batch: str) -> None:
    """From here on the batch's households are hidden, until it enters or is swept."""
    Hidden.objects.get_or_create(batch=batch)


def _held(batch: str) -> bool:
    """Whether the batch is hidden; if so it stays that until the transaction ends. A worker that was given up and
    writes on must not add to what has entered, nor a sweep take it away."""
    return Hidden.objects.select_for_update().filter(batch=batch).first() is not None


def _gone() -> Conflict:
    return Conflict(
        "batch_moved", _("这一批刚刚已经写入或退掉了。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
    )


def batch_enter(batch: str) -> int:
    """Show the batch's households, all at once. Returns how many; none if they are shown already."""
    if not Hidden.objects.filter(batch=batch).delete()[0]:
        return 0
    following.after_commit()  # their village may have been joined to another meanwhile
    return Household.all_rows.filter(batch=batch).count()


def batch_hide(batch: str) -> list[Leaf]:
    """Take the batch's households out of sight, all at once and untouched; a sweep takes them away. Their leaves are empty."""
    rows = Household.objects.filter(batch=batch, version=1)
    pks = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Hidden.objects.create(batch=batch)
    return [("household", str(pk), "") for pk in pks]


def batch_sweep(batch: str) -> int:
    """Take away what a batch left hidden, with its salts, in slices. Returns how many households."""
    gone = 0
    while swept := _slice_sweep(batch):
        gone += swept
    return gone


@transaction.atomic
def _slice_sweep(batch: str) -> int:
    if not _held(batch):
        return 0
    pks = list(Household.all_rows.filter(batch=batch).order_by("pk").values_list("pk", flat=True)[:SWEPT])
    digests.forget("household", map(str, pks))
    Household.all_rows.filter(pk__in=pks).delete()
    if not pks:
        Hidden.objects.filter(batch=batch).delete()
    return len(pks)


def _codes(block: Block | None, town_code: str, batch: str, how_many: int) -> list[str]:
    """Of a block its next ones; without a block the town, the batch and a number."""
    if block:
        with transaction.atomic():
            return blocks.household_codes(block, how_many)
    before = f"{codes.town_of(town_code)[6:]}-{batch.rpartition('-')[2]}-"
    taken = Household.all_rows.filter(batch=batch).count()
    return [f"{before}{taken + n + 1}" for n in range(how_many)]


def _member(member: NewMember) -> tuple[Any, ...]:
    return (
        member.role, member.name, member.kinship, _id_number.ahead(member.id_number),
        crypto.blind(member.id_number, "id"), _phone.ahead(member.phone), crypto.blind(member.phone, "phone"),
        member.phone[-4:],
    )  # fmt: skip


_id_number: Any = Member._meta.get_field("id_number")
_phone: Any = Member._meta.get_field("phone")
_own = attrgetter("region_code", "group_name", "serial", "people", "bays", "wish", "remark")
_house = attrgetter(*state.HOUSE)
_told = attrgetter(*state.MEMBER)


def _state(code: str, item: NewHousehold, block: int | None) -> dict[str, Any]:
    """`state.state_of` of the row that this one will be; a test holds them together."""
    return {
        "code": code, "region_code": item.region_code, "group_name": item.group_name, "serial": item.serial,
        "people_count": item.people, "bays": item.bays, "wish": item.wish, "remark": item.remark, "block": block,
        "members": [_told(member) for member in item.members], "houses": [_house(house) for house in item.houses],
        "shares": [], "hardships": [[what] for what in item.hardships],
    }  # fmt: skip
