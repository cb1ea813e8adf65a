"""What somebody keeps: views of one's own and those shared with one's desk, exports, acts upon many."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from heli.access.selectors import desk_of
from heli.common import codes
from heli.ledger.models import Job

from .columns import Register, named
from .models import Bulk, Export, SavedView


def views(person: Any, register: Register) -> list[SavedView]:
    """Saved views of this register: one's own first, then those shared with one's desk."""
    region = desk_of(person).region_code
    shared = Q(shared_region__in=_above(region)) & ~Q(shared_region="")
    found = SavedView.objects.filter(Q(owner=person) | shared, register=register.key).order_by("pk")
    return sorted(found, key=lambda view: view.owner_id != person.pk)


def _above(region: str) -> list[str]:
    """The region and those around it: a town's view is shown at its villages' desks too."""
    return [region[:length] for length in codes.LENGTHS if length <= len(region)] + [region]


@dataclass(frozen=True, slots=True)
class Far:
    """How far a file is: done of total, `width` for the bar (of 1000); `failed` in words."""

    done: int
    total: int
    width: int
    failed: bool


def how_far(export: Export) -> Far | None:
    """None once the file is there."""
    if export.file:
        return None
    job = Job.objects.filter(key=export.job_key).first()
    done, total = (job.done, max(job.total, export.rows, 1)) if job else (0, max(export.rows, 1))
    return Far(done, total, done * 1000 // total, bool(job and job.state in ("failed", "stopped")))


@dataclass(frozen=True, slots=True)
class BulkLine:
    bulk: Bulk
    title: Any
    undoable: bool


def bulk_lines(person: Any) -> list[BulkLine]:
    return [_bulk_line(bulk) for bulk in Bulk.objects.filter(owner=person).order_by("-at")[:20]]


def _bulk_line(bulk: Bulk) -> BulkLine:
    register = named(bulk.register)
    act = register.act(bulk.act)
    said = register.count_word(bulk.rows)
    undoable = bool(act and act.undo and bulk.before and not bulk.undone_at)
    return BulkLine(bulk, act.title(said) if act else said, undoable)


@dataclass(frozen=True, slots=True)
class ExportLine:
    export: Export
    label: Any
    said: str


def export_lines(person: Any) -> list[ExportLine]:
    found = Export.objects.filter(owner=person).order_by("-at")[:20]
    return [ExportLine(row, named(row.register).label, named(row.register).count_word(row.rows)) for row in found]
