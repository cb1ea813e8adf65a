"""Digests of a register row's whole state, under a salt of its own.

A roster of a thousand households is one entry with a Merkle root; an edit afterwards tells the digest before and the
digest after. So a row can be checked from its import to now without its personal values standing in the ledger.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from heli.common import bulk

from . import models, sealing


def salts_for(kind: str, ids: Iterable[str]) -> dict[str, bytes]:
    """The salts of these subjects; those without one get one."""
    wanted = [str(pk) for pk in ids]
    found = existing_salts(kind, wanted)
    if len(found) == len(wanted):
        return found
    models.Salt.objects.bulk_create(
        (models.Salt(subject_kind=kind, subject_id=pk, salt=sealing.new_salt()) for pk in wanted if pk not in found),
        ignore_conflicts=True,  # another writer may be at it
        batch_size=2000,
    )
    return existing_salts(kind, wanted)


def first_digests(kind: str, states: Mapping[int, Any]) -> list[tuple[str, str, str]]:
    """Keep salts for rows that were just written; returns their leaves (kind, id, digest)."""
    salts = [sealing.new_salt() for _pk in states]
    bulk.bulk_put(salts_prepare(kind, states, salts))
    made = zip(states.items(), salts, strict=True)
    return [(kind, str(pk), sealing.digest_of(state, salt)) for (pk, state), salt in made]


def salts_prepare(kind: str, ids: Iterable[int], salts: Iterable[bytes]) -> bulk.Prepared:
    """Salts of rows that are about to be written, ready to be put beside them."""
    rows = ((kind, str(pk), salt) for pk, salt in zip(ids, salts, strict=True))
    return bulk.bulk_prepare(models.Salt, ("subject_kind", "subject_id", "salt"), rows)


def forget(kind: str, ids: Iterable[str]) -> None:
    """Take the salts of rows away that never entered or entered no longer, and the leaves that no entry has bound."""
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        theirs = {"subject_kind": kind, "subject_id__in": wanted[start : start + 500]}
        models.Salt.objects.filter(**theirs).delete()
        bound = models.Entry.objects.filter(sheaf=OuterRef("entry_id"))
        models.Leaf.objects.filter(~Exists(bound), **theirs).delete()


def existing_salts(kind: str, ids: Iterable[str] | None = None) -> dict[str, bytes]:
    rows = models.Salt.objects.filter(subject_kind=kind)
    if ids is None:
        return {pk: bytes(salt) for pk, salt in rows.values_list("subject_id", "salt")}
    found: dict[str, bytes] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), 500):  # SQLite's limit on variables
        part = rows.filter(subject_id__in=wanted[start : start + 500])
        found |= {pk: bytes(salt) for pk, salt in part.values_list("subject_id", "salt")}
    return found


def digests(kind: str, states: Mapping[str, Any]) -> dict[str, str]:
    """Subject id → digest of its state, for services that write register rows."""
    salts = salts_for(kind, states)
    return {pk: sealing.digest_of(state, salts[pk]) for pk, state in states.items()}


def changed(kind: str, states: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[str, str]]:
    """Subject id → digests of its state before and after, for a service that changed these rows and holds them."""
    salts = salts_for(kind, states)
    return {
        pk: (sealing.digest_of(before, salts[pk]), sealing.digest_of(after, salts[pk]))
        for pk, (before, after) in states.items()
    }


def reduce_digest(state: Any, verb: str, payload: Mapping[str, Any]) -> Any:
    """Reducer of a register row: the digest after its last entry; an empty one took the row out of the register.
    A `before` that does not fit is told."""
    after = payload.get("digest")
    if after is None:
        return state
    before = payload.get("before")
    if state is not None and before is not None and before != state:
        return f"broken before {verb}"
    return after or None


def stored_digests(kind: str, states: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, str | None]]:
    """What the rows say now, for `ledger.replays`; a row whose salt is gone says nothing."""
    salts = existing_salts(kind)
    for pk, state in states:
        yield pk, sealing.digest_of(state, salts[pk]) if pk in salts else None
