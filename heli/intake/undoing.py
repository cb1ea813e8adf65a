"""A written batch taken back while nobody has touched what it brought; and the sweep of what is left hidden."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common.changes import back, loaded
from heli.common.errors import Conflict, DomainError
from heli.helpers import bulk as helper_bulk
from heli.helpers import changing as helper_changing
from heli.households import bulk as household_bulk
from heli.households import changing as household_changing
from heli.parcels import bulk as parcel_bulk

from . import plain, standing
from .models import Batch, Before
from .tables import TABLES

CHANGING: dict[str, Any] = {"households": household_changing, "helpers": helper_changing}
SUBJECT = {"households": "household", "helpers": "helper"}
Leaf = tuple[str, str, str]


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
    sweep(undone)  # in slices, after the moment: hidden rows are no longer there for anybody
    return undone


def _is_plain(batch: Batch) -> bool:
    """Outlines of blocks are land, their list is a table: only a table keeps what stood before."""
    return batch.kind in TABLES and batch.befores.exists()


@ledger.written
def _table_take_back(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    if not Batch.objects.filter(pk=batch.pk, state="done").update(state="undone"):
        raise moved()
    restored = plain.take_back(batch, actor=actor, at=at)
    batch.state = "undone"
    ledger.append("batch.undo", subject=batch, actor=actor, at=at, state="undone", restored=restored)
    return batch


@ledger.written
def _take_back(batch: Batch, *, actor: Person, at: datetime) -> Batch:
    if not Batch.objects.filter(pk=batch.pk, state="done").update(state="undone"):
        raise moved()
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


def sweep(batch: Batch) -> int:
    """Take away what a batch left hidden. Returns how many households and helpers."""
    parcel_bulk.batch_sweep(batch.code)
    return household_bulk.batch_sweep(batch.code) + helper_bulk.batch_sweep(batch.code)


def moved() -> Conflict:
    return Conflict(
        "batch_moved", _("这一批刚刚已经写入或退掉了。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
    )
