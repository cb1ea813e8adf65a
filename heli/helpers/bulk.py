"""Many helpers at once, in slices: written hidden, shown together at the end, swept if the end never comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from heli.common import crypto
from heli.ledger import digests
from heli.regions.services import names_note

from . import state, words
from .models import Helper, HelperKind, HelperSkill

WITH_PARTS = ("kinds", "skills")


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


@transaction.atomic
def slice_write(new: Sequence[NewHelper], *, batch: str) -> None:
    """Write these helpers hidden, marked with their batch."""
    rows = Helper.all_rows.bulk_create(_row(item, batch) for item in new)
    names_note(item.name for item in new)
    pairs = list(zip(rows, new, strict=True))
    HelperKind.objects.bulk_create(HelperKind(helper=row, kind=kind) for row, item in pairs for kind in item.kinds)
    HelperSkill.objects.bulk_create(
        HelperSkill(helper=row, skill=skill, level=level) for row, item in pairs for skill, level in item.skills
    )


def batch_enter(batch: str) -> list[tuple[str, str, str]]:
    """Show the batch's helpers; returns them as leaves (kind, id, digest) for its entry in the ledger."""
    hidden = Helper.all_rows.filter(batch=batch, entered=False).order_by("pk").prefetch_related(*WITH_PARTS)
    told = digests.digests("helper", dict(state.states(hidden)))
    Helper.all_rows.filter(batch=batch, entered=False).update(entered=True)
    return [("helper", pk, digest) for pk, digest in told.items()]


def batch_sweep(batch: str) -> int:
    """Take away what a batch left hidden. Returns how many helpers."""
    return sum(1 for helper in Helper.all_rows.filter(batch=batch, entered=False) if helper.delete())


def _row(item: NewHelper, batch: str) -> Helper:
    lines = sorted({words.LINE_OF_KIND[kind] for kind in item.kinds if kind in words.LINE_OF_KIND})
    return Helper(
        relation=item.relation,
        is_organisation=bool({"organisation", "enterprise", "charity"} & set(item.kinds)) and not item.id_number,
        name=item.name,
        id_number=item.id_number,
        id_index=crypto.blind(item.id_number, "id"),
        phone=item.phone,
        phone_index=crypto.blind(item.phone, "phone"),
        region_code=item.region_code,
        serves=list(item.serves),
        line=lines[0] if lines else "",
        languages=list(item.languages),
        free_times=item.free_times,
        occupation=item.occupation,
        known_among=item.known_among,
        capacity=words.CAPACITY_ASSUMED if item.capacity is None else item.capacity,
        capacity_assumed=item.capacity is None,
        may_commit=list(item.may_commit),
        state=item.state,
        person_id=item.person_id,
        entered=False,
        batch=batch,
    )
