"""Many helpers at once, in slices: written hidden, shown together at the end, swept if the end never comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from heli.common import bulk, crypto
from heli.ledger import Sheaf, digests
from heli.regions import following
from heli.regions.services import names_note

from . import words
from .models import Helper, HelperKind, HelperSkill

WITH_PARTS = ("kinds", "skills")
SWEPT = 500


@dataclass(frozen=True, slots=True)
class NewHelper:
    """A helper as a roster tells of it; `skills` are codes with levels."""

    name: str
    region_code: str
    kinds: tuple[str, ...]
    skills: tuple[tuple[str, int], ...] = ()
    languages: tuple[str, ...] = ()
    id_number: str = ""
    phone: str = ""
    capacity: int | None = None
    free_times: str = ""
    occupation: str = ""
    known_among: str = ""
    relation: str = "social"
    may_commit: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    state: str = "proposed"
    person_id: int | None = None


HELPER = (
    "relation", "is_organisation", "name", "id_number", "phone", "region_code", "serves", "line", "languages",
    "free_times", "occupation", "known_among", "capacity", "capacity_assumed", "may_commit", "state", "person_id",
)  # fmt: skip
COLUMNS = (
    "id",
    *(name.removesuffix("_id") for name in HELPER),
    "id_index",
    "phone_index",
    "entered",
    "batch",
)
Leaf = tuple[str, str, str]


@transaction.atomic
def slice_write(new: Sequence[NewHelper], *, batch: str, sheaf: Sheaf) -> None:
    """Write these helpers hidden, marked with their batch, and their leaves into its sheaf."""
    keyed = list(zip(bulk.new_ids(Helper, len(new)), new, strict=True))
    bulk.bulk_rows(Helper, COLUMNS, ((pk, *_row(item), *_found_by(item), False, batch) for pk, item in keyed))
    names_note(item.name for item in new)
    bulk.bulk_rows(HelperKind, ("helper", "kind"), ((pk, kind) for pk, item in keyed for kind in item.kinds))
    bulk.bulk_rows(HelperSkill, ("helper", "skill", "level"), ((pk, *one) for pk, item in keyed for one in item.skills))
    sheaf.add(digests.first_digests("helper", {pk: _state(item) for pk, item in keyed}))


def batch_enter(batch: str) -> int:
    """Show the batch's helpers, all at once. Returns how many."""
    entered = Helper.all_rows.filter(batch=batch, entered=False).update(entered=True)
    if entered:
        following.after_commit()  # their village may have been joined to another meanwhile
    return entered


def batch_hide(batch: str) -> list[Leaf]:
    """Take the batch's helpers out of sight, all at once and untouched; a sweep takes them away. Their leaves are empty."""
    rows = Helper.all_rows.filter(batch=batch, entered=True, version=1)
    pks = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    rows.update(entered=False)
    return [("helper", str(pk), "") for pk in pks]


def batch_sweep(batch: str) -> int:
    """Take away what a batch left hidden, with its salts, in slices. Returns how many helpers."""
    gone = 0
    while slice_ := list(Helper.all_rows.filter(batch=batch, entered=False).values_list("pk", flat=True)[:SWEPT]):
        _slice_sweep(slice_)
        gone += len(slice_)
    return gone


@transaction.atomic
def _slice_sweep(pks: list[int]) -> None:
    digests.forget("helper", map(str, pks))
    Helper.all_rows.filter(pk__in=pks).delete()


def _row(item: NewHelper) -> tuple[Any, ...]:
    lines = sorted({words.LINE_OF_KIND[kind] for kind in item.kinds if kind in words.LINE_OF_KIND})
    organisation = bool({"organisation", "enterprise", "charity"} & set(item.kinds)) and not item.id_number
    capacity = words.CAPACITY_ASSUMED if item.capacity is None else item.capacity
    return (
        item.relation, organisation, item.name, item.id_number, item.phone, item.region_code, list(item.serves),
        lines[0] if lines else "", list(item.languages), item.free_times, item.occupation, item.known_among, capacity,
        item.capacity is None, list(item.may_commit), item.state, item.person_id,
    )  # fmt: skip


def _found_by(item: NewHelper) -> tuple[str, str]:
    return crypto.blind(item.id_number, "id"), crypto.blind(item.phone, "phone")


def _state(item: NewHelper) -> dict[str, Any]:
    """`state.state_of` of the row that this one will be; a test holds them together."""
    return {
        **dict(zip(HELPER, _row(item), strict=True)), "reachable_from_afar": False,
        "kinds": sorted(item.kinds), "skills": sorted([skill, level] for skill, level in item.skills),
    }  # fmt: skip
