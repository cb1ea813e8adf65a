"""Where the header of a sheet stands: under titles, over one row or more, with units or numbers of columns below."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import columns
from .cells import bare, text
from .meaning import SURE, UNITS, Column, corrected, further_houses, meaning, one_each
from .sheets import Sheet

LOOK_ROWS = 25  # a header further down than this is not a header
MOST_LEVELS = 2  # rows of a header below the one that names the most
EXAMPLE = ("例", "示例", "样例", "填写示例", "填表示例", "样表")
MARKS = "甲乙丙丁戊己庚辛壬癸"
HINT = re.compile("必填|选填|填写|填报|下拉|例如|如[:：]|格式|精确到|保留.*位")
FIGURE = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the last row before the data, counted from 0; `title` what stands above the header, `words` all in it."""

    row: int
    columns: tuple[Column, ...]
    title: str
    words: frozenset[str]

    def first(self) -> list[Column]:
        """The column of each field; further ones of a house's belong to further houses."""
        taken: dict[str, Column] = {}
        for column in self.columns:
            if column.field and not (column.field in columns.HOUSE_FIELDS and column.field in taken):
                taken[column.field] = column
        return list(taken.values())

    def further(self) -> list[dict[str, Column]]:
        """Columns of second, third … houses in the same row."""
        houses: list[dict[str, Column]] = []
        for field in columns.HOUSE_FIELDS:
            for at, column in enumerate([one for one in self.columns if one.field == field][1:]):
                houses += [{} for _ in range(at + 1 - len(houses))]
                houses[at][field] = column
        return houses

    def index(self, field: str) -> int | None:
        return next((column.index for column in self.columns if column.field == field), None)


def find_header(sheet: Sheet, kind: str, said: Mapping[str, str]) -> Header | None:
    """The row that names the most columns of this kind, with the rows around it that belong to it."""
    top = [tuple(map(text, row)) for row in sheet.rows.head[: LOOK_ROWS + 4]]
    best = _best_row(top, kind, said)
    if best is None:
        return None
    first, last = _levels(top, best, kind)
    names, groups = _paths(sheet, top, first, last)
    every = [meaning(name, kind, group) for name, group in zip(names, groups, strict=True)]
    guesses = further_houses(names, every, one_each(every)) if kind == "households" else one_each(every)
    found = [Column(index, names[index], guess.field, guess.sure) for index, guess in enumerate(guesses)]
    title = " ".join(filter(None, (value for row in top[:first] for value in row)))
    words = frozenset(bare(value) for row in top[first : last + 1] for value in row if value)
    return Header(_below(top, last), corrected(found, said, kind), title, words)


def _best_row(top: list[tuple[str, ...]], kind: str, said: Mapping[str, str]) -> int | None:
    named = {bare(name) for name in said}
    hits = [_hits(row, kind, named) for row in top[:LOOK_ROWS]]
    most = max(hits, default=0)
    return hits.index(most) if most > 1 else None


def _hits(row: tuple[str, ...], kind: str, said: set[str]) -> int:
    """How many fields a row names; names that a person has explained count too."""
    fields = {guess.field for name in row if (guess := meaning(name, kind)).field}
    return len(fields) + sum(bare(name) in said and not meaning(name, kind).field for name in row if name)


def _levels(top: list[tuple[str, ...]], best: int, kind: str) -> tuple[int, int]:
    """The first and the last row of the header around the row that names the most columns."""
    first = best - 1 if best and _is_heading(top[best - 1]) else best
    if 0 < first < best and _is_heading(top[first - 1]) and _has_room(top, first - 1):
        first -= 1
    last = best
    while last - best < MOST_LEVELS and _goes_on(top, last, kind):
        last += 1
    return first, last


def _is_heading(row: tuple[str, ...]) -> bool:
    """A row of headings of groups, not a title, and not a line like 填报单位：… 日期：…."""
    given = [value for value in row if value]
    return len(set(given)) > 1 and not any(re.search("[:：]|\\d{4}", value) or len(value) > 16 for value in given)


def _goes_on(top: list[tuple[str, ...]], row: int, kind: str) -> bool:
    """The row below belongs to the header too if it names columns or only stands where this one leaves room."""
    below = [value for value in top[row + 1] if value] if row + 1 < len(top) else []
    if not below or any(FIGURE.fullmatch(value) for value in below):
        return False
    named = [value for value in below if meaning(value, kind).sure == SURE]
    return (len(named) >= 2 and not any(re.search(r"\d{2}", value) for value in below)) or _has_room(top, row)


def _has_room(top: list[tuple[str, ...]], row: int) -> bool:
    """Whether all below stands under a heading that reaches over several columns: never under a column's own name."""
    width = len(top[row + 1])
    above = [*top[row], *[""] * (width - len(top[row]))]
    given = [index for index in range(width) if top[row + 1][index]]
    heads = [index for index in given if above[index]]
    return bool(heads) and all(index + 1 in given and not above[index + 1] for index in heads)


def _below(top: list[tuple[str, ...]], last: int) -> int:
    """Rows below the header that are no data: units, numbers of columns, an example."""
    while last + 1 < len(top) and is_furniture([value for value in top[last + 1] if value]):
        last += 1
    return last


def is_furniture(given: list[str]) -> bool:
    """A row of units, hints, an example or the numbers of the columns."""
    if not given:
        return False
    plain = [bare(value.strip("()（）")) for value in given]
    units = any(plain) and all(bare(value) in UNITS or one in UNITS for value, one in zip(given, plain, strict=True))
    hints = len(given) > 1 and 2 * sum(bool(HINT.search(value)) for value in given) >= len(given)
    example = bare(given[0]) in EXAMPLE or given[0].startswith(("例：", "示例：", "例:", "示例:"))
    return units or hints or example or _is_counted(plain)


def _is_counted(plain: list[str]) -> bool:
    """A row of column numbers: 1 2 3 …, or 甲 乙 1 2 …"""
    marks = next((at for at, value in enumerate(plain) if at >= len(MARKS) or value != MARKS[at]), len(plain))
    return len(plain) > 3 and plain[marks:] == [str(number) for number in range(1, len(plain) - marks + 1)]


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
