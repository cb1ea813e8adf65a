"""Many households at once, in slices: written hidden, shown together at the end, swept if the end never comes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from json.encoder import encode_basestring as q  # as `ledger.canonical` writes text
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from heli.blocks import services as blocks
from heli.blocks.models import Block
from heli.common import bulk, codes, crypto
from heli.common.errors import Conflict
from heli.common.fields import Sealed
from heli.ledger import Sheaf, digests, sealing, sheaves
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
HARDSHIP = ("household", "what", "noted_on")
Leaf = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch's households go: into a block, or for want of one into the town."""

    block: Block | None
    town_code: str
    batch: str
    today: date


def slice_write(
    new: Sequence[NewHousehold], *, block: Block | None, town_code: str, batch: str, today: date, sheaf: Sheaf
) -> None:
    """Write these households hidden, marked with their batch, and their leaves into its sheaf."""
    before = Household.all_rows.filter(batch=batch).count()
    Slice(new, Place(block, town_code, batch, today), before).prepare(sheaf.number).write(sheaf)


class Slice:
    """Some households of a batch on their way in, in three steps: numbers are taken (here), what takes thought is made
    (`prepare`), and the rows are written (`write`).

    So the write lock is held for the rows alone, and the thought can be had in another thread, while the database is busy
    with the slice before. Nobody can change a hidden row before it enters: the digest made here is that of what will be
    shown.
    """

    def __init__(self, new: Sequence[NewHousehold], place: Place, before: int) -> None:
        """`before`: how many of the batch came before these."""
        names_note(member.name for item in new for member in item.members)
        self.new, self.place, self.before = new, place, before
        with transaction.atomic():
            self.ids = bulk.new_ids(Household, len(new))
            self.member_ids = bulk.new_ids(Member, sum(len(item.members) for item in new))
            self.codes = _codes(place, before, len(new))
        self.ready: list[bulk.Prepared] = []
        self.digests: list[str] = []

    def prepare(self, sheaf_number: int) -> "Slice":
        """Seals, blind indexes, salts and digests, and the rows in the form that the database takes."""
        block = self.place.block.pk if self.place.block else None
        common = (block, self.place.town_code, self.place.batch)
        numbered = list(zip(self.ids, self.codes, self.new, strict=True))
        salts = [sealing.new_salt() for _item in self.new]
        told = (_told(code, item, block) for _pk, code, item in numbered)
        self.digests = list(map(sealing.digest_of_text, told, salts))
        members = zip(self.member_ids, _members(self.ids, self.new), strict=True)
        self.ready = [
            bulk.bulk_prepare(Household, HOUSEHOLD, ((pk, code, *_own(item), *common) for pk, code, item in numbered)),
            bulk.bulk_prepare(Member, MEMBER, ((pk, *member) for pk, member in members)),
            bulk.bulk_prepare(
                House, HOUSE, ((pk, *_house(house)) for pk, _code, item in numbered for house in item.houses)
            ),
            bulk.bulk_prepare(Hardship, HARDSHIP, self._hardships()),
            digests.salts_prepare("household", self.ids, salts),
            sheaves.prepare(sheaf_number, self.before, "household", self.ids, self.digests),
        ]
        return self

    def _hardships(self) -> Iterator[tuple[Any, ...]]:
        for pk, item in zip(self.ids, self.new, strict=True):
            yield from ((pk, what, self.place.today) for what in item.hardships)

    @transaction.atomic
    def write(self, sheaf: Sheaf) -> None:
        if not self.ready:
            raise RuntimeError("a slice is prepared before it is written")
        if not _held(self.place.batch):
            raise _gone()
        for prepared in self.ready:
            bulk.bulk_put(prepared)
        sheaf.grow(self.digests)


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


def _codes(place: Place, before: int, how_many: int) -> list[str]:
    """Of a block its next ones; without a block the town, the batch and a number."""
    if place.block:
        return blocks.household_codes(place.block, how_many)
    head = f"{codes.town_of(place.town_code)[6:]}-{place.batch.rpartition('-')[2]}-"
    return [f"{head}{before + n + 1}" for n in range(how_many)]


def _members(ids: Sequence[int], new: Sequence[NewHousehold]) -> Iterator[tuple[Any, ...]]:
    """The members of all these, with what is personal sealed and what is searched for made blind."""
    seal_id, seal_phone = (_sealing(name) for name in ("id_number", "phone"))
    blind_id, blind_phone = crypto.blinder("id"), crypto.blinder("phone")
    for pk, item in zip(ids, new, strict=True):
        for one in item.members:
            number, phone = one.id_number, one.phone
            yield (
                pk, one.role, one.name, one.kinship, seal_id(number), blind_id(number), seal_phone(phone),
                blind_phone(phone), phone[-4:],
            )  # fmt: skip


def _sealing(name: str) -> Callable[[str], Sealed]:
    column: Any = Member._meta.get_field(name)
    sealed = crypto.sealer(f"{Member._meta.db_table}.{column.column}")
    return lambda value: Sealed(sealed(value) if value else "")


_own = attrgetter("region_code", "group_name", "serial", "people", "bays", "wish", "remark")
_house = attrgetter(*state.HOUSE)


def _told(code: str, item: NewHousehold, block: int | None) -> str:
    """The canonical text of `state.state_of` of the row that this one will be; a test holds them together. Written by
    hand, for an encoder that asks each value what it is takes four times as long."""
    members = ",".join(
        f"[{q(one.role)},{q(one.name)},{q(one.kinship)},{q(one.id_number)},{q(one.phone)}]" for one in item.members
    )
    houses = ",".join(map(_house_told, item.houses))
    hardships = ",".join(f"[{q(what)}]" for what in item.hardships)
    return (
        f'{{"bays":{item.bays},"block":{_figure(block)},"code":{q(code)},"group_name":{q(item.group_name)},'
        f'"hardships":[{hardships}],"houses":[{houses}],"members":[{members}],"people_count":{item.people},'
        f'"region_code":{q(item.region_code)},"remark":{q(item.remark)},"serial":{q(item.serial)},"shares":[],'
        f'"wish":{q(item.wish)}}}'
    )


def _house_told(house: NewHouse) -> str:
    number, structure, *figures, status = _house(house)
    return f"[{q(number)},{q(structure)},{','.join(map(_figure, figures))},{q(status)}]"


def _figure(value: int | None) -> str:
    return "null" if value is None else str(value)
