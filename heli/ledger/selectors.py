"""Reading the ledger: a subject's history, with the bulk entries that name it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from heli.common import crypto

from . import models, sealing
from .registry import sentence_of


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a history."""

    pk: int
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
    rows = models.Entry.objects.filter(own | Q(sheaf__in=in_bulk)).select_related("chain", "actor")
    return [_told(row) for row in rows.order_by("-id")[:limit]]


def _told(entry: models.Entry) -> Told:
    return Told(
        pk=entry.pk,
        chain=entry.chain.name,
        seq=entry.seq,
        at=entry.at,
        recorded_at=entry.recorded_at,
        who=str(entry.actor) if entry.actor else "",
        verb=entry.verb,
        sentence=sentence_of(entry.verb),
        facts=json.loads(entry.payload),
    )


def kept_values(entries: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Entry → name → the value that was kept sealed for the history, until it is erased. The caller asks first what
    the person who reads may see."""
    found: dict[int, dict[str, Any]] = {}
    for row in models.Sealed.objects.filter(entry_id__in=list(entries)).exclude(sealed_value=""):
        found.setdefault(row.entry_id, {})[row.name] = json.loads(crypto.unseal(row.sealed_value, sealing.PLACE))
    return found
