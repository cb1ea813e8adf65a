"""The data rows below a header: no titles, blanks, totals or signatures; merged cells filled from their first cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import words
from .cells import bare, text
from .errors import Bad, Notice
from .headers import Header
from .meaning import Column
from .sheets import Sheet, Value


@dataclass(frozen=True, slots=True)
class Record:
    """One row by field: `raw` as it stands, `filled` with what merged cells give. `number` as the person sees it."""

    sheet: str
    number: int
    raw: Mapping[str, Value]
    filled: frozenset[str]
    columns: Mapping[str, Column]

    def text(self, name: str) -> str:
        return text(self.raw.get(name))

    def bad(self, name: str, code: str, **facts: object) -> Bad:
        column = self.columns.get(name)
        cell = f"{column.letter}{self.number}" if column else f"{self.number}"
        plain = {key: str(value) for key, value in facts.items()}
        return Bad(self.sheet, self.number, cell, column.header if column else "", code, plain)


@dataclass
class Notes:
    """Notices counted by code as they come up."""

    counts: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, where: str, value: str = "") -> None:
        self.counts[code] = self.counts.get(code, 0) + 1
        self.firsts.setdefault(code, where)
        seen = self.values.setdefault(code, [])
        if value and value not in seen and len(seen) < 8:
            seen.append(value)

    def told(self) -> tuple[Notice, ...]:
        return tuple(
            Notice(code, count, self.firsts[code], "、".join(self.values[code])) for code, count in self.counts.items()
        )


def records(sheet: Sheet, header: Header) -> Iterator[Record]:
    columns = {column.field: column for column in header.columns if column.field}
    merged = _merged_into(sheet, {column.index for column in columns.values()})
    titles = {bare(column.header) for column in header.columns if column.header}
    for number, row in enumerate(sheet.rows[header.row + 1 :], header.row + 2):
        if not _is_data(row, titles):
            continue
        raw, filled = {}, set()
        for name, column in columns.items():
            value = row[column.index] if column.index < len(row) else ""
            source = merged.get((number - 1, column.index))
            if source is not None and not text(value):
                value = sheet.rows[source][column.index]
                filled.add(name)
            raw[name] = value
        yield Record(sheet.name, number, raw, frozenset(filled), columns)


def _merged_into(sheet: Sheet, columns: set[int]) -> dict[tuple[int, int], int]:
    """Cell → the row whose value it shows, for cells merged downwards."""
    found = {}
    for top, left, bottom, right in sheet.merged:
        for column in range(left, min(right, left + 300) + 1):
            if column in columns and column == left:
                found.update({(row, column): top for row in range(top + 1, min(bottom, top + 2000) + 1)})
    return found


def _is_data(row: tuple[Value, ...], titles: set[str]) -> bool:
    plain = [text(value) for value in row]
    given = [value for value in plain if value]
    if not given:
        return False
    first = bare(given[0])
    if any(first == total or (first.startswith(total) and len(first) <= len(total) + 3) for total in words.TOTALS):
        return False
    if any(bare(value) in words.TOTALS for value in given[:3]):
        return False
    if _is_sign(given):
        return False
    return sum(bare(value) in titles for value in given) < max(3, len(given) // 2)


def _is_sign(given: list[str]) -> bool:
    """A line of signatures or notes: begins like one, and holds no ID number."""
    head = bare(given[0])
    begins = any(head.startswith(sign) for sign in words.SIGNS)
    colon = any(re.search(r"[:：]", value) for value in given[:1])
    return begins and (colon or len(given) <= 3) and not any(re.fullmatch(r"\d{17}[\dXx]", value) for value in given)
