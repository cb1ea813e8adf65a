"""Keeping a view, making a file of a list, acting upon many rows and taking it back."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access import services as access_services
from heli.access.models import Person
from heli.access.selectors import desk_of
from heli.common.errors import Conflict, DomainError
from heli.ledger import Seal, jobs

from . import exporting
from .acts import Act
from .asked import Asked
from .columns import Register, named
from .models import Bulk, Export, SavedView

MOST_VIEWS = 20
AT_ONCE = 2000  # rows that are written while one waits; more go to a worker
KEPT = timedelta(days=1)


def view_save(*, owner: Person, register: Register, name: str, query: str, shared: bool) -> SavedView:
    """Keep a way of looking under a name; the same name again replaces it. Personal: no entry."""
    _check_view(owner, register, name, query)
    region = desk_of(owner).region_code if shared else ""
    view, _new = SavedView.objects.update_or_create(
        owner=owner, register=register.key, name=name.strip(), defaults={"query": query, "shared_region": region}
    )
    return view


def _check_view(owner: Person, register: Register, name: str, query: str) -> None:
    if not name.strip():
        raise DomainError("view_name", _("请给这个视图起个名字。"), kept=_("筛选条件都还在。"))
    if len(name.strip()) > 20 or len(query) > 1000:
        raise DomainError(
            "view_long", _("名字最多 20 个字。"), kept=_("筛选条件都还在。"), todo=_("请起短一点的名字。")
        )
    own = SavedView.objects.filter(owner=owner, register=register.key).exclude(name=name.strip()).count()
    if own >= MOST_VIEWS:
        raise DomainError("views_many", _("存下的视图已经有 20 个了。"), todo=_("请先删掉不用的，再存。"))


def view_forget(view: SavedView) -> None:
    view.delete()


def export_start(asked: Asked, *, sheet: str, at: datetime) -> Export:
    """A file of exactly what is seen: made now when the list is short, else by a worker."""
    export = _export_note(asked, sheet, at)
    if export.rows <= AT_ONCE:
        export_write(export, asked)
    else:
        facts = {"export": export.pk}
        jobs.start("lists.export", key=export.job_key, arguments=facts, by=asked.person, at=at)
    return export


@ledger.written
def _export_note(asked: Asked, sheet: str, at: datetime) -> Export:
    """Who took a list out of the house stands in the ledger; what was searched for only sealed."""
    export = Export.objects.create(
        owner=asked.person, register=asked.register.key, query=asked.query(), sheet=sheet,
        rows=asked.rows().order_by().count(), at=at, until=at + KEPT,
    )  # fmt: skip
    ledger.append(
        "list.export", subject=export, chain=access_services.chain(at), actor=asked.person, at=at,
        register=export.register, rows=export.rows, sheet=sheet, query=Seal(export.query),
    )  # fmt: skip
    return export


def export_write(export: Export, asked: Asked, report: exporting.Report = lambda done, total: None) -> None:
    place = exporting.write(asked, export.sheet, export.rows, report)
    Export.objects.filter(pk=export.pk).update(file=place)
    export.file = place


def exports_sweep(at: datetime) -> int:
    """Files older than a day go, with their rows."""
    old = list(Export.objects.filter(until__lt=at)[:200])
    for export in old:
        exporting.forget(export.file)
        export.delete()
    return len(old)


@ledger.written
def bulk_do(
    register: Register, act: Act, rows: Sequence[Any], *, facts: Mapping[str, Any], actor: Person, at: datetime
) -> Bulk:
    """Do `act` to `rows`, all or none; what it takes to take it back is kept with its number."""
    changed = act.do(rows, actor=actor, at=at, **facts)
    return Bulk.objects.create(
        owner=actor, register=register.key, act=act.key, rows=changed.rows, at=at,
        before=json.dumps(changed.before, ensure_ascii=False) if act.undo else "",
    )  # fmt: skip


@ledger.written
def bulk_undo(bulk: Bulk, *, actor: Person, at: datetime) -> int:
    """Take an act back where nobody changed its rows since; else the act's room says which stand in the way."""
    act = named(bulk.register).act(bulk.act)
    if act is None or act.undo is None or not bulk.before:
        raise DomainError("not_undoable", _("这一批不能撤回。"), kept=_("什么都没有变。"))
    if not Bulk.objects.filter(pk=bulk.pk, undone_at__isnull=True).update(undone_at=at):
        raise Conflict("undone_already", _("这一批已经撤回过了。"))
    return act.undo(json.loads(bulk.before), actor=actor, at=at)
