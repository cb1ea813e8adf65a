"""The verbs of a batch: hand over, correct the mapping, write (`writing`), take back (`undoing`), discard. What the
preview showed enters whole or not at all."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.blocks.models import Block
from heli.common.days import local_day
from heli.common.errors import DomainError
from heli.ledger import jobs
from heli.ledger.models import Job

from . import keeping, planning, remembering
from .land.plan import CRS
from .looking import look
from .models import Batch
from .reading import plan_digest
from .undoing import batch_undo, moved
from .writing import batch_write, batches_tidy, plan_changed

__all__ = [
    "batch_discard",
    "batch_forget",
    "batch_hand_over",
    "batch_map",
    "batch_open",
    "batch_start",
    "batch_stop",
    "batch_undo",
    "batch_write",
    "batches_tidy",
    "file_keep",
    "look",
]


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
            "file_too_large", _("文件太大了，最多 150 MB。"), kept=_("什么都没有写入。"), todo=_("请分成几份再传。")
        )
    return digest.hexdigest()


def batch_hand_over(
    *, file_name: str, place: str, digest: str, town_code: str, actor: Person, at: datetime, kind: str = "",
    block: Block | None = None, mapping: dict[str, str] | None = None,
) -> Batch:  # fmt: skip
    """A file is handed over: read it, and keep what the preview shows. No other writer waits for the reading."""
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
    _note(batch, ready)
    return ready


def _note(batch: Batch, ready: planning.Ready) -> None:
    """What the list of files and the writing need to know of it."""
    plan = ready.plan
    batch.kind, batch.rows, batch.bad = plan.kind, plan.rows, len(plan.bad_rows)
    batch.good, batch.merged, batch.accepted = plan.good, plan.merged, plan.accepted
    batch.known, batch.plan_digest, batch.block = ready.known, plan_digest(plan), ready.block
    batch.town_code = batch.town_code or ready.town_code


def batch_open(batch: Batch, at: datetime) -> planning.Ready:
    """For its preview. Where the file reads otherwise than when it was looked at before (a new day, another list of
    villages), what is shown now is what can be written."""
    ready = look(batch, at)
    if plan_digest(ready.plan) != batch.plan_digest:
        _note(batch, ready)
        noted = ("rows", "bad", "good", "merged", "accepted", "known", "plan_digest")
        Batch.objects.filter(pk=batch.pk, state="ready").update(**{name: getattr(batch, name) for name in noted})
    return ready


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


def batch_start(batch: Batch, *, actor: Person, at: datetime, changes_seen: str = "", plan_seen: str = "") -> Job:
    """Write in the background; the batch shows how far it is. `changes_seen`: also put right what the page showed;
    `plan_seen`: only if this is still what the page showed."""
    _check_ready(batch)
    if plan_seen not in ("", batch.plan_digest):
        raise plan_changed()
    with transaction.atomic():
        claimed: dict[str, Any] = {"state": "writing", "tries": batch.tries + 1, "problem": ""}
        claimed["changes_seen"] = changes_seen
        if not Batch.objects.filter(pk=batch.pk, state="ready").update(**claimed):
            raise moved()
        batch.tries, batch.state, batch.changes_seen = batch.tries + 1, "writing", changes_seen
        return jobs.start("intake.write", key=batch.job_key, arguments={"batch": batch.pk}, by=actor, at=at)


@ledger.written
def batch_discard(batch: Batch, *, actor: Person, at: datetime) -> None:
    """Not to be written: the file goes, the record stays."""
    if not Batch.objects.filter(pk=batch.pk, state="ready").update(state="discarded", done_at=at):
        raise moved()
    ledger.append("batch.discard", subject=batch, actor=actor, at=at, state="discarded")
    planning.file_path(batch.file).unlink(missing_ok=True)
    keeping.forget(planning.plan_path(planning.file_path(batch.file)))


def _check_ready(batch: Batch) -> None:
    if batch.state != "ready":
        raise moved()


def batch_stop(batch: Batch) -> None:
    """Ask the writing to stop; it leaves nothing behind. A job that had not begun gives the batch back at once."""
    job = Job.objects.filter(key=batch.job_key).first()
    if job is None or job.state not in ("waiting", "running"):
        raise moved()
    if jobs.stop(job):
        Batch.objects.filter(pk=batch.pk, state="writing").update(
            state="ready", problem=str(_("已停下，什么都没有写进去。"))
        )
