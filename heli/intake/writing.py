"""Writing a batch: hidden slices first, then the one moment in which all of it begins to exist; and the job that does so."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from time import monotonic
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common import days
from heli.common.ahead import ahead
from heli.common.bulk import bulk_rows
from heli.common.changes import Changed, dumped
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError
from heli.helpers import bulk as helper_bulk
from heli.households import bulk as household_bulk
from heli.ledger import jobs
from heli.ledger.models import Job
from heli.messages.services import tell
from heli.parcels import bulk as parcel_bulk
from heli.parcels import services as parcels
from heli.parcels.geometry import shape_of

from . import keeping, land_planning, plain, planning
from .looking import look
from .models import Batch, Before
from .reading import plan_digest
from .reading.households import HouseholdRow
from .undoing import CHANGING, SUBJECT, Leaf, moved, sweep

EVERY = 1.0
CUT_OFF = _("写到一半断了，什么都没有写进去。请再写一次。")
# Rows written at once: on SQLite well under the two seconds that nobody should wait for; on PostgreSQL nobody waits for
# rows that come in, and a slice is what is told of as progress.
SLICE = {"sqlite": 2_000, "postgresql": 4_000}
T = TypeVar("T")
Report = Callable[[int, int], None]


def batch_write(batch: Batch, *, actor: Person, at: datetime, report: Report = lambda done, total: None) -> Batch:
    """Write what the preview showed: in slices, hidden; then show all of it in one last transaction with its entry."""
    report(0, batch.good)
    return _batch_write(batch, actor, at, report)


def _batch_write(batch: Batch, actor: Person, at: datetime, report: Report) -> Batch:
    ready = look(batch, at, tick=lambda: report(0, batch.good))
    if plan_digest(ready.plan) != batch.plan_digest or batch.changes_seen not in ("", ready.seen):
        raise plan_changed()
    _check_told(ready)
    try:
        sheaf = _write_slices(batch, ready, local_day(at), report)
        written = _enter(batch, ready, sheaf, actor=actor, at=at)
    except BaseException:
        sweep(batch)
        raise
    keeping.forget(planning.plan_path(planning.file_path(batch.file)))
    return written


def plan_changed() -> Conflict:
    return Conflict(
        "plan_changed",
        _("从您看过到现在，这份文件读出来不一样了。"),
        kept=_("什么都没有写入。"),
        todo=_("请再看一遍，再写入。"),
    )


def _write_slices(batch: Batch, ready: planning.Ready, today: date, report: Report) -> ledger.Sheaf:
    """All new rows, hidden, with their leaves. How far it is is told between two transactions."""
    sweep(batch)
    household_bulk.batch_begin(batch.code)
    sheaf = ledger.Sheaf()
    report(0, ready.new)
    place = household_bulk.Place(ready.block, ready.town_code, batch.code, today)
    with closing(_prepared(ready.households, place, sheaf.number)) as prepared:
        for slice_ in prepared:
            slice_.write(sheaf)
            report(sheaf.count, ready.new)
    for chunk in _slices(ready.helpers):
        new = [planning.new_helper(row, ready.town_code) for row in chunk]
        helper_bulk.slice_write(new, batch=batch.code, sheaf=sheaf)
        report(sheaf.count, ready.new)
    done = 0
    for lots in _slices(ready.land.parcels):
        assert ready.block is not None
        parcel_bulk.slice_write(land_planning.new_parcels(lots, ready.block), block=ready.block, batch=batch.code)
        done += len(lots)
        report(done, ready.new)
    return sheaf


def _prepared(
    rows: Iterable[HouseholdRow], place: household_bulk.Place, sheaf_number: int
) -> Generator[household_bulk.Slice, None, None]:
    """Slices of households, each made ready while the database takes in the one before."""

    def begun() -> Iterator[household_bulk.Slice]:
        before = 0
        for part in _slices(rows):
            yield household_bulk.Slice([planning.new_household(row) for row in part], place, before)
            before += len(part)

    threaded = connection.vendor == "postgresql"
    return ahead(lambda slice_: slice_.prepare(sheaf_number), begun(), threaded=threaded)


def _slices(rows: Iterable[T]) -> Iterator[list[T]]:
    return planning.slices(rows, SLICE[connection.vendor])


@ledger.written
def _enter(batch: Batch, ready: planning.Ready, sheaf: ledger.Sheaf, *, actor: Person, at: datetime) -> Batch:
    """The one moment in which everything of the batch begins to exist."""
    changed = ready.offered if batch.changes_seen else ()
    done = {"state": "done", "done_at": at, "written": ready.new, "known": ready.known, "block": ready.block}
    done["updated"] = len(changed)
    if not Batch.objects.filter(pk=batch.pk, state__in=("ready", "writing")).update(**done):
        raise moved()
    try:
        with transaction.atomic():
            entered = household_bulk.batch_enter(batch.code) + helper_bulk.batch_enter(batch.code)
            land = _enter_land(batch, ready, actor=actor, at=at)
    except IntegrityError as error:
        raise Conflict(
            "entered_meanwhile",
            _("表里有人刚刚由别人登记了。"),
            kept=_("什么都没有写入。"),
            todo=_("请再看一遍，再写入。"),
        ) from error
    if entered != sheaf.count:
        raise moved()  # somebody swept the batch meanwhile
    for name, value in done.items():
        setattr(batch, name, value)
    if ready.plan.told:
        plain.enter(batch, ready.table, changed, actor=actor, at=at)
    told = [*land, *([] if ready.plan.told else _put_right(batch, changed))]
    facts: dict[str, Any] = {"written": ready.new} | ({"updated": len(changed)} if changed else {})
    ledger.leaves(ledger.append("batch.write", subject=batch, actor=actor, at=at, state="done", **facts), told, sheaf)
    return batch


def _put_right(batch: Batch, changed: Sequence[Changed]) -> list[Leaf]:
    """Write the differences, and keep sealed what stood there before."""
    if not changed:
        return []
    told: list[Leaf] = CHANGING[batch.kind].write(changed)
    rows = ((batch.pk, SUBJECT[batch.kind], one.pk, one.version + 1, dumped(one)) for one in changed)
    bulk_rows(Before, ("batch", "subject_kind", "subject_id", "version", "changes"), rows)
    return told


def _enter_land(batch: Batch, ready: planning.Ready, *, actor: Person, at: datetime) -> list[Leaf]:
    for block, row in ready.land.outlines:
        parcels.boundary_set(block, shape=shape_of(row.shape), how="imported", actor=actor, at=at)
    if ready.block is None:
        return []
    facts: dict[str, Any] = {"ends": ready.land.ends, "why": "import", "surveyed_on": local_day(at)}
    return parcel_bulk.batch_enter(batch.code, block=ready.block, **facts)


def _check_told(ready: planning.Ready) -> None:
    """Lots need to know their block, and in which zone they stand; nobody guesses either."""
    kept = _("什么都没有写入。")
    if "zone" in ready.asks:
        raise DomainError(
            "zone_needed", _("文件没写坐标在哪个带，不能猜。"), kept=kept, todo=_("请先选坐标带；命令行用 --mapping 写 crs。")
        )  # fmt: skip
    if "block" in ready.asks:
        raise DomainError("block_needed", _("还不知道这些宗地在哪个区块。"), kept=kept, todo=_("请先选区块。"))


@jobs.kind("intake.write")
def write_job(progress: jobs.Progress) -> dict[str, Any]:
    """What the worker does; a stop or a fault leaves nothing and gives the batch back."""
    batch, at = Batch.objects.get(pk=progress.arguments["batch"]), days.now()
    try:
        batch_write(batch, actor=progress.person, at=at, report=each_second(progress.at))
    except BaseException as error:
        Batch.objects.filter(pk=batch.pk, state="writing").update(state="ready", problem=_why(error))
        if not isinstance(error, jobs.Stopped):
            tell(progress.person, "import_failed", about=batch, at=at, file=batch.file_name)
        raise
    tell(progress.person, "import_done", about=batch, at=at, file=batch.file_name, count=batch.written + batch.updated)
    return {"written": batch.written, "updated": batch.updated}


def each_second(report: Report) -> Report:
    """Told as often as somebody may look: once a second, and at the end. Each telling is a write of its own."""
    last = -EVERY

    def told(done: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        if now - last >= EVERY or done == total:
            last = now
            report(done, total)

    return told


def batches_tidy() -> int:
    """What a killed worker left: hidden rows go, and its batch can be written again. Returns how many batches."""
    alive = Job.objects.filter(kind="intake.write", state__in=("waiting", "running")).values_list("key", flat=True)
    writing = [batch for batch in Batch.objects.filter(state="writing") if batch.job_key not in set(alive)]
    for batch in writing:
        sweep(batch)
        Batch.objects.filter(pk=batch.pk, state="writing", tries=batch.tries).update(
            state="ready", problem=str(CUT_OFF)
        )
    undone = [batch for batch in Batch.objects.filter(state="undone") if sweep(batch)]
    return len(writing) + len(undone)


def _why(error: BaseException) -> str:
    if isinstance(error, jobs.Stopped):
        return str(_("已停下，什么都没有写进去。"))
    return (
        str(error)[:500] if isinstance(error, DomainError) else str(_("写的时候出了错，什么都没有写进去。请再试一次。"))
    )
