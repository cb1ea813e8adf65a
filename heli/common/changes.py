"""What a file says otherwise than a register: field by field, as data that can be written, shown and taken back."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field. `part` names the part of the row that it belongs to (the number of a house)."""

    field: str
    old: Any
    new: Any
    part: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One row of a register in the version that was looked at, and what is to be otherwise."""

    pk: int
    version: int
    changes: tuple[Change, ...]


def back(one: Changed, version: int) -> Changed:
    """The same the other way round, for a row that has `version` since."""
    turned = tuple(Change(c.field, c.new, c.old, c.part) for c in reversed(one.changes))
    return Changed(one.pk, version, turned)


def dumped(one: Changed) -> str:
    return json.dumps([astuple(change) for change in one.changes], ensure_ascii=False)


def loaded(pk: int, version: int, text: str) -> Changed:
    return Changed(pk, version, tuple(Change(*facts) for facts in json.loads(text)))


def digest(rows: Iterable[Changed]) -> str:
    """Shows whether what is written is what was seen; '' for nothing."""
    seen = [repr(row) for row in rows]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest() if seen else ""


def by_field(one: Changed, fields: Sequence[str]) -> dict[str, Any]:
    """Field → new value, of the row's own fields among `fields`."""
    return {change.field: change.new for change in one.changes if not change.part and change.field in fields}
