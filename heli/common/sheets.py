"""Tables that people open in WPS or Excel: text stays text, numbers of people keep their digits, nothing runs.

Every export writes through here. In a workbook each text is a string cell, never a formula or a link. A text file
knows no types, so a text that a spreadsheet would run gets an apostrophe in front (OWASP's rule), which
`plain_of_csv` takes off again when the file comes back.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from . import days, measures

LONGEST = 32_767  # characters in a cell; the writer would drop a longer text whole
CUT = "…"
SURROGATE = re.compile("[\ud800-\udfff]")
# What a spreadsheet takes for the beginning of a formula; the full-width signs too, since offices' programs do.
RUNS = re.compile("^'*[=+\\-@\t\r\n＝＋－＠]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FORMATS = {"area": "0.00", "day": "yyyy-mm-dd", "number": "General"}
TEXT = "@"
MOST_LISTED = 255  # characters of a drop-down written into its cell; longer ones stand on a sheet of their own
ROWS_WITH_CHOICES = 5000


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: text, number, area (whole square decimetres), day, id or phone (digits kept as text)."""

    key: str
    label: str
    kind: str = "text"
    width: float = 14
    choices: tuple[str, ...] = ()


def text_cell(value: object) -> str:
    """What a cell says: no longer than a cell may be, and no half characters."""
    said = SURROGATE.sub("\ufffd", "" if value is None else str(value))
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + CUT


def csv_cell(value: object) -> str:
    """A text for a file without types: what would run gets an apostrophe in front."""
    said = text_cell(value).replace("\x00", "")
    return f"'{said}" if RUNS.match(said) else said


def plain_of_csv(said: str) -> str:
    """The text again that `csv_cell` was given."""
    return said[1:] if said.startswith("'") and RUNS.match(said[1:]) else said


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name that a workbook takes: not too long, without signs, not twice."""
    plain = NOT_IN_NAMES.sub(" ", SURROGATE.sub("", wanted)).strip("' ")[:31].strip("' ") or "Sheet"
    used, name, count = {one.lower() for one in taken}, plain, 1
    while name.lower() in used or name.lower() == "history":
        count += 1
        name = f"{plain[: 30 - len(str(count))]}_{count}"
    return name


def write_xlsx(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str = "") -> None:
    """Row by row into a workbook of one sheet; memory does not grow with the rows."""
    with workbook(file, constant_memory=True) as book:
        page = book.add_worksheet(sheet_name(title) if title else None)
        styles = head(book, page, columns)
        for line, row in enumerate(rows, 1):
            for at, (column, value) in enumerate(zip(columns, row, strict=True)):
                put(page, line, at, column, value, styles[at])


def workbook(file: IO[bytes], **options: Any) -> Workbook:
    """A workbook in which no text becomes a formula, a link or a number."""
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(file, options | safe)


def head(book: Workbook, page: Worksheet, columns: Sequence[Column], row: int = 0) -> list[Any]:
    """Labels, widths, drop-downs and a frozen first row; gives each column's format."""
    bold = book.add_format({"bold": True, "num_format": TEXT, "text_wrap": True, "valign": "top"})
    kinds = {column.kind for column in columns}
    styles = {kind: book.add_format({"num_format": FORMATS.get(kind, TEXT)}) for kind in sorted(kinds)}
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width, styles[column.kind])
        page.write_string(row, at, text_cell(column.label), bold)
    page.freeze_panes(row + 1, 0)
    _drop_downs(book, page, columns, row + 1)
    return [styles[column.kind] for column in columns]


def put(page: Worksheet, row: int, at: int, column: Column, value: Any, style: Any) -> None:
    """One value: numbers, areas and days as such, all else as text."""
    if value is None or value == "":
        page.write_blank(row, at, None, style)
    elif column.kind == "area" and isinstance(value, int):
        page.write_number(row, at, value / 100, style)
    elif column.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(row, at, value, style)
    elif column.kind == "day" and isinstance(value, date) and value.year > 1900:
        page.write_datetime(row, at, _day(value), style)
    else:
        page.write_string(row, at, text_cell(value), style)


def _day(value: date) -> date:
    return days.local_day(value) if isinstance(value, datetime) else value


def _drop_downs(book: Workbook, page: Worksheet, columns: Sequence[Column], row: int) -> None:
    """Short lists stand in the cells; long ones on a hidden sheet, for a cell's own list holds 255 characters."""
    lists: Worksheet | None = None
    for at, column in enumerate(columns):
        if not column.choices:
            continue
        source: Any = list(column.choices)
        if len(",".join(column.choices)) > MOST_LISTED or any("," in choice for choice in column.choices):
            lists = lists or _hidden(book)
            source = _listed(lists, at, column.choices)
        rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
        page.data_validation(row, at, row + ROWS_WITH_CHOICES, at, rule)


def _hidden(book: Workbook) -> Worksheet:
    lists = book.add_worksheet(sheet_name("选项", [page.name for page in book.worksheets()]))
    lists.hide()
    return lists


def _listed(lists: Worksheet, row: int, choices: Sequence[str]) -> str:
    """Written along a row, since rows come in order."""
    for at, choice in enumerate(choices):
        lists.write_string(row, at, text_cell(choice))
    last = xlsxwriter.utility.xl_col_to_name(len(choices) - 1)
    return f"='{lists.name}'!$A${row + 1}:${last}${row + 1}"


def write_csv(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str = "") -> None:
    """UTF-8 with the mark by which Excel knows it; all cells in quotes. A title would spoil the header: it is left."""
    file.writelines(csv_lines(columns, rows))


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same, line by line, for an answer that streams."""
    yield b"\xef\xbb\xbf" + _line([csv_cell(column.label) for column in columns])
    for row in rows:
        yield _line([_csv_value(column, value) for column, value in zip(columns, row, strict=True)])


def _line(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode()


def _csv_value(column: Column, value: Any) -> str:
    """Digits of IDs and telephones end with a tab: so a spreadsheet that opens the file leaves them text."""
    if value is None or value == "":
        return ""
    if column.kind == "area" and isinstance(value, int):
        return measures.m2(value)
    if column.kind == "number" and isinstance(value, (int, float)):
        return str(value)
    if column.kind == "day" and isinstance(value, date):
        return _day(value).isoformat()
    said = csv_cell(value)
    return f"{said}\t" if column.kind in {"id", "phone"} and said.isdigit() else said
