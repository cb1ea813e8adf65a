"""The road into the ledger: services collect, the outermost one writes just before it commits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from heli.common import bulk, days

from . import models, sealing
from .acting import current_actor
from .canonical import canonical, sha256, stamp
from .sheaves import Sheaf, Subject

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Draft:
    chain: str
    verb: str
    kind: str
    subject_id: str
    at: datetime
    known_day: date
    actor: Any
    role: str
    payload: dict[str, Any]
    seals: dict[str, sealing.Seal]
    leaves: list[Subject] = field(default_factory=list)
    sheaf: Sheaf | None = None


_open: ContextVar[list[Draft] | None] = ContextVar("ledger_open", default=None)


def written(service: Callable[P, R]) -> Callable[P, R]:
    """Run the service in one transaction and write what it appended last; a nested service joins the outermost.

    A refusal leaves nothing behind. Who means to go on after a nested service's refusal calls it within `tried`.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _open.get() is not None:
            return service(*args, **kwargs)
        drafts: list[Draft] = []
        token = _open.set(drafts)
        try:
            with transaction.atomic():
                result = service(*args, **kwargs)
                _write(drafts)
                return result
        finally:
            _open.reset(token)

    return run


@contextmanager
def tried() -> Iterator[None]:
    """Within a service: a refusal in here takes its rows and entries back, and whoever catches it may go on."""
    drafts = _open.get()
    if drafts is None:
        raise RuntimeError("ledger.tried outside a service that wears @ledger.written")
    before = len(drafts)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del drafts[before:]
        raise


def append(
    verb: str,
    *,
    subject: Any,
    at: datetime,
    actor: Any = None,
    chain: str = "",
    known_day: date | None = None,
    **facts: Any,
) -> Draft:
    """Collect one entry. `subject` is a row with `ledger_kind` and `ledger_chain()`; values wrapped in `Seal` enter
    as salted digests. `known_day` is set back by the demonstration's bulk forms only."""
    drafts = _open.get()
    if drafts is None:
        raise RuntimeError(f"ledger.append({verb!r}) outside a service that wears @ledger.written")
    who = current_actor()
    draft = Draft(
        chain=chain or subject.ledger_chain(),
        verb=verb,
        kind=subject.ledger_kind,
        subject_id=str(subject.pk),
        at=at,
        known_day=known_day or days.today(),
        actor=actor or who.person,
        role=who.role,
        payload={name: value for name, value in facts.items() if not isinstance(value, sealing.Seal)},
        seals={name: value for name, value in facts.items() if isinstance(value, sealing.Seal)},
    )
    drafts.append(draft)
    return draft


def leaves(draft: Draft, subjects: Sequence[Subject], sheaf: Sheaf | None = None) -> None:
    """Give a bulk entry its subjects as (kind, id, digest), behind those that its sheaf has already if they came in
    slices; the entry gets their number and Merkle root."""
    draft.leaves, draft.sheaf = list(subjects), sheaf or Sheaf()


def _write(drafts: list[Draft]) -> None:
    if not drafts:
        return
    for draft in drafts:
        if draft.sheaf:
            draft.sheaf.add(draft.leaves)  # before the heads are locked: whoever writes to the chain waits for less
    heads = _lock(sorted({draft.chain for draft in drafts}))
    salts = [{name: sealing.new_salt() for name in draft.seals} for draft in drafts]
    entries = [_entry(heads[draft.chain], draft, salt) for draft, salt in zip(drafts, salts, strict=True)]
    keys = list(bulk.new_ids(models.Entry, len(entries)))
    bulk.bulk_rows(models.Entry, ("id", *COLUMNS), ((pk, *_values(one)) for pk, one in zip(keys, entries, strict=True)))
    _write_seals(zip(keys, drafts, salts, strict=True))
    for chain in heads.values():
        models.Chain.objects.filter(pk=chain.pk).update(length=chain.length, head=chain.head)


def _lock(names: list[str]) -> dict[str, models.Chain]:
    """The chains' heads, locked in the order of names; nothing is locked after them."""
    found = _locked(names)
    if len(found) < len(names):
        models.Chain.objects.bulk_create([models.Chain(name=name) for name in names], ignore_conflicts=True)
        found = _locked(names)
    return found


def _locked(names: list[str]) -> dict[str, models.Chain]:
    rows = models.Chain.objects.select_for_update().filter(name__in=names).order_by("name")
    return {row.name: row for row in rows}


def _entry(chain: models.Chain, draft: Draft, salts: dict[str, bytes]) -> models.Entry:
    """The next entry of the chain, whose head it becomes."""
    digests = {name: sealing.digest_of(seal.value, salts[name]) for name, seal in draft.seals.items()}
    payload = canonical(draft.payload | ({"sealed": digests} if digests else {}) | _bound(draft))
    entry = models.Entry(
        chain=chain,
        seq=chain.length + 1,
        at=draft.at,
        known_day=draft.known_day,
        recorded_at=days.true_now(),
        actor=draft.actor,
        role=draft.role,
        verb=draft.verb,
        subject_kind=draft.kind,
        subject_id=draft.subject_id,
        payload=payload,
        request_id=current_actor().request_id,
        previous=chain.head,
        sheaf=draft.sheaf.number if draft.sheaf else None,
    )
    entry.hash = entry_hash(entry, chain.name)
    chain.length, chain.head = entry.seq, entry.hash
    return entry


COLUMNS = (
    "chain", "seq", "at", "known_day", "recorded_at", "actor", "role", "verb", "subject_kind", "subject_id", "payload",
    "request_id", "previous", "hash", "sheaf",
)  # fmt: skip
_values = attrgetter(*("chain_id" if name == "chain" else "actor_id" if name == "actor" else name for name in COLUMNS))


def _write_seals(told: Iterable[tuple[int, Draft, dict[str, bytes]]]) -> None:
    rows = [
        (pk, name, salts[name], sealing.ciphertext(seal))
        for pk, draft, salts in told
        for name, seal in draft.seals.items()
    ]
    if rows:
        bulk.bulk_rows(models.Sealed, ("entry", "name", "salt", "sealed_value"), rows)


def _bound(draft: Draft) -> dict[str, Any]:
    return {"leaves": draft.sheaf.count, "root": draft.sheaf.root} if draft.sheaf else {}


def entry_hash(entry: models.Entry, chain: str) -> str:
    """SHA-256 over the previous hash and every column that says something."""
    body = {
        "chain": chain,
        "seq": entry.seq,
        "at": stamp(entry.at),
        "known_day": entry.known_day.isoformat(),
        "recorded_at": stamp(entry.recorded_at),
        "actor": entry.actor_id,
        "role": entry.role,
        "verb": entry.verb,
        "subject": [entry.subject_kind, entry.subject_id],
        "payload": sha256(entry.payload),
        "request": entry.request_id,
    }
    return sha256(f"{entry.previous}|{canonical(body)}")
