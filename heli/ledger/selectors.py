"""Reading the ledger: a subject's history, with the bulk entries that name it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from . import models
from .registry import sentence_of


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a history."""

    chain: str
    seq: int
    at: datetime
    recorded_at: datetime
    who: str
    verb: str
    sentence: Any
    facts: dict[str, Any]


def history(subjects: list[tuple[str, str]], limit: int = 50) -> list[Told]:
    """What the ledger tells of these (kind, id), newest first."""
    if not subjects:
        return []
    own, bulk = Q(), Q()
    for kind, pk in subjects:
        own |= Q(subject_kind=kind, subject_id=pk)
        bulk |= Q(subject_kind=kind, subject_id=pk)
    in_bulk = models.Leaf.objects.filter(bulk).values("entry_id")
    rows = models.Entry.objects.filter(own | Q(id__in=in_bulk)).select_related("chain", "actor")
    return [_told(row) for row in rows.order_by("-id")[:limit]]


def _told(entry: models.Entry) -> Told:
    return Told(
        chain=entry.chain.name,
        seq=entry.seq,
        at=entry.at,
        recorded_at=entry.recorded_at,
        who=str(entry.actor) if entry.actor else "",
        verb=entry.verb,
        sentence=sentence_of(entry.verb),
        facts=json.loads(entry.payload),
    )
