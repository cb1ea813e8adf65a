"""The verbs of a batch: hand over, correct the mapping, write, discard. What the preview showed enters whole or not
at all."""

import hashlib
import secrets
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.blocks.models import Block
from heli.common import days
from heli.common.ahead import ahead
from heli.common.bulk import bulk_rows
from heli.common.changes import Changed, back, dumped, loaded
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError
from heli.helpers import bulk as helper_bulk
from heli.helpers import changing as helper_changing
from heli.households import bulk as household_bulk
from heli.households import changing as household_changing
from heli.ledger import jobs
from heli.ledger.models import Job
from heli.messages.services import tell
from heli.parcels import bulk as parcel_bulk
from heli.parcels import services as parcels
from heli.parcels.geometry import shape_of

from . import keeping, land_planning, plain, planning, remembering, standing
from .land.plan import CRS
from .models import Batch, Before
from .reading import Unreadable, plan_digest
from .reading.households import HouseholdRow
from .reading.plan import Tick
from .tables import TABLES
from .wording import unreadable

EVERY = 1.0
CUT_OFF = _("写到一半断了，什么都没有写进去。请再写一次。")
CHANGING: dict[str, Any] = {"households": household_changing, "helpers": helper_changing}
SUBJECT = {"households": "household", "helpers": "helper"}
# Rows written at once: on SQLite well under the two seconds that nobody should wait for; on PostgreSQL nobody waits for
# rows that come in, and a slice is what is told of as progress.
SLICE = {"sqlite": 2_000, "postgresql": 4_000}
T = TypeVar("T")
Leaf = tuple[str, str, str]
Report = Callable[[int, int], None]


def file_keep(name: str, content: Iterator[bytes]) -> tuple[str, str]:
    """Store a handed-over file; returns its place and digest. Too large is refused while it comes in."""
    place = f"intake/{secrets.token_hex(12)}{Path(name).suffix.lower()[:6]}"
    try:
        return place, _stored(planning.file_path(place), content)
    except OSError as error:
        planning.file_path(place).unlink(missing_ok=True)
        raise DomainError(
            "no_room", _("服务器上存不下这份文件。"), kept=_("什么都没有写入。"), todo=_("请告诉系统管理员，再传一次。")
        ) from error


