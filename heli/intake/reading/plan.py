"""From a file to a plan: what would enter, what cannot, and why. The same file gives the same plan."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from heli.common import measures

from . import columns, stamp
from . import helpers as helper_rows
from . import households as household_rows
from .cells import broken, text
from .errors import Bad, Notice, Unreadable
from .headers import Header, find_header, told_kind
from .helpers import HelperRow
from .households import HouseholdRow
from .land_rows import OutlineRow, ParcelRow, Zone
from .meaning import Column
from .places import Gazetteer, Place
from .records import NUMBER, Notes, Record, records
from .sheets import Sheet, open_sheets

OURS = (REASON, NUMBER_BEFORE) = ("要改什么", "原来第几行")  # columns of our own workbook of rows to mend
LOOKED_AT = 50  # rows in which a picture of a column that is not read would stand
Tick = Callable[[], None]
A_TICK = 500  # rows read between two of them


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
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` counts rows that hold data of a household, house or helper; `mapping` is header → field by sheet.

    `belongs`: sheet and row of what goes on with a household → the row where that household begins.
    """

    kind: str
    rows: int
    households: tuple[HouseholdRow, ...]
    helpers: tuple[HelperRow, ...]
    bad: tuple[Bad, ...]
    notices: tuple[Notice, ...]
    merged: int
    title: str
    block_name: str
    town_code: str
    sheets: tuple[Shown, ...]
    belongs: Mapping[tuple[str, int], int]
    parcels: tuple[ParcelRow, ...] = ()
    outlines: tuple[OutlineRow, ...] = ()
    zones: tuple[Zone, ...] = ()
    told: tuple[object, ...] = ()  # rows of a plain table
    refused: tuple[tuple[int, str], ...] = ()  # rows with a shape that can be drawn, to be shown where they lie

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
        houses = [house for row in self.households for house in row.houses]
        return {
            "households": len(self.households),
            "houses": len(houses),
            "people": sum(row.people for row in self.households),
            "bays": sum(row.bays for row in self.households),
            "recognised_area_m2": measures.m2(sum(house.recognised_dm2 or 0 for house in houses)),
        }

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
    shown: bool = True,
    tick: Tick = lambda: None,
    plain: Callable[[list[Sheet]], str] = lambda sheets: "",
) -> Plan:
    """Read a roster. `mapping` (column letter or header → field) corrects the guess; raises Unreadable.

    `shown`: with the rows as they stand there, for a page. Who only writes them spares their weight. `tick` is called
    every so often while it reads; what it raises ends the reading.
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
    read = _households if kind == "households" else _helpers
    every = [tuple(_ticking(records(sheet, header), tick)) for sheet, header in found]
    rows, households, helpers, bad, merged, belongs = read(
        found, every, gazetteer, today, notes, block_places, town_code, tick
    )
    for old, new in gazetteer.renamed.items():
        notes.add("place_renamed", "", f"{old} → {new}")
    _note_unknown(found, notes)
    _note_unseen(found, every, notes)
    return Plan(
        kind=kind,
        rows=rows,
        households=tuple(households),
        helpers=tuple(helpers),
        bad=tuple(bad),
        notices=notes.told(),
        merged=merged,
        title=title,
        block_name=block_named(title),
        town_code=town_code,
        sheets=tuple(_shown(*one, rows_ if shown else ()) for one, rows_ in zip(found, every, strict=True)),
        belongs=belongs,
    )


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


Read = tuple[int, list[HouseholdRow], list[HelperRow], list[Bad], int, dict[tuple[str, int], int]]
Found = list[tuple[Sheet, Header]]
Rows = list[tuple[Record, ...]]


def _households(
    found: Found, every: Rows, places: Gazetteer, today: date, notes: Notes, block: Sequence[str], town: str, tick: Tick
) -> Read:
    reader, apart = household_rows.Reader(places, today, notes), _apart(found, found)
    for (sheet, header), rows in zip(found, every, strict=True):
        only = block[0] if len(block) == 1 else ""
        reader.sheet(
            places.labelled(sheet.name) or places.named_in(header.title) or only,
            counted=household_rows.serial_counts_rows(rows),
        )
        take = reader.join if any(sheet is one for one, _header in apart) else reader.read
        for record in _ticking(rows, tick):
            take(record)
    reader.end()
    return reader.rows, reader.good, [], reader.bad, 0, reader.belongs


def _ticking(rows: Iterable[Record], tick: Tick) -> Iterator[Record]:
    for at, record in enumerate(rows):
        if at % A_TICK == 0:
            tick()
        yield record


def _helpers(
    found: Found, every: Rows, places: Gazetteer, today: date, notes: Notes, block: Sequence[str], town: str, tick: Tick
) -> Read:
    reader = helper_rows.Reader(places, notes, town)
    for (sheet, header), rows in zip(found, every, strict=True):
        reader.sheet((sheet.name, _bracketed(header.title)), header.title)
        for record in _ticking(rows, tick):
            reader.read(record)
    return reader.rows, [], list(reader.good.values()), reader.bad, reader.merged, {}


def _bracketed(title: str) -> str:
    found = re.search(r"[（(]([^）)]+)[）)]", title)
    return found[1] if found else ""


def _note_unknown(found: Found, notes: Notes) -> None:
    for _sheet, header in found:
        for column in header.columns:
            if column.header and not column.field and column.header not in OURS:
                notes.add("column_unknown", f"{column.letter}{header.row + 1}", column.header)


def _note_unseen(found: Found, every: Rows, notes: Notes) -> None:
    """What a person does not see, or sees and will not find again: hidden rows and columns, pictures in cells."""
    for (sheet, header), rows in zip(found, every, strict=True):
        if sheet.page:
            notes.add("web_page", "1")
        for column in header.columns:
            where = f"{column.letter}{header.row + 1}"
            if column.field and column.index in sheet.hidden_columns:
                notes.add("hidden_columns", where, column.header)
            below = sheet.rows[header.row + 1 : header.row + 1 + LOOKED_AT] if not column.field else ()
            if any(broken(row[column.index]) == "picture_in_cell" for row in below if column.index < len(row)):
                notes.add("picture_left_out", where, column.header)
        for record in rows if sheet.hidden_rows else ():
            if record.number - 1 in sheet.hidden_rows:
                notes.add("hidden_rows", f"{record.number}")


def _shown(sheet: Sheet, header: Header, found: Sequence[Record]) -> Shown:
    columns = tuple(column for column in header.columns if column.header)
    rows, held = [], {column.index for column in header.first()}
    for record in found:
        if record.beside:
            continue
        row = sheet.rows[record.number - 1]
        texts = (
            text(record.raw[c.field]) if c.index in held else text(row[c.index] if c.index < len(row) else "")
            for c in columns
        )
        rows.append((record.number, tuple(texts)))
    return Shown(sheet.name, header.row + 1, columns, tuple(rows))


def block_named(title: str) -> str:
    """`城南镇吉捕岙区块征迁户花名册` → 吉捕岙."""
    before = re.match(r"(.{1,30}?)区块", title.replace(" ", ""))
    named = re.search(r"([\u4e00-\u9fff]{1,8})$", re.split(r"镇|街道|乡|市", before[1])[-1]) if before else None
    return named[1] if named else ""


def plan_digest(plan: Plan) -> str:
    """Over what would be written: shows whether a plan is the one that the preview showed."""
    digest = hashlib.sha256()
    for row in (*plan.households, *plan.helpers, *plan.parcels, *plan.outlines, *plan.told):
        digest.update(repr(row).encode())
    return digest.hexdigest()
