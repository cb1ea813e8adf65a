"""What can be done with many rows at once: seen before it is done, with its own number, and taken back where safe."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from heli.access import Action

MOST = 5000  # rows of one act: what the write lock bears


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act did: how many rows, and per row (pk) what it needs to take it back, with the version it left."""

    rows: int
    before: Mapping[str, Any] = field(default_factory=dict)


# Services: `do(rows, *, actor, at, **what the form says)`, and `undo(before, *, actor, at)` that tells how many rows.
Do = Callable[..., Changed]
Undo = Callable[..., int]


@dataclass(frozen=True)
class Act:
    """`label` stands on the button; `title(n, facts)` says what will be done to n rows; `barred(rows)` says why some
    are left out, by their pk. Without `undo` the page says that it cannot be taken back before it is done; of one that is `final`, its own `note` says so."""

    key: str
    label: Any
    action: Action
    title: Callable[[str], Any]
    do: Do
    form: Callable[[Any], Callable[[Any], forms.Form]] | None = None
    undo: Undo | None = None
    barred: Callable[[Sequence[Any]], Mapping[Any, Any]] = lambda rows: {}
    note: Any = ""
    final: bool = False

    @property
    def can_undo(self) -> bool:
        """For templates, which would call `undo` itself."""
        return self.undo is not None
