"""Opening a file safely: what it is and how much it holds is looked at before anything is built of it.

xlsx, xls and ods by calamine; csv and tsv by `textfiles`. The file's name says nothing: its bytes do.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from . import popolo, textfiles, webpages
from .beside import Beside
from .cells import Broken
from .containers import container
from .declared import check_zip
from .errors import Unreadable
from .extents import MOST_COLUMNS, MOST_ROWS
from .old_excel import check_ole

REPEATED = 8  # shorter texts are villages, groups, structures, names
Value = object


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[0]` is the first row as the person sees it; `merged` are (top, left, bottom, right), counted from 0."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    page: bool = False
    broken_rows: frozenset[int] = frozenset()


def open_sheets(path: Path) -> list[Sheet]:
    """The sheets that hold anything, or Unreadable with a sentence for people."""
    kind = container(path)
    if kind == "text":
        return [_checked(Sheet("", popolo.rows(path) if popolo.is_popolo(path) else textfiles.rows(path)))]
    if kind == "page":
        rows, merged = webpages.tables(textfiles.decoded(path.read_bytes()))
        return [_checked(Sheet("", rows, merged, page=True))]
    beside = check_zip(path) if kind == "zip" else check_ole(path)
    with _faults_told():
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        tables = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        sheets = (
            _sheet(book.get_sheet_by_name(one.name), one.visible != SheetVisibleEnum.Visible, beside.get(one.name))
            for one in tables
        )
        return [sheet for sheet in sheets if sheet.rows]


@contextmanager
def _faults_told() -> Iterator[None]:
    """Whatever the parser stumbles over is a damaged file. Its panics are no Exception."""
    try:
        yield
    except Unreadable:
        raise
    except PasswordError as error:
        raise Unreadable("password") from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise Unreadable("damaged") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unreadable("damaged") from error
        raise


def _sheet(sheet: CalamineSheet, hidden: bool, beside: Beside | None) -> Sheet:
    """Rows from the first one of the sheet, also where nothing stands in it."""
    bottom, right = sheet.end or (-1, -1)
    _check_size(bottom + 1, right + 1)
    top, left = sheet.start or (0, 0)
    indent: tuple[Value, ...] = ("",) * left
    rows: list[Any] = sheet.to_python(skip_empty_area=True)
    said: dict[Value, Value] = {}
    for at, row in enumerate(rows):  # in place, and each short word once, as it comes again
        rows[at] = (*indent, *(said.setdefault(v, v) if type(v) is str and len(v) < REPEATED else v for v in row))
    empty: tuple[tuple[Value, ...], ...] = ((),)
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    beside = beside or Beside()
    whole = _broken((*empty * top, *rows), beside) if rows else ()
    unseen = frozenset(beside.rows), frozenset(beside.columns)
    broken = frozenset(row for row, _column in beside.broken)
    return Sheet(sheet.name, whole, merged, hidden, *unseen, broken_rows=broken)


def _broken(rows: tuple[tuple[Value, ...], ...], beside: Beside) -> tuple[tuple[Value, ...], ...]:
    """Where the parser gives nothing for a formula without a result, what stands there is said."""
    if not beside.broken:
        return rows
    changed = [list(row) for row in rows]
    for (row, column), (code, said) in beside.broken.items():
        if row < len(changed) and column < MOST_COLUMNS:
            changed[row] += [""] * (column + 1 - len(changed[row]))
            changed[row][column] = Broken(said, code)
    return tuple(map(tuple, changed))


def _checked(sheet: Sheet) -> Sheet:
    _check_size(len(sheet.rows), max((len(row) for row in sheet.rows), default=0))
    return sheet


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unreadable("too_large", what=f"{rows} 行 × {columns} 列")


def letter(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    while column >= 0:
        name, column = chr(65 + column % 26) + name, column // 26 - 1
    return name
