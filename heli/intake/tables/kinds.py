"""What a kind of plain table is: its columns, and functions from rows to differences to written rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from heli.common.changes import Changed
from heli.intake.reading.errors import Bad
from heli.intake.reading.places import Gazetteer

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the file as text: field → what is written there."""

    sheet: str
    row: int
    values: Values
    letters: Values  # field → letter of its column

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def wrong(self, name: str, code: str, **facts: str) -> Bad:
        letter = self.letters.get(name, "")
        return Bad(self.sheet, self.row, f"{letter}{self.row}", "", code, facts)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it would be written. `facts` are what the file says; what it leaves empty is not among them."""

    sheet: str
    row: int
    label: str
    facts: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One field that the file says otherwise, in words."""

    label: Any
    part: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A row about something that is registered, and what it says otherwise; `url` is its page."""

    row: Row
    changed: Changed
    lines: tuple[Line, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Office:
    """Who handed the file in: the region whose rows are theirs to change, its names, and the day."""

    within: str
    places: Gazetteer
    today: date


@dataclass(frozen=True, slots=True)
class Found:
    """A table set against its register."""

    new: tuple[Row, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    known: int = 0
    bad: tuple[Bad, ...] = ()


@dataclass(frozen=True)
class Kind:
    """`columns`: field → headers, the first is our own export's; `telling`: headers that only such a table has, one of
    which must be there with one of `beside`. `write_new` gives the keys of what it made; `undo_new` takes those back,
    and is None where what hangs on them forbids it."""

    code: str
    label: Any
    columns: Mapping[str, Sequence[str]]
    telling: frozenset[str]
    beside: frozenset[str]
    fields: Sequence[tuple[str, Any]]
    compare: Callable[[Sequence[Told], Office], Found]
    write_new: Callable[[Sequence[Row], Any, datetime], list[int]]
    write_changed: Callable[[Sequence[Changed], Any, datetime], None]
    subject: str
    undo_new: Callable[[Sequence[int], Any, datetime], None] | None = None
    wide: bool = False  # also what lies outside the office's region; for the command line only
    most: int = field(default=2000)
