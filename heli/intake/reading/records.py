"""The data rows below a header: no titles, blanks, totals or signatures; cells filled that stand for the one above."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from . import words
from .cells import bare, broken, text
from .columns import HOUSE_FIELDS, RELATIONS
from .errors import Bad, Notice
from .headers import EXAMPLE, Header, is_furniture
from .meaning import TO_TICK, Column
from .sheets import Sheet
from .tables import Value

NUMBER = re.compile(r"\d{17}[\dXx]")
ASKED = re.compile(r"[:：]|[（(](?:签字|签名|签章|盖章|公章)")  # what a line of signatures is made of
PAGE = re.compile(r"^第.{1,4}页|^共.{1,4}页|接上页|转下页|续表|[（(]续|^\d{4}年\d{1,2}月\d{1,2}日$")
SECTION = re.compile(r"^[（(]?[一二三四五六七八九十]+[)）、．.]|[（(]?共?\d+[户人名位个][)）]?$")
# A lone cell of these says nothing of a household, house or helper.
BESIDE = {"serial", "village", "group", "town", "place", "kind", "remark"}
SHORTEST_TITLE = 5
KINDS = {name for names in words.KINDS.values() for name in names}
SAME, NONE = frozenset(words.SAME), frozenset[str]()
MOST_ONCE = 100_000  # more different ones are not written once
COUNTERS = ("序号", "编号", "顺序号", "no")  # may count the rows; a 户号 never does
ONCE = ("kind", "group")  # columns that some offices write once and leave empty below


@dataclass(slots=True)
class Record:
    """One row by field. `number` as the person sees it; `section` the last line that stood over a part of the table;
    `relation` what this person is to the head of the household, where the roster lists everybody.

    `related`: whether it does; `beside`: a further house, to the right of the row's first one.
    `raw` is as it stands, `said` the same as text, each made once; `filled` names what merged cells or a word written once
    give, `same` what 同上 gives. `sound`: no cell of the row gives no value. `texts`: all cells of the row, as they stand.
    """

    sheet: str
    number: int
    raw: Mapping[str, Value]
    said: Mapping[str, str]
    filled: frozenset[str]
    columns: Mapping[str, Column]
    same: frozenset[str] = frozenset()
    section: str = ""
    relation: str = ""
    related: bool = False
    beside: bool = False
    sound: bool = False
    texts: Sequence[str] = ()

    def own(self, name: str) -> str:
        """What the row says itself."""
        return "" if name in self.filled or name in self.same else self.said.get(name, "")

    def seen_from(self, other: "Record") -> str:
        """Its number, for somebody who looks at another row."""
        return f"{self.number}" if self.sheet == other.sheet else f"{self.sheet} {self.number}"

    def broken(self, names: Iterable[str]) -> list[Bad]:
        """Cells that give no value: a failing formula, a picture."""
        if self.sound:
            return []
        codes = ((name, broken(self.raw.get(name))) for name in names)
        return [self.bad(name, code, value=self.text(name)) for name, code in codes if code]

    def text(self, name: str) -> str:
        return self.said.get(name, "")

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

    def copy(self) -> "Notes":
        """For a pass over the rows that may have to be made again."""
        return Notes(dict(self.counts), dict(self.firsts), {code: list(values) for code, values in self.values.items()})

    def told(self) -> tuple[Notice, ...]:
        return tuple(
            Notice(code, count, self.firsts[code], "、".join(self.values[code])) for code, count in self.counts.items()
        )


def records(sheet: Sheet, header: Header) -> Iterator[Record]:
    """The data rows of a sheet, one after the other."""
    ticks = [column for column in header.columns if column.field == "skills" and bare(column.header) in TO_TICK]
    columns = {column.field: column for column in ticks[:1]}
    columns |= {column.field: column for column in header.first() if column not in ticks}
    further = header.further()
    related = next((column.index for column in header.columns if bare(column.header) in RELATIONS), None)
    names, indices = [*columns], [column.index for column in columns.values()]
    width = max(indices, default=-1) + 1
    merged = _merged_into(sheet, {column.index for column in columns.values()})
    across = {top for top, left, _bottom, right in sheet.merged if right - left > 1}
    section = ""
    above: Mapping[str, Value] = {}
    sources, tops = set(merged.values()), dict[int, tuple[Value, ...]]()
    broken_rows = sheet.rows.broken_rows
    for number, row in enumerate(sheet.rows, 1):
        if sources and number - 1 in sources:
            tops[number - 1] = row
        if number <= header.row + 1:
            continue
        texts = [*map(text, row)]
        given = [value for value in texts if value]
        if not _is_data(given, header):
            continue
        if len(given) == 1 and (number - 1 in across or _is_line(row, given[0], columns, header)):
            section = given[0]
            continue
        if len(row) < width:
            row, texts = (*row, *[""] * (width - len(row))), texts + [""] * (width - len(row))
        raw = dict(zip(names, [row[at] for at in indices], strict=True))
        said = dict(zip(names, [texts[at] for at in indices], strict=True))
        given_down, same = NONE, NONE
        if merged:
            sources_ = {name: merged.get((number - 1, at)) for name, at in zip(names, indices, strict=True)}
            given_down = _filled(raw, said, sources_, tops, columns)
        if not SAME.isdisjoint(texts) or (given_down and not SAME.isdisjoint(said.values())):
            same = _as_above(raw, said, above)
        if ticks:
            raw["skills"] = said["skills"] = _ticked(row, ticks, "" if columns["skills"] in ticks else said["skills"])
        above = raw
        relation = texts[related] if related is not None and related < len(texts) else ""
        told = (section, relation, related is not None)
        sound = number - 1 not in broken_rows and not given_down and not same and _is_sound("".join(texts))
        yield Record(sheet.name, number, raw, said, given_down, columns, same, *told, sound=sound, texts=texts)
        for houses in further:
            yield from _beside(sheet.name, number, row, raw, columns, houses, section)


def _filled(
    raw: dict[str, Value],
    said: dict[str, str],
    sources: Mapping[str, int | None],
    tops: Mapping[int, tuple[Value, ...]],
    columns: Mapping[str, Column],
) -> frozenset[str]:
    """Fill empty cells of merged areas with the value of their first row; returns which."""
    found = {name: source for name, source in sources.items() if source is not None and not said[name]}
    for name, source in found.items():
        top, at = tops[source], columns[name].index
        raw[name] = top[at] if at < len(top) else ""
        said[name] = text(raw[name])
    return frozenset(found)


def _as_above(raw: dict[str, Value], said: dict[str, str], above: Mapping[str, Value]) -> frozenset[str]:
    """Give cells that say 同上 the value of the row above; returns which."""
    found = [name for name in raw if said[name] in words.SAME and name in above]
    for name in found:
        raw[name] = above[name]
        said[name] = text(raw[name])
    return frozenset(found)


def _is_sound(said: str) -> bool:
    """Whether nothing in a row looks like a failing formula or a picture; most rows hold no such sign at all."""
    return "#" not in said and ("(" not in said or "DISPIMG" not in said.upper())


def _beside(
    sheet: str, number: int, row: tuple[Value, ...], raw: Mapping[str, Value], columns: Mapping[str, Column],
    houses: Mapping[str, Column], section: str,
) -> Iterator[Record]:  # fmt: skip
    """A further house of the same row, as if it stood below with nothing else of its own."""
    held = {name: row[column.index] for name, column in houses.items() if column.index < len(row)}
    said = {name: text(value) for name, value in held.items()}
    if not any(said.values()):
        return
    own = {name: value for name, value in raw.items() if name not in HOUSE_FIELDS}
    all_columns = {name: column for name, column in columns.items() if name not in HOUSE_FIELDS} | dict(houses)
    said = {name: text(value) for name, value in own.items()} | said
    yield Record(sheet, number, own | held, said, frozenset(own), all_columns, section=section, beside=True)


def _ticked(row: tuple[Value, ...], ticks: list[Column], said: str) -> str:
    """What a column of text says, and the names of the columns with a tick."""
    named = [one.header for one in ticks if one.index < len(row) and text(row[one.index]) in words.TICKS]
    return "、".join(filter(None, [said, *named]))


def is_part(line: str) -> bool:
    """`一、新乡贤（27人）` stands over a part of the table, a title need not."""
    return bool(SECTION.search(line))


def filled(found: Iterator[Record], told: "Told") -> Iterator[Record]:
    """The same rows; what is written once stands in the cells below too."""
    for name in told.once:
        found = _down(found, name)
    return found


class Told:
    """What holds for a sheet as a whole, told by all of its rows as they are: `once`, the columns that are written once
    and hold for the empty cells below; `counted`, whether a 序号 that every row has counts the rows."""

    def __init__(self) -> None:
        self._once = {name: _Once(name) for name in ONCE}
        self._counted = _Counted()

    def note(self, record: Record) -> None:
        """Take a row in, before anything is filled down into it."""
        for one in self._once.values():
            one.note(record)
        self._counted.note(record)

    @property
    def once(self) -> tuple[str, ...]:
        return tuple(name for name, one in self._once.items() if one.holds)

    @property
    def counted(self) -> bool:
        """A 序号 that every row has, each another one: it may count houses, whose household is then told by its person."""
        return self._counted.holds


@dataclass(slots=True)
class _Once:
    """A kind or group that is written once, at its first row: most cells are empty, the first is not, and hardly anything
    is said twice in one part or village, never in a row."""

    name: str
    people: int = 0
    first: str = ""
    said: set[tuple[str, str, str]] = field(default_factory=set)
    times: int = 0
    before: tuple[str, str, str] | None = None
    refuted: bool = False
    village: str = ""

    def note(self, record: Record) -> None:
        if self.refuted or not (record.own("head") or record.own("name")):
            return
        self.village = record.own("village") or self.village
        value = record.said.get(self.name, "")
        self.people += 1
        if self.people == 1:
            self.refuted = not value
        if not value:
            return
        now = (record.section, self.village, value)
        self.refuted = self.refuted or now == self.before
        self.before = now
        self.times += 1
        self.said.add(now)
        if self.refuted or len(self.said) > MOST_ONCE:
            self.refuted = True
            self.said.clear()

    @property
    def holds(self) -> bool:
        twice = self.times - len(self.said)
        return not self.refuted and self.times > 0 and 2 * self.times < self.people and 10 * twice <= self.times


@dataclass(slots=True)
class _Counted:
    rows: int = 0
    before: str = ""
    refuted: bool = False

    def note(self, record: Record) -> None:
        if self.refuted:
            return
        column, serial = record.columns.get("serial"), record.own("serial")
        named = self.rows > 0 or (column is not None and bare(column.header) in COUNTERS)
        self.refuted = not named or not serial or serial == self.before
        self.before = serial
        self.rows += 1

    @property
    def holds(self) -> bool:
        return self.rows > 0 and not self.refuted


def _down(found: Iterable[Record], name: str) -> Iterator[Record]:
    """What is written once holds below: not past a line over another part of the table, nor into another village."""
    value, above, village = "", ("", ""), ""
    for record in found:
        village = record.own("village") or village
        where = (record.section, village)
        value = record.text(name) or (value if where == above else "")
        above = where
        if record.text(name) or not value:
            yield record
        else:
            given: dict[str, Any] = {"raw": {**record.raw, name: value}, "said": {**record.said, name: value}}
            yield replace(record, **given, filled=record.filled | {name}, sound=False)


def _merged_into(sheet: Sheet, columns: set[int]) -> dict[tuple[int, int], int]:
    """Cell → the row whose value it shows, for cells merged downwards."""
    found = {}
    for top, left, bottom, right in sheet.merged:
        for column in range(left, min(right, left + 300) + 1):
            if column in columns and column == left:
                found.update({(row, column): top for row in range(top + 1, min(bottom, top + 2000) + 1)})
    return found


def _is_data(given: list[str], header: Header) -> bool:
    """A row with an ID number always is; what else stands between such rows is told by its words."""
    if given and bare(given[0]) in EXAMPLE:
        return False
    if any(len(value) == 18 and NUMBER.fullmatch(value) for value in given):
        return True
    if not given or _is_total(given) or _is_sign(given) or is_furniture(given):
        return False
    known = sum(bare(value) in header.words for value in given)
    return known < max(3, len(given) // 2) and not 1 < len(given) == known


def _is_total(given: list[str]) -> bool:
    first = bare(given[0])
    if any(first.startswith(total) and len(first) <= len(total) + 3 for total in words.TOTALS):
        return True
    labels = [bare(value) for value in given[:3]]
    sums = (label for label in labels if len(label) < 14)
    return any(label in words.TOTALS or label.startswith(words.SUMS) or label.endswith(words.SUMS) for label in sums)


def _is_sign(given: list[str]) -> bool:
    """A line of signatures, notes or the page: begins like one or is made of nothing else."""
    begins = bare(given[0]).startswith(words.SIGNS) and (bool(ASKED.search(given[0])) or len(given) <= 3)
    signs = bool(ASKED.search(given[0])) and any(sign in given[0] for sign in words.SIGNS if len(sign) > 1)
    return begins or signs or all(ASKED.search(value) or PAGE.search(value) for value in given)


def _is_line(row: tuple[Value, ...], given: str, columns: Mapping[str, Column], header: Header) -> bool:
    """The only cell of a row: a title or the name of a part, or the number of a row that nobody filled in."""
    held = {name for name, column in columns.items() if column.index < len(row) and text(row[column.index])}
    titled = len(bare(given)) >= SHORTEST_TITLE and bare(given) in bare(header.title)
    return held <= BESIDE or is_part(given) or titled or bare(given) in KINDS
