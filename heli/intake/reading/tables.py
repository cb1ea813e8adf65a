"""The rows of one sheet, gone through as often as need be without ever standing in memory together."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from .cells import Broken
from .extents import MOST_COLUMNS

Value = object
Row = tuple[Value, ...]
HEAD = 100  # rows from the top in which headers are looked for, kept at hand


class Table:
    """`anew` begins at the first row, as the person sees it, each time it is called. `broken`: cells for which the parser
    gives nothing, (row, column) from 0 → what is wrong there and what it says."""

    def __init__(
        self, anew: Callable[[], Iterator[Row]], broken: Mapping[tuple[int, int], tuple[str, str]] | None = None
    ) -> None:
        self._anew = anew
        self._broken: dict[int, list[tuple[int, Broken]]] = {}
        for (row, column), (code, said) in (broken or {}).items():
            if column < MOST_COLUMNS:
                self._broken.setdefault(row, []).append((column, Broken(said, code)))

    @classmethod
    def of(cls, rows: tuple[Row, ...]) -> "Table":
        """Of rows that stand in memory: short tables, and those that other parsers made."""
        return cls(lambda: iter(rows))

    def __iter__(self) -> Iterator[Row]:
        if not self._broken:
            return self._anew()
        return (self._mended(at, row) for at, row in enumerate(self._anew()))

    def __bool__(self) -> bool:
        return bool(self.head)

    @cached_property
    def head(self) -> tuple[Row, ...]:
        return tuple(islice(self, HEAD))

    @property
    def broken_rows(self) -> frozenset[int]:
        return frozenset(self._broken)

    def _mended(self, at: int, row: Row) -> Row:
        """Where the parser gives nothing, what stands there is said."""
        if at not in self._broken:
            return row
        changed = list(row)
        for column, value in self._broken[at]:
            changed += [""] * (column + 1 - len(changed))
            changed[column] = value
        return tuple(changed)
