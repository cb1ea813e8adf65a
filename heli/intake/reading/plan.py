"""From a file to a plan: what would enter, what cannot, and why. The same file gives the same plan."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from heli.common import measures

from . import columns, stamp
from . import helpers as helper_rows
from . import households as household_rows
from .cells import broken, text
from .errors import Bad, Notice, Unreadable
from .headers import Header, find_header, told_kind
from .helpers import HelperRow
from .households import Belonging, HouseholdRow
from .land_rows import OutlineRow, ParcelRow, Zone
from .meaning import Column
from .places import Gazetteer, Place
from .records import NUMBER, Notes, Record, Told, filled, records
from .sheets import Sheet, open_sheets

OURS = (REASON, NUMBER_BEFORE) = ("要改什么", "原来第几行")  # columns of our own workbook of rows to mend
LOOKED_AT = 50  # rows in which a picture of a column that is not read would stand
Tick = Callable[[], None]
A_TICK = 500  # rows read between two of them
GUESSED_BY = 1_000  # rows by which it is guessed what holds for a sheet as a whole


class Shelf(Protocol):
    """Where the rows of a plan are put as they are read: in memory, or on the disk (`intake.shelf`)."""

    def rows(self, name: str) -> MutableSequence[Any]: ...

    def done(self, name: str) -> Sequence[Any]: ...

    def anew(self) -> None: ...


class InMemory:
    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {}

    def rows(self, name: str) -> MutableSequence[Any]:
        return self._rows.setdefault(name, [])

    def done(self, name: str) -> Sequence[Any]:
        return tuple(self.rows(name))

    def anew(self) -> None:
        self._rows = {}


class Plain(Exception):
    """The file is a plain table of another kind, which is read elsewhere."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as the preview shows it: its header, and its rows with their numbers."""

    name: str
    header_row: int
    columns: tuple[Column, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]

    def of(self, numbers: Iterable[int]) -> list[tuple[int, tuple[str, ...]]]:
        """The rows with these numbers, looked for by halves: they stand in order."""
        at = (bisect_left(self.rows, number, key=lambda row: row[0]) for number in numbers)
        return [self.rows[one] for one in at if one < len(self.rows)]


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` counts rows that hold data of a household, house or helper; `mapping` is header → field by sheet.

    `belongs`: of each row that goes on with a household, its sheet, its number, and where that household begins.
    `sums` of the households that would enter.
    """

    kind: str
    rows: int
    households: Sequence[HouseholdRow]
    helpers: Sequence[HelperRow]
    bad: Sequence[Bad]
    notices: tuple[Notice, ...]
    merged: int
    title: str
    block_name: str
    town_code: str
    sheets: tuple[Shown, ...]
    belongs: Sequence[Belonging]
    parcels: Sequence[ParcelRow] = ()
    outlines: Sequence[OutlineRow] = ()
    zones: tuple[Zone, ...] = ()
    refused: Sequence[tuple[int, str]] = ()  # rows with a shape that can be drawn, to be shown where they lie
    sums: Mapping[str, int] = field(default_factory=dict)
    told: Sequence[object] = ()  # rows of a plain table

    @property
    def accepted(self) -> dict[str, object]:
        """Sums of what would enter, with the keys of the kind."""
        if self.kind == "helpers":
            return {"helpers": len(self.helpers)}
        if self.told:
            return {self.kind: len(self.told) - len(self.bad_rows)}
        if self.kind == "blocks":
            return {"blocks": len(self.outlines)}
        if self.kind == "parcels":
            legal = sum(row.legal_dm2 or 0 for row in self.parcels)
            return {"parcels": len(self.parcels), "legal_area_m2": measures.m2(legal)}
        summed = {name: self.sums.get(name, 0) for name in ("houses", "people", "bays")}
        recognised = measures.m2(self.sums.get("recognised_dm2", 0))
        return {"households": len(self.households), **summed, "recognised_area_m2": recognised}

    @property
    def mapping(self) -> dict[str, dict[str, str]]:
        """Sheet → column letter → field; columns without one are ''."""
        return {sheet.name: {column.letter: column.field for column in sheet.columns} for sheet in self.sheets}

    @property
    def bad_rows(self) -> set[tuple[str, int]]:
        return {(bad.sheet, bad.row) for bad in self.bad}

    @property
    def good(self) -> int:
        """How many households, helpers, parcels or outlines would enter."""
        return len(self.households) + len(self.helpers) + len(self.parcels) + len(self.outlines) + self._told_good

    @property
    def _told_good(self) -> int:
        return len(self.told) - len(self.bad_rows) if self.told else 0


def read_plan(
    path: Path,
    *,
    places: Iterable[Place],
    today: date,
    kind: str = "",
    mapping: Mapping[str, str] | None = None,
    block_places: Sequence[str] = (),
    town: str = "",
    shelf: Shelf | None = None,
    tick: Tick = lambda: None,
    plain: Callable[[list[Sheet]], str] = lambda sheets: "",
) -> Plan:
    """Read a roster. `mapping` (column letter or header → field) corrects the guess; raises Unreadable.

    Rows go to the `shelf` one after the other. `tick` is called every so often while it reads; what it raises ends the
    reading.
    """
    sheets = open_sheets(path)
    if not sheets:
        raise Unreadable("empty")
    if not kind and (other := plain(sheets)):
        raise Plain(other)
    said = mapping or {}
    chosen, kind = kind, kind or told_kind(sheets, said)
    if kind not in columns.COLUMNS:
        raise Unreadable("kind_unknown")
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet, kind, said))]
    found = _telling(found, kind)
    if not found:
        raise Unreadable("header_missing")
    notes = Notes()
    if chosen and told_kind(sheets, {}) not in ("", chosen):
        notes.add("kind_doubted", "1")
    if stamp.is_older(sheets):
        notes.add("blank_older", "1")
    found = _seen(found, sheets, notes)
    title = found[0][1].title
    gazetteer = Gazetteer(places)
    town_code = town or gazetteer.town_in(title) or gazetteer.town_in(path.stem)
    gazetteer = gazetteer.within(block_places, town_code)
    facts = Facts(found, gazetteer, today, block_places, town_code, tick)
    shelf = shelf or InMemory()
    read, notes = _read(kind, facts, notes, shelf)
    for old, new in gazetteer.renamed.items():
        notes.add("place_renamed", "", f"{old} → {new}")
    _note_unknown(found, notes)
    _note_unseen(found, read.hidden, notes)
    return Plan(
        kind=kind,
        rows=read.rows,
        households=shelf.done("households"),
        helpers=shelf.done("helpers"),
        bad=shelf.done("bad"),
        notices=notes.told(),
        merged=read.merged,
        title=title,
        block_name=block_named(title),
        town_code=town_code,
        sheets=tuple(
            Shown(sheet.name, header.row + 1, _titled(header), shelf.done(f"sheet {at}"))
            for at, (sheet, header) in enumerate(found)
        ),
        belongs=shelf.done("belongs"),
        sums=read.sums,
    )


def _read(kind: str, facts: "Facts", notes: Notes, shelf: Shelf) -> "tuple[Read, Notes]":
    """Go through the rows once. What holds for a sheet as a whole is guessed by its first rows; should all of them tell
    otherwise, it is gone through again."""
    read = _households if kind == "households" else _helpers
    guessed = [_guess(sheet, header) for sheet, header in facts.found]
    while True:
        own = notes.copy()
        result = read(facts, guessed, own, shelf)
        if [(one.once, one.counted) for one in result.told] == [(one.once, one.counted) for one in guessed]:
            return result, own
        guessed = result.told
        shelf.anew()


def _guess(sheet: Sheet, header: Header) -> Told:
    told = Told()
    for record in islice(records(sheet, header), GUESSED_BY):
        told.note(record)
    return told


@dataclass(frozen=True, slots=True)
class Facts:
    """What all readers need to know."""

    found: "Found"
    places: Gazetteer
    today: date
    block_places: Sequence[str]
    town: str
    tick: Tick


@dataclass(frozen=True, slots=True)
class Read:
    """What one pass over all rows told, beside the rows that went to the shelf. `hidden`: numbers of hidden rows, by sheet."""

    rows: int
    merged: int
    told: list[Told]
    hidden: list[list[int]]
    sums: Mapping[str, int] = field(default_factory=dict)


class Pass:
    """Goes over the records of one sheet, notes what they tell of it as a whole, and keeps its rows for the page."""

    def __init__(self, facts: Facts, at: int, guessed: Told, shelf: Shelf) -> None:
        self.sheet, self.header = facts.found[at]
        self.told, self.hidden, self._guessed, self._tick = Told(), list[int](), guessed, facts.tick
        self._shown = shelf.rows(f"sheet {at}")
        self._columns = [(column.field, column.index) for column in _titled(self.header)]
        self._held = {column.index for column in self.header.first()}

    def __iter__(self) -> Iterator[Record]:
        plain = records(self.sheet, self.header)
        noted = map(self._noted, plain)
        for at, record in enumerate(filled(noted, self._guessed)):
            if at % A_TICK == 0:
                self._tick()
            if record.number - 1 in self.sheet.hidden_rows:
                self.hidden.append(record.number)
            if not record.beside:
                self._shown.append((record.number, self._texts(record)))
            yield record

    def _noted(self, record: Record) -> Record:
        self.told.note(record)
        return record

    def _texts(self, record: Record) -> tuple[str, ...]:
        said, texts, held = record.said, record.texts, self._held
        width = len(texts)
        return tuple([said[field] if at in held else texts[at] if at < width else "" for field, at in self._columns])


def _telling(found: "Found", kind: str) -> "Found":
    """Sheets of people, and behind them those of houses that stand apart from their people."""
    people = [(sheet, header) for sheet, header in found if _tells(header, kind)]
    houses = _apart(people, found) if kind == "households" else []
    return [one for one in people if one not in houses] + houses


def _apart(people: "Found", found: "Found") -> "Found":
    """Sheets of houses only, where the sheets of people hold no house: one table told on two sheets."""
    houses = [(sheet, header) for sheet, header in found if household_rows.holds_houses_only(_fields(header))]
    owners = [_fields(header) for sheet, header in people if all(sheet is not one for one, _header in houses)]
    told = any(fields & set(columns.HOUSE_FIELDS) for fields in owners)
    return houses if owners and not told else []


def _fields(header: Header) -> set[str]:
    return {column.field for column in header.columns if column.field}


def _tells(header: Header, kind: str) -> bool:
    """A sheet of explanations has no columns that tell of people."""
    fields = _fields(header)
    return bool(fields & {columns.PERSON[kind], "id"}) and len(fields & columns.NEEDED[kind]) >= 2


def _seen(found: "Found", sheets: list[Sheet], notes: Notes) -> "Found":
    """Hidden sheets hold old copies: they count only where nothing else does. What holds people and is left is told."""
    seen = [(sheet, header) for sheet, header in found if not sheet.hidden] or found
    read = [sheet for sheet, _header in seen]
    for sheet in sheets:
        if all(sheet is not one for one in read) and _holds_people(sheet):
            notes.add("sheet_left_out", sheet.name, sheet.name)
    return seen


def _holds_people(sheet: Sheet) -> bool:
    return any(NUMBER.fullmatch(text(value)) for row in sheet.rows for value in row)


Found = list[tuple[Sheet, Header]]


def _households(facts: Facts, guessed: list[Told], notes: Notes, shelf: Shelf) -> Read:
    apart, places = _apart(facts.found, facts.found), facts.places
    good = shelf.rows("households")
    reader = household_rows.Reader(
        places, facts.today, notes, good=[] if apart else good, bad=shelf.rows("bad"), belongs=shelf.rows("belongs"),
        joins=bool(apart),
    )  # fmt: skip
    passes = [Pass(facts, at, told, shelf) for at, told in enumerate(guessed)]
    for one, told in zip(passes, guessed, strict=True):
        only = facts.block_places[0] if len(facts.block_places) == 1 else ""
        village = places.labelled(one.sheet.name) or places.named_in(one.header.title) or only
        reader.sheet(village, counted=told.counted)
        take = reader.join if any(one.sheet is sheet for sheet, _header in apart) else reader.read
        for record in one:
            take(record)
    reader.end()
    if apart:
        good.extend(reader.good)
    return Read(reader.rows, 0, [one.told for one in passes], [one.hidden for one in passes], reader.sums)


def _helpers(facts: Facts, guessed: list[Told], notes: Notes, shelf: Shelf) -> Read:
    reader = helper_rows.Reader(facts.places, notes, facts.town, bad=shelf.rows("bad"))
    passes = [Pass(facts, at, told, shelf) for at, told in enumerate(guessed)]
    for one in passes:
        reader.sheet((one.sheet.name, _bracketed(one.header.title)), one.header.title)
        for record in one:
            reader.read(record)
    shelf.rows("helpers").extend(reader.good.values())
    return Read(reader.rows, reader.merged, [one.told for one in passes], [one.hidden for one in passes])


def _bracketed(title: str) -> str:
    found = re.search(r"[（(]([^）)]+)[）)]", title)
    return found[1] if found else ""


def _note_unknown(found: Found, notes: Notes) -> None:
    for _sheet, header in found:
        for column in header.columns:
            if column.header and not column.field and column.header not in OURS:
                notes.add("column_unknown", f"{column.letter}{header.row + 1}", column.header)


def _note_unseen(found: Found, hidden: list[list[int]], notes: Notes) -> None:
    """What a person does not see, or sees and will not find again: hidden rows and columns, pictures in cells."""
    for (sheet, header), rows in zip(found, hidden, strict=True):
        if sheet.page:
            notes.add("web_page", "1")
        for column in header.columns:
            where = f"{column.letter}{header.row + 1}"
            if column.field and column.index in sheet.hidden_columns:
                notes.add("hidden_columns", where, column.header)
            below = sheet.rows.head[header.row + 1 : header.row + 1 + LOOKED_AT] if not column.field else ()
            if any(broken(row[column.index]) == "picture_in_cell" for row in below if column.index < len(row)):
                notes.add("picture_left_out", where, column.header)
        for number in rows:
            notes.add("hidden_rows", f"{number}")


def _titled(header: Header) -> tuple[Column, ...]:
    return tuple(column for column in header.columns if column.header)


def block_named(title: str) -> str:
    """`城南镇吉捕岙区块征迁户花名册` → 吉捕岙."""
    before = re.match(r"(.{1,30}?)区块", title.replace(" ", ""))
    named = re.search(r"([\u4e00-\u9fff]{1,8})$", re.split(r"镇|街道|乡|市", before[1])[-1]) if before else None
    return named[1] if named else ""


def plan_digest(plan: Plan) -> str:
    """Over what would be written: shows whether a plan is the one that the preview showed."""
    digest = hashlib.sha256()
    for rows in (plan.households, plan.helpers, plan.parcels, plan.outlines, plan.told):
        digest.update(rows.digest.encode() if isinstance(rows, Digested) else _digest(rows).encode())
    return digest.hexdigest()


@runtime_checkable
class Digested(Protocol):
    """Rows that know their digest, for it was made while they were put away."""

    @property
    def digest(self) -> str: ...


def _digest(rows: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()