def _stored(path: Path, content: Iterator[bytes]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for part in content:
            size += len(part)
            if size > settings.IMPORT_MAX_BYTES:
                break
            digest.update(part)
            file.write(part)
    if size > settings.IMPORT_MAX_BYTES:
        path.unlink()
        raise DomainError(
            "file_too_large", _("文件太大了，最多 64 MB。"), kept=_("什么都没有写入。"), todo=_("请分成几份再传。")
        )
    return digest.hexdigest()


def batch_hand_over(
    *, file_name: str, place: str, digest: str, town_code: str, actor: Person, at: datetime, kind: str = "",
    block: Block | None = None, mapping: dict[str, str] | None = None,
) -> Batch:  # fmt: skip
    """A file is handed over: read it, and keep what the preview shows. Nobody waits for the reading."""
    batch = Batch(
        code=secrets.token_hex(8), kind=kind, file_name=file_name[-200:], file=place, file_digest=digest,
        mapping=mapping or {}, block=block, town_code=town_code, by=actor, at=at,
    )  # fmt: skip
    _read_as_remembered(batch, at)
    return _handed_over(batch, actor=actor, at=at)


@ledger.written
def _handed_over(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    batch.save(force_insert=True)
    batch.code = f"DR-{local_day(at):%m%d}-{batch.pk:02d}"
    batch.save(update_fields=["code"])
    facts: dict[str, Any] = {"kind": batch.kind, "rows": batch.rows, "bad": batch.bad, "file": batch.file_digest}
    ledger.append("batch.hand_over", subject=batch, actor=actor, at=at, state="ready", **facts)
    return batch


def _read_as_remembered(batch: Batch, at: datetime) -> None:
    """Read it; and once more where the office has said before what some of its columns mean."""
    known = remembering.of_file(batch, _read_into(batch, at))
    if known:
        batch.mapping = known | batch.mapping
        _read_into(batch, at)


def _read_into(batch: Batch, at: datetime) -> planning.Ready:
    ready = look(batch, at)
    plan = ready.plan
    batch.kind, batch.rows, batch.bad = plan.kind, plan.rows, len(plan.bad_rows)
    batch.good, batch.merged, batch.accepted = plan.good, plan.merged, plan.accepted
    batch.known, batch.plan_digest, batch.block = ready.known, plan_digest(plan), ready.block
    batch.town_code = batch.town_code or ready.town_code
    return ready


def look(batch: Batch, at: datetime, *, tick: Tick = lambda: None) -> planning.Ready:
    """The batch's file as it reads now, against the registers as they are now."""
    town = batch.town_code if len(batch.town_code) == 9 else ""
    try:
        plan, block = planning.read(
            planning.file_path(batch.file), today=local_day(at), kind=batch.kind, mapping=batch.mapping,
            block=batch.block, town=town, digest=batch.file_digest, name=batch.file_name, tick=tick,
        )  # fmt: skip
    except Unreadable as error:
        raise unreadable(error) from error
    return planning.against_registers(plan, block, town, batch.town_code)


@ledger.written
def batch_map(
    batch: Batch, *, mapping: dict[str, str], actor: Person, at: datetime, block: Block | None = None
) -> Batch:
    """Correct what the columns mean, or answer what the file does not say; the file is read again, and the office's
    next file as well."""
    _check_ready(batch)
    before, zone = look(batch, at), {name: value for name, value in mapping.items() if name == CRS}
    said = remembering.corrected(before, {name: value for name, value in mapping.items() if name != CRS})
    told = batch.mapping | remembering.changed(before, mapping) | zone
    batch.mapping = {name: value for name, value in told.items() if value or name != CRS}
    batch.block = block or batch.block
    _read_into(batch, at)
    batch.save()
    remembering.keep(batch, said, actor=actor, at=at)
    facts: dict[str, Any] = {"rows": batch.rows, "bad": batch.bad, "remembered": len(said)}
    ledger.append("batch.map", subject=batch, actor=actor, at=at, state="ready", **facts)
    return batch


@ledger.written
def batch_forget(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    """Read it by its own words, and forget what the office said before about these columns."""
    _check_ready(batch)
    gone = remembering.forget(batch)
    batch.mapping = {}
    _read_into(batch, at)
    batch.save()
    ledger.append("batch.forget", subject=batch, actor=actor, at=at, state="ready", forgotten=gone)
    return batch


def batch_start(batch: Batch, *, actor: Person, at: datetime, changes_seen: str = "") -> Job:
    """Write in the background; the batch shows how far it is. `changes_seen`: also put right what the page showed."""
    _check_ready(batch)
    with transaction.atomic():
        claimed: dict[str, Any] = {"state": "writing", "tries": batch.tries + 1, "problem": ""}
        claimed["changes_seen"] = changes_seen
        if not Batch.objects.filter(pk=batch.pk, state="ready").update(**claimed):
            raise _moved()
        batch.tries, batch.state, batch.changes_seen = batch.tries + 1, "writing", changes_seen
        return jobs.start("intake.write", key=batch.job_key, arguments={"batch": batch.pk}, by=actor, at=at)


def batch_write(batch: Batch, *, actor: Person, at: datetime, report: Report = lambda done, total: None) -> Batch:
    """Write what the preview showed: in slices, hidden; then show all of it in one last transaction with its entry."""
    report(0, batch.good)
    return _batch_write(batch, actor, at, report)


def _batch_write(batch: Batch, actor: Person, at: datetime, report: Report) -> Batch:
    ready = look(batch, at, tick=lambda: report(0, batch.good))
    if plan_digest(ready.plan) != batch.plan_digest or batch.changes_seen not in ("", ready.seen):
        raise Conflict(
            "plan_changed",
            _("从您看过到现在，这份文件读出来不一样了。"),
            kept=_("什么都没有写入。"),
            todo=_("请再看一遍，再写入。"),
        )
    _check_told(ready)
    try:
        sheaf = _write_slices(batch, ready, local_day(at), report)
        written = _enter(batch, ready, sheaf, actor=actor, at=at)
    except BaseException:
        _sweep(batch)
        raise
    keeping.forget(planning.plan_path(planning.file_path(batch.file)))
    return written


def _write_slices(batch: Batch, ready: planning.Ready, today: Any, report: Report) -> ledger.Sheaf:
    """All new rows, hidden, with their leaves. How far it is is told between two transactions."""
    _sweep(batch)
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
        raise _moved()
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
        raise _moved()  # somebody swept the batch meanwhile
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


def _sweep(batch: Batch) -> int:
    parcel_bulk.batch_sweep(batch.code)
    return household_bulk.batch_sweep(batch.code) + helper_bulk.batch_sweep(batch.code)


def batch_undo(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    """Take a written batch back while nobody has touched what it brought: its rows go, what it changed is as before."""
    if _is_plain(batch):
        return _table_take_back(batch, actor=actor, at=at)
    if batch.kind not in SUBJECT:
        raise DomainError(
            "land_not_undoable", _("测绘图不能整批撤回，地上别的记录跟着它。"), kept=_("什么都没有动。"),
            todo=_("请导入改好的一版，旧的一版自动收起。"),
        )  # fmt: skip
    undone = _take_back(batch, actor=actor, at=at)
    _sweep(undone)  # in slices, after the moment: hidden rows are no longer there for anybody
    return undone


def _is_plain(batch: Batch) -> bool:
    """Outlines of blocks are land, their list is a table: only a table keeps what stood before."""
    return batch.kind in TABLES and batch.befores.exists()


@ledger.written
def _table_take_back(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    if not Batch.objects.filter(pk=batch.pk, state="done").update(state="undone"):
        raise _moved()
    restored = plain.take_back(batch, actor=actor, at=at)
    batch.state = "undone"
    ledger.append("batch.undo", subject=batch, actor=actor, at=at, state="undone", restored=restored)
    return batch


@ledger.written
def _take_back(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    if not Batch.objects.filter(pk=batch.pk, state="done").update(state="undone"):
        raise _moved()
    gone = {"households": household_bulk, "helpers": helper_bulk}[batch.kind].batch_hide(batch.code)
    if len(gone) != batch.written or standing.in_the_way(batch, 1):
        raise Conflict(
            "batch_in_use",
            _("这一批里有人已经用上了，不能整批撤回。"),
            kept=_("什么都没有动。"),
            todo=_("请看下面列出的几处。"),
        )
    befores = Before.objects.filter(batch=batch).order_by("pk")
    changed = [back(loaded(one.subject_id, one.version, one.changes), one.version) for one in befores]
    told = [*gone, *CHANGING[batch.kind].write(changed)]
    befores.delete()
    batch.state = "undone"
    facts: dict[str, Any] = {"taken": len(gone), "restored": len(changed)}
    ledger.leaves(ledger.append("batch.undo", subject=batch, actor=actor, at=at, state="undone", **facts), told)
    return batch


@ledger.written
def batch_discard(batch: Batch, *, actor: Person, at: datetime) -> None:
    """Not to be written: the file goes, the record stays."""
    if not Batch.objects.filter(pk=batch.pk, state="ready").update(state="discarded", done_at=at):
        raise _moved()
    ledger.append("batch.discard", subject=batch, actor=actor, at=at, state="discarded")
    planning.file_path(batch.file).unlink(missing_ok=True)
    keeping.forget(planning.plan_path(planning.file_path(batch.file)))


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
        _sweep(batch)
        Batch.objects.filter(pk=batch.pk, state="writing", tries=batch.tries).update(
            state="ready", problem=str(CUT_OFF)
        )
    undone = [batch for batch in Batch.objects.filter(state="undone") if _sweep(batch)]
    return len(writing) + len(undone)


def _why(error: BaseException) -> str:
    if isinstance(error, jobs.Stopped):
        return str(_("已停下，什么都没有写进去。"))
    return (
        str(error)[:500] if isinstance(error, DomainError) else str(_("写的时候出了错，什么都没有写进去。请再试一次。"))
    )


def _check_ready(batch: Batch) -> None:
    if batch.state != "ready":
        raise _moved()


def _moved() -> Conflict:
    return Conflict(
        "batch_moved", _("这一批刚刚已经写入或退掉了。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
    )


def batch_stop(batch: Batch) -> None:
    """Ask the writing to stop; it leaves nothing behind. A job that had not begun gives the batch back at once."""
    job = Job.objects.filter(key=batch.job_key).first()
    if job is None or job.state not in ("waiting", "running"):
        raise _moved()
    if jobs.stop(job):
        Batch.objects.filter(pk=batch.pk, state="writing").update(
            state="ready", problem=str(_("已停下，什么都没有写进去。"))
        )
