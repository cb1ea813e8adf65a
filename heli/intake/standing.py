"""What stands in the way of taking a batch back: each row of it that somebody has worked with since, what, who, when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from heli.access.models import Relation
from heli.helpers.models import Helper
from heli.households.models import Household
from heli.ledger.models import Entry, Leaf
from heli.ledger.registry import sentence_of
from heli.papers.models import Paper

from .models import Batch, Before

REGISTERS: dict[str, Any] = {"households": Household, "helpers": Helper}
SHOWN = 50
MOST = 4 * SHOWN  # of one row much may have been told


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One row that is no longer as the batch left it. `label` tells nothing of a household but its code."""

    pk: int
    label: str
    url: str
    what: Any
    who: str = ""
    at: datetime | None = None


Touched = tuple[int, Any, str, datetime | None]  # row, what, who, when


def in_the_way(batch: Batch, most: int = SHOWN) -> list[Obstacle]:
    """The first `most` rows that stand in the way, one line each; empty: the batch can be taken back."""
    register = REGISTERS.get(batch.kind)
    if register is None:  # a plain table: its room's verbs say what stands in the way
        return []
    first: dict[int, Touched] = {}
    for touched in islice(_touched(batch, register), MOST):
        first.setdefault(touched[0], touched)
    rows = register.all_rows.in_bulk(list(first)[:most])
    return [_obstacle(rows[pk], *first[pk][1:]) for pk in list(first)[:most] if pk in rows]


def _obstacle(row: Any, what: Any, who: str, at: datetime | None) -> Obstacle:
    room = "households" if isinstance(row, Household) else "helpers"
    return Obstacle(row.pk, str(row), reverse(f"{room}:file", args=[row.pk]), what, who, at)


def _touched(batch: Batch, register: Any) -> Iterator[Touched]:
    written = Entry.objects.filter(subject_kind="batch", subject_id=str(batch.pk), verb="batch.write").latest("id")
    kind = register.ledger_kind
    own = register.all_rows.filter(batch=batch.code).values(key=Cast("pk", models.CharField(max_length=40)))
    changed = Before.objects.filter(batch=batch).values(key=Cast("subject_id", models.CharField(max_length=40)))
    for keys in (own, changed):
        yield from _told_later(kind, keys, written.pk)
    yield from _hanging_on(batch, register)
    yield from _related(kind, register.all_rows.filter(batch=batch.code))
    yield from _with_papers(kind, register.all_rows.filter(batch=batch.code))
    yield from _moved_on(batch, register)


def _told_later(kind: str, keys: Any, after: int) -> Iterator[Touched]:
    entries = Entry.objects.filter(subject_kind=kind, subject_id__in=keys, id__gt=after).order_by("id")
    yield from (_by_entry(int(entry.subject_id), entry) for entry in entries.select_related("actor")[:MOST])
    leaves = Leaf.objects.filter(subject_kind=kind, subject_id__in=keys, entry__id__gt=after).order_by("entry__id")
    yield from (_by_entry(int(leaf.subject_id), leaf.entry) for leaf in leaves.select_related("entry__actor")[:MOST])


def _by_entry(pk: int, entry: Entry | None) -> Touched:
    if entry is None:
        return pk, _("别处已经用到"), "", None
    return pk, sentence_of(entry.verb), str(entry.actor) if entry.actor else "", entry.at


def _hanging_on(batch: Batch, register: Any) -> Iterator[Touched]:
    """Rows of other rooms that refer to rows of the batch or to their parts; what belongs to the row itself goes with it."""
    for model, path in references(register):
        rows = model._base_manager.filter(**{f"{path}__batch": batch.code}).order_by("pk")
        for pk, owner in rows.values_list("pk", path)[:SHOWN]:
            yield _by_entry(owner, _first_entry(model, pk))


def references(register: Any) -> Iterator[tuple[Any, str]]:
    """(model, path from it to the register) of everything outside that can hang on a row of this register."""
    parts = [one for one in _referring(register) if _is_part(one, register)]
    yield from ((one.model, one.name) for one in _referring(register) if not _is_part(one, register))
    for part in parts:
        inner = ((one, f"{one.name}__{part.name}") for one in _referring(part.model))
        yield from ((one.model, path) for one, path in inner if not _is_part(one, register))


def _referring(model: Any) -> list[Any]:
    """Foreign keys to this model, those without a name for the way back included."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one.field for one in fields if one.auto_created and not one.concrete and not one.many_to_many]


def _is_part(field: Any, register: Any) -> bool:
    """Of the same room, and gone with its row."""
    meta = field.model._meta
    goes = field.remote_field.on_delete is models.CASCADE or meta.model_name == "share"
    return bool(goes and meta.app_label == register._meta.app_label and not meta.auto_created)


def _first_entry(model: Any, pk: int) -> Entry | None:
    kind = getattr(model, "ledger_kind", "")
    told = Entry.objects.filter(subject_kind=kind, subject_id=str(pk)) if kind else Entry.objects.none()
    return told.select_related("actor").order_by("id").first()


def _related(kind: str, rows: Any) -> Iterator[Touched]:
    found = Relation.objects.filter(subject_kind=kind, subject_id__in=rows.values("pk")).select_related("person")
    for one in found.order_by("pk")[:SHOWN]:
        yield one.subject_id, _("有人负责着"), str(one.person), one.from_at


def _with_papers(kind: str, rows: Any) -> Iterator[Touched]:
    """Papers know their subject by its number only; those in the bin may still be taken out of it."""
    found = Paper.objects.filter(subject_kind=kind, subject_id__in=rows.values("pk")).select_related("uploaded_by")
    for one in found.order_by("pk")[:SHOWN]:
        yield one.subject_id, _("有材料"), str(one.uploaded_by), one.uploaded_at


def _moved_on(batch: Batch, register: Any) -> Iterator[Touched]:
    """Edited since, by the version alone."""
    own = register.all_rows.filter(batch=batch.code).exclude(version=1).values_list("pk", flat=True)
    kept = Before.objects.filter(batch=batch, subject_id=OuterRef("pk")).values("version")[:1]
    changed = register.all_rows.annotate(kept=Subquery(kept)).filter(kept__isnull=False).exclude(version=F("kept"))
    for pk in chain(own[:SHOWN], changed.values_list("pk", flat=True)[:SHOWN]):
        yield pk, _("改过"), "", None
