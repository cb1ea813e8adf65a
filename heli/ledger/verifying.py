"""Walk the chains again and name the first entry that does not fit; then compare what rows say with what entries say.

What was changed after the last published checkpoint together with every later hash can be shown only as far as a
receipt was given out: a whole chain rewritten from its middle is consistent in itself.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import models, sealing
from .canonical import merkle_root
from .registry import Replay, registered_replays
from .writing import entry_hash

UNTOLD = object()
AT_ONCE = 2000  # leaves of a large import held in memory


@dataclass(frozen=True, slots=True)
class Bad:
    """What does not fit: an entry (`chain`, `seq`) or a row (`kind`, `subject`), and why."""

    chain: str
    seq: int
    kind: str
    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    chains: int
    entries: int
    rows: int
    bad: tuple[Bad, ...]


def verify(only: str = "") -> Report:
    chains = models.Chain.objects.filter(name=only) if only else models.Chain.objects.order_by("name")
    entries, bad = 0, []
    for chain in chains:
        count, first = _walk(chain)
        entries += count
        if first:
            bad.append(first)
    rows, different = (0, []) if only or bad else _compare_rows()
    return Report(len(chains), entries, rows, (*bad, *different))


def _walk(chain: models.Chain) -> tuple[int, Bad | None]:
    """How many entries fit, and the first that does not."""
    previous, expected = "", 1
    for entry in _entries(chain):
        why = _misfit(entry, chain.name, previous, expected)
        if why:
            return expected - 1, Bad(chain.name, entry.seq, entry.subject_kind, entry.subject_id, why)
        previous, expected = entry.hash, expected + 1
    if (chain.length, chain.head) != (expected - 1, previous):
        return expected - 1, Bad(chain.name, chain.length, "", "", "the head does not fit the last entry")
    return expected - 1, None


def _entries(chain: models.Chain) -> Iterator[models.Entry]:
    rows = models.Entry.objects.filter(chain=chain).order_by("seq").prefetch_related("sealed")
    yield from rows.iterator(chunk_size=1000)


def _misfit(entry: models.Entry, chain: str, previous: str, expected: int) -> str:
    if entry.seq != expected:
        return f"place {expected} is missing"
    if entry.previous != previous:
        return "does not follow the entry before it"
    if entry.hash != entry_hash(entry, chain):
        return "its content was changed"
    payload = json.loads(entry.payload)
    return _seal_misfit(entry, payload.get("sealed", {})) or _leaf_misfit(entry, payload)


def _seal_misfit(entry: models.Entry, digests: dict[str, str]) -> str:
    for row in entry.sealed.all():
        if row.name not in digests:
            return f"a sealed value {row.name} was added"
        if row.sealed_value and _opened_digest(row) != digests[row.name]:
            return f"the sealed value {row.name} was changed"
    return ""


def _opened_digest(row: models.Sealed) -> str:
    from heli.common import crypto

    try:
        value = json.loads(crypto.unseal(row.sealed_value, sealing.PLACE))
    except crypto.CannotOpen:
        return ""
    return sealing.digest_of(value, bytes(row.salt))


def _leaf_misfit(entry: models.Entry, payload: dict[str, Any]) -> str:
    if "root" not in payload:
        return "" if entry.sheaf is None else "leaves were added"
    digests = _leaves(entry).values_list("digest", flat=True)
    return "" if merkle_root(digests.iterator(AT_ONCE)) == payload["root"] else "its list of subjects was changed"


def _leaves(entry: models.Entry) -> Any:
    """Those of its sheaf; an entry without one has none."""
    return models.Leaf.objects.filter(entry_id=entry.sheaf if entry.sheaf is not None else -1).order_by("position")


def _compare_rows() -> tuple[int, list[Bad]]:
    """Rows against what the entries say of them; then what entries say is there and no row stands for."""
    told, last = _replayed(registered_replays())
    rows, bad = 0, []
    for kind, replay in sorted(registered_replays().items()):
        for subject, state in replay.stored():
            rows += 1
            why = _row_misfit(told.pop((kind, subject), UNTOLD), state)
            if why:
                bad.append(Bad(*last.get((kind, subject), ("", 0)), kind, subject, why))
    gone = sorted(((*last[key], *key) for key, state in told.items() if state is not None), key=_place)
    return rows, [*bad, *(Bad(*where, "its entries say that it is there, and its row is gone") for where in gone)]


def _row_misfit(told: Any, state: Any) -> str:
    if told is UNTOLD:
        return "no entry tells of this row"
    if state is None and told is not None:
        return "the salt of its digest is gone, so it cannot be checked"
    return "" if told == state else "the stored row differs from what its entries say"


def _place(gone: tuple[str, int, str, str]) -> tuple[str, int, str, int, str]:
    """By chain and entry, then by number rather than by its digits."""
    chain, seq, kind, subject = gone
    return chain, seq, kind, int(subject) if subject.isdigit() else 0, subject


def _replayed(replays: dict[str, Replay]) -> tuple[dict[tuple[str, str], Any], dict[tuple[str, str], tuple[str, int]]]:
    """State by subject after all its entries, and where its last entry stands."""
    told: dict[tuple[str, str], Any] = {}
    last: dict[tuple[str, str], tuple[str, int]] = {}
    for entry in models.Entry.objects.order_by("id").select_related("chain").iterator(chunk_size=1000):
        payload = json.loads(entry.payload)
        for kind, subject, facts in _subjects(entry, payload):
            if kind in replays:
                told[kind, subject] = replays[kind].reducer(told.get((kind, subject)), entry.verb, facts)
                last[kind, subject] = (entry.chain.name, entry.seq)
    return told, last


def _subjects(entry: models.Entry, payload: dict[str, Any]) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The entry's own subject, and each subject of a bulk entry with its digest."""
    yield entry.subject_kind, entry.subject_id, payload
    if "root" in payload:
        told = _leaves(entry).values_list("subject_kind", "subject_id", "digest")
        for kind, subject, digest in told.iterator(AT_ONCE):
            yield kind, subject, {"digest": digest}
