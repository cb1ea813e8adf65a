"""Plain tables on the road of every batch: read, set against their register, written and taken back by their room's verbs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.common import days
from heli.common.changes import Changed, back, dumped, loaded
from heli.common.errors import Conflict, DomainError

from .models import Batch, Before
from .reading import Plan
from .reading.errors import Unreadable
from .reading.places import Gazetteer, Place
from .reading.sheets import Sheet
from .tables import TABLES, sheet
from .tables.kinds import Found, Office

MADE = -1  # as version: the row was made by the batch


def kind_of(sheets: list[Sheet]) -> str:
    return sheet.kind_of(sheets, TABLES.values())


def read(path: Path, code: str, said: Mapping[str, str], town: str) -> Plan:
    told, shown = sheet.read(path, TABLES[code], said)
    if not told:
        raise Unreadable("empty")
    if len(told) > TABLES[code].most:
        raise Unreadable("too_large", what=f"{len(told)} 行")
    return Plan(
        kind=code, rows=len(told), households=(), helpers=(), bad=(), notices=(), merged=0, title="", block_name="",
        town_code=town, sheets=(shown,), belongs=(), told=tuple(told),
    )  # fmt: skip


def against(plan: Plan, within: str, places: Sequence[Place]) -> tuple[Plan, Found]:
    kind = TABLES[plan.kind]
    if kind.wide and within:
        raise DomainError(
            "table_not_here", _("全市的镇村名单不归镇里导入。"), kept=_("什么都没有写入。"), todo=_("请交给指挥部。")
        )
    office = Office(within, Gazetteer(places, (), within), days.today())
    found = kind.compare(plan.told, office)  # type: ignore[arg-type]
    return replace(plan, bad=found.bad), found


def enter(batch: Batch, found: Found, changed: Sequence[Changed], *, actor: Any, at: datetime) -> None:
    """Call in the transaction in which the batch enters; what it takes to take it back is kept."""
    kind = TABLES[batch.kind]
    made = kind.write_new(found.new, actor, at)
    kind.write_changed(changed, actor, at)
    Before.objects.bulk_create(Before(batch=batch, subject_kind=kind.subject, subject_id=pk, version=MADE, changes="[]") for pk in made)  # fmt: skip
    Before.objects.bulk_create(
        Before(batch=batch, subject_kind=kind.subject, subject_id=one.pk, version=one.version, changes=dumped(one))
        for one in changed
    )


def take_back(batch: Batch, *, actor: Any, at: datetime) -> int:
    """What was changed is as before, what was made is withdrawn; each only while nobody has worked with it since."""
    kind, befores = TABLES[batch.kind], Before.objects.filter(batch=batch).order_by("pk")
    made = [one.subject_id for one in befores if one.version == MADE]
    if kind.wide or (made and kind.undo_new is None):
        raise Conflict(
            "table_not_undoable", _("这一批不能整批撤回，别的记录跟着它。"), kept=_("什么都没有动。"),
            todo=_("请导入改好的一版。"),
        )  # fmt: skip
    changed = [loaded(one.subject_id, one.version, one.changes) for one in befores if one.version != MADE]
    kind.write_changed([back(one, one.version) for one in changed], actor, at)
    if made and kind.undo_new is not None:
        kind.undo_new(made, actor, at)
    befores.delete()
    return len(made) + len(changed)
