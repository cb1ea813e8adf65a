"""How far the cells of a workbook reach, counted while its parts stream by.

A table is built dense: two cells at opposite corners would ask for gigabytes and end the process that reads them. So
what is mostly emptiness is refused before a table is built of it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .errors import Unreadable

MOST_CELLS, SPARSE_CELLS, EMPTINESS = 12_000_000, 2_000_000, 20
MOST_MERGES = 100_000
MOST_ROWS, MOST_COLUMNS = 1_100_000, 300

Measure = Callable[[Iterable[bytes]], None]

ATTRIBUTES = rb"""(?:\s++(?!r\s*=)[\w:.-]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+"""
AT = rb"""(?:\s++r\s*+=\s*+["']\s*+([A-Za-z]{0,8}+)(\d{1,12})\s*+["'])?+"""
# A cell with content: one that does not close itself.
CELL = re.compile(rb"<(?:\w++:)?+c(?=[\s>])" + ATTRIBUTES + AT + ATTRIBUTES + rb"\s*+>")
ROW = re.compile(rb"<(?:\w++:)?+row(?=[\s>])" + ATTRIBUTES + AT + ATTRIBUTES + rb"\s*+>")
TABLE = re.compile(rb"""<(?:\w++:)?+(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>"']|"[^"]*+"|'[^']*+')*+)>""")  # fmt: skip
REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,12})["']""")


@dataclass
class Extent:
    """The furthest row and column with content, and how many cells hold any."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def reach(self, rows: int, columns: int) -> None:
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)

    def check(self) -> None:
        area = self.rows * self.columns
        if area > MOST_CELLS or (area > SPARSE_CELLS and area > EMPTINESS * self.cells):
            raise Unreadable("too_large", what=f"{self.rows} 行 × {self.columns} 列")


def of_xlsx(parts: Iterable[bytes]) -> None:
    """Check one part of an .xlsx; parts that are no sheet have no cells."""
    extent, merges, open_row = Extent(), 0, 0
    for part in parts:
        found = CELL.findall(part)
        extent.cells += len(found)
        extent.reach(
            max((int(row) for _letters, row in found if row), default=0),
            max((column(letters) for letters in {letters for letters, _row in found}), default=0),
        )
        unnamed = sum(not row for _letters, row in found)
        rows = _rows(part, whole=bool(unnamed))
        if unnamed:  # cells without a reference follow each other from their row's beginning
            extent.reach(max(open_row, extent.rows, *rows, 1), min(unnamed, _widest(part)))
        open_row = rows[-1] if rows else open_row
        merges += part.count(b"mergeCell")
        if merges > MOST_MERGES:
            raise Unreadable("too_large", what=f"{merges} 个合并格")
        if extent.columns > MOST_COLUMNS:  # not worth reading to its end
            raise Unreadable("too_large", what=f"{extent.columns} 列")
    extent.check()


def _rows(part: bytes, *, whole: bool) -> list[int]:
    """The numbers of its rows; where only the last one matters, its end is looked at first."""
    found = [] if whole else ROW.findall(part, max(0, len(part) - 4096))
    return [int(row) for _letters, row in found or ROW.findall(part) if row]


def _widest(part: bytes) -> int:
    """At most this many cells stand in one row; a row may go on from the part before."""
    return 2 * max(len(CELL.findall(row)) for row in re.split(rb"<(?:\w++:)?+row(?=[\s/>])", part))


def column(letters: bytes) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def of_ods(parts: Iterable[bytes]) -> None:
    """Check an .ods: rows and cells may stand for as many as they say."""
    extent, row_at, repeat, column_at = Extent(), 0, 0, 0
    for part in parts:
        for name, attributes in TABLE.findall(part):
            times = int(said[1]) if (said := REPEATED.search(attributes)) else 1
            if name == b"table":
                extent.check()
                extent, row_at, repeat, column_at = Extent(), 0, 0, 0
            elif name == b"table-row":
                row_at, repeat, column_at = row_at + times, times, 0
            else:
                column_at += times
                if not attributes.endswith(b"/"):
                    extent.reach(row_at, column_at)
                    extent.cells += times * repeat
    extent.check()
