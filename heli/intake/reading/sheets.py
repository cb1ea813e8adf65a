"""Opening a file safely: what it is and how much it holds is looked at before anything is built of it.

xlsx, xls and ods by calamine; csv and tsv by `textfiles`. The file's name says nothing: its bytes do.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
from .containers import container
from .declared import check_zip
from .errors import Unreadable
from .extents import MOST_COLUMNS, MOST_ROWS
from .old_excel import check_ole
from .tables import Row, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` begin with the first one as the person sees it; `merged` are (top, left, bottom, right), counted from 0."""

    name: str
    rows: Table
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    page: bool = False


def open_sheets(path: Path) -> list[Sheet]:
    """The sheets that hold anything, or Unreadable with a sentence for people."""
    kind = container(path)
    if kind == "text":
        return [Sheet("", _held(popolo.rows(path)) if popolo.is_popolo(path) else textfiles.table(path, _check_size))]
    if kind == "page":
        rows, merged = webpages.tables(textfiles.decoded(path))
        return [Sheet("", _held(rows), merged, page=True)]
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
    """Its values stay with the parser, which holds them closely packed, and are made of it row by row."""
    bottom, right = sheet.end or (-1, -1)
    _check_size(bottom + 1, right + 1)
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    beside = beside or Beside()
    table = Table(lambda: _rows(sheet), beside.broken)
    return Sheet(sheet.name, table, merged, hidden, frozenset(beside.rows), frozenset(beside.columns))


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Rows and columns from the first ones of the sheet, also where nothing stands in them."""
    indent: Row = ("",) * (sheet.start or (0, 0))[1]
    if indent:
        return ((*indent, *row) for row in sheet.iter_rows())
    return map(tuple, sheet.iter_rows())


def _held(rows: tuple[Row, ...]) -> Table:
    _check_size(len(rows), max((len(row) for row in rows), default=0))
    return Table.of(rows)


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unreadable("too_large", what=f"{rows} 行 × {columns} 列")


def letter(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    while column >= 0:
        name, column = chr(65 + column % 26) + name, column // 26 - 1
    return name
