"""Opening a plain table: which kind it is by its header, and its rows as text."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from heli.intake.reading.cells import bare, text
from heli.intake.reading.errors import Unreadable
from heli.intake.reading.meaning import SURE, Column
from heli.intake.reading.plan import Shown
from heli.intake.reading.sheets import Sheet, letter, open_sheets

from .kinds import Kind, Told

HEADER_WITHIN = 10
KNOWN = 2


def kind_of(sheets: Iterable[Sheet], kinds: Iterable[Kind]) -> str:
    """The kind whose own headers stand in the first rows, or ''."""
    heads = [{bare(value) for value in row} for sheet in sheets for row in sheet.rows.head[:HEADER_WITHIN]]
    return next((kind.code for kind in kinds for head in heads if _is_header(head, kind)), "")


def _is_header(head: set[str], kind: Kind) -> bool:
    return bool(head & {bare(name) for name in kind.telling}) and bool(head & {bare(name) for name in kind.beside})


def read(path: Path, kind: Kind, said: Mapping[str, str]) -> tuple[list[Told], Shown]:
    """All rows below the first row in which two columns are known, on the first sheet that has one."""
    for sheet in open_sheets(path):
        for at, row in enumerate(sheet.rows.head[:HEADER_WITHIN]):
            head = columns(row, kind, said)
            if sum(bool(column.field) for column in head) >= KNOWN:
                return _rows(sheet, at, head)
    raise Unreadable("header_missing")


def columns(head: Sequence[object], kind: Kind, said: Mapping[str, str]) -> tuple[Column, ...]:
    names = {bare(name): field for field, known in kind.columns.items() for name in known}
    found, taken = [], set[str]()
    for index, value in enumerate(head):
        own = said.get(letter(index), said.get(bare(value), names.get(bare(value), "")))
        field = "" if own in taken else own
        taken |= {field} - {""}
        if text(value):
            found.append(Column(index, text(value), field, SURE if field else 0.0))
    return tuple(found)


def _rows(sheet: Sheet, at: int, head: tuple[Column, ...]) -> tuple[list[Told], Shown]:
    letters = {column.field: column.letter for column in head if column.field}
    told, shown = [], []
    for number, row in islice(enumerate(sheet.rows, 1), at + 1, None):
        cells = tuple(text(row[column.index]) if column.index < len(row) else "" for column in head)
        if not any(cells):
            continue
        values = {column.field: cell for column, cell in zip(head, cells, strict=True) if column.field and cell}
        told.append(Told(sheet.name, number, values, letters))
        shown.append((number, cells))
    return told, Shown(sheet.name, at + 1, head, tuple(shown))
