"""Many parcels at once: written hidden in slices, shown together as one survey version, swept if the end never comes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Max

from heli.blocks.models import Block
from heli.common import bulk
from heli.ledger import digests
from heli.regions import following

from . import state
from .models import Descent, Parcel, Survey

Leaf = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class NewParcel:
    """A lot as a survey tells of it; `shape` is GeoJSON in EPSG:4490."""

    region_code: str
    number: str
    shape: str
    computed_dm2: int
    legal_dm2: int | None = None
    serial: str = ""
    land_use: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """Which lots in force end with a batch, and by their keys the numbers of the lots that follow them."""

    ends: dict[int, list[str]] = field(default_factory=dict)


PARCEL = (
    "id", "block", "region_code", "number", "serial", "shape", "land_use", "legal_dm2", "computed_dm2", "entered", "batch",
)  # fmt: skip


@transaction.atomic
def slice_write(new: Sequence[NewParcel], *, block: Block, batch: str) -> Sequence[int]:
    """Write these parcels hidden, marked with their batch; returns their keys."""
    ids = bulk.new_ids(Parcel, len(new))
    rows = (
        (pk, block.pk, item.region_code, item.number, item.serial, item.shape, item.land_use, item.legal_dm2,
         item.computed_dm2, False, batch)
        for pk, item in zip(ids, new, strict=True)
    )  # fmt: skip
    bulk.bulk_rows(Parcel, PARCEL, rows)
    return ids


def batch_enter(
    batch: str, *, block: Block, ends: Succession, why: str, surveyed_on: date, reason: str = ""
) -> list[Leaf]:
    """Show the batch's parcels as the block's next survey version and end those they follow. Returns the leaves of
    all that was touched for the entry in the ledger."""
    hidden = Parcel.all_rows.filter(batch=batch, entered=False)
    if not hidden.exists():
        return []
    version = survey_next(block, why=why, surveyed_on=surveyed_on, batch=batch, reason=reason)
    Parcel.objects.filter(pk__in=ends.ends, until__isnull=True).update(until=version.number)
    hidden.update(entered=True, since=version.number)
    following.after_commit()  # their village may have been joined to another meanwhile
    fresh = list(Parcel.objects.filter(batch=batch, since=version.number).order_by("pk"))
    by_number = {parcel.number: parcel for parcel in fresh}
    Descent.objects.bulk_create(
        Descent(origin_id=pk, heir=by_number[number]) for pk, numbers in ends.ends.items() for number in numbers
    )
    first = digests.first_digests("parcel", {int(pk): told for pk, told in state.states(fresh)})
    return [*first, *leaves(Parcel.objects.filter(pk__in=ends.ends))]


def survey_next(block: Block, *, why: str, surveyed_on: date, batch: str, reason: str = "") -> Survey:
    """The block's next survey version. Call inside the service that writes it."""
    block_hold(block)
    last = Survey.objects.filter(block=block).aggregate(last=Max("number"))["last"] or 0
    facts = {"why": why, "surveyed_on": surveyed_on, "reason": reason, "batch": batch}
    return Survey.objects.create(block=block, number=last + 1, **facts)


def block_hold(block: Block) -> None:
    """Versions are numbered one after the other: who comes second waits until the first has committed."""
    Block.objects.select_for_update().filter(pk=block.pk).first()


def leaves(parcels: Iterable[Parcel]) -> list[Leaf]:
    told = digests.digests("parcel", dict(state.states(parcels)))
    return [("parcel", pk, digest) for pk, digest in told.items()]


def batch_sweep(batch: str) -> int:
    """Take away what a batch left hidden. Returns how many parcels."""
    return Parcel.all_rows.filter(batch=batch, entered=False).delete()[0]
