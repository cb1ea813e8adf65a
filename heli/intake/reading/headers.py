"""Where the header of a sheet stands: under titles, over one row or more, with units or numbers of columns below."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import columns
from .cells import bare, text
from .meaning import SURE, UNITS, Column, corrected, meaning, one_each
from .sheets import Sheet

LOOK_ROWS = 25  # a header further down than this is not a header
EXAMPLE = ("例", "示例", "样例", "填写示例", "填表示例", "样表")


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the last row before the data, counted from 0; `title` what stands above the header."""

    row: int
    columns: tuple[Column, ...]
    title: str

    def index(self, field: str) -> int | None:
        return next((column.index for column in self.columns if column.field == field), None)


def find_header(sheet: Sheet, kind: str, said: Mapping[str, str]) -> Header | None:
    """The row that names the most columns of this kind, with the rows around it that belong to it."""
    top = [tuple(map(text, row)) for row in sheet.rows[: LOOK_ROWS + 4]]
    best = _best_row(top, kind, said)
    if best is None:
        return None
    first = best - 1 if best and _is_heading(top[best - 1]) else best
    last = best + 1 if _goes_on(top, best, kind) else best
    names, groups = _paths(sheet, top, first, last)
    guesses = one_each([meaning(name, kind, group) for name, group in zip(names, groups, strict=True)])
    found = [Column(index, names[index], guess.field, guess.sure) for index, guess in enumerate(guesses)]
    title = " ".join(filter(None, (value for row in top[:first] for value in row)))
    return Header(_below(top, last), corrected(found, said, kind), title)


def _best_row(top: list[tuple[str, ...]], kind: str, said: Mapping[str, str]) -> int | None:
    named = {bare(name) for name in said}
    hits = [_hits(row, kind, named) for row in top[:LOOK_ROWS]]
    most = max(hits, default=0)
    return hits.index(most) if most > 1 else None


def _hits(row: tuple[str, ...], kind: str, said: set[str]) -> int:
    """How many fields a row names; names that a person has explained count too."""
    fields = {guess.field for name in row if (guess := meaning(name, kind)).field}
    return len(fields) + sum(bare(name) in said and not meaning(name, kind).field for name in row if name)


def _is_heading(row: tuple[str, ...]) -> bool:
    """A row of headings of groups, not a title, and not a line like 填报单位：… 日期：…."""
    given = [value for value in row if value]
    return len(set(given)) > 1 and not any(re.search("[:：]|\\d{4}", value) or len(value) > 16 for value in given)


def _goes_on(top: list[tuple[str, ...]], row: int, kind: str) -> bool:
    """The row below belongs to the header too if it names columns and holds no figures."""
    below = [value for value in top[row + 1] if value] if row + 1 < len(top) else []
    named = [value for value in below if meaning(value, kind).sure == SURE]
    return len(named) >= 2 and not any(re.search(r"\d{2}", value) for value in below)


def _below(top: list[tuple[str, ...]], last: int) -> int:
    """Rows below the header that are no data: units, numbers of columns, an example."""
    while last + 1 < len(top) and _is_furniture([value for value in top[last + 1] if value]):
        last += 1
    return last


def _is_furniture(given: list[str]) -> bool:
    if not given:
        return False
    units = all(bare(value) in UNITS or bare(value.strip("()（）")) in UNITS for value in given)
    numbers = [bare(value.strip("()（）")) for value in given]
    counted = len(given) > 3 and numbers == [str(number) for number in range(1, len(given) + 1)]
    return units or counted or bare(given[0]) in EXAMPLE or given[0].startswith(("例：", "示例：", "例:", "示例:"))


def _paths(sheet: Sheet, top: list[tuple[str, ...]], first: int, last: int) -> tuple[list[str], list[str]]:
    """Per column its own name and the heading of its group."""
    width = max(len(row) for row in top[first : last + 1])
    rows = [_spread(sheet, top, row, width, fill=row < last) for row in range(first, last + 1)]
    paths = [list(dict.fromkeys(row[index] for row in rows if row[index])) for index in range(width)]
    return [path[-1] if path else "" for path in paths], ["".join(path[:-1]) for path in paths]


def _spread(sheet: Sheet, top: list[tuple[str, ...]], row: int, width: int, *, fill: bool) -> list[str]:
    """A row of the header, its headings spread over their columns: by merged cells, or, in text, to the next one."""
    names = [*top[row], *[""] * (width - len(top[row]))]
    for above, left, below, right in sheet.merged:
        if above <= row <= below and left < width and above < len(top) and left < len(top[above]):
            names[left : min(right, width - 1) + 1] = [top[above][left]] * (min(right, width - 1) - left + 1)
    if fill and not sheet.merged:
        for index in range(1, width):
            below_it = top[row + 1][index] if index < len(top[row + 1]) else ""
            names[index] = names[index] or (names[index - 1] if below_it else "")
    return names


def told_kind(sheets: list[Sheet], said: Mapping[str, str]) -> str:
    """households or helpers, by which telling columns stand in the header; '' if neither."""
    score = dict.fromkeys(columns.TELLING, 0)
    for sheet in sheets:
        for kind, telling in columns.TELLING.items():
            header = find_header(sheet, kind, said)
            score[kind] += len({c.field for c in header.columns if c.sure == SURE} & telling) if header else 0
    kind = max(score, key=lambda name: score[name])
    return kind if score[kind] >= 2 and list(score.values()).count(score[kind]) == 1 else ""
