"""From a file to a plan: what would enter, what cannot, and why. The same file gives the same plan."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from heli.common import measures

from . import columns, words
from . import helpers as helper_rows
from . import households as household_rows
from .cells import text, word
from .errors import Bad, Notice, Unreadable
from .headers import Header, find_header, told_kind
from .helpers import HelperRow
from .households import HouseholdRow
from .meaning import Column
from .places import Gazetteer, Place
from .records import Notes, records
from .sheets import Sheet, open_sheets


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as the preview shows it: its header, and its rows with their numbers."""

    name: str
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` counts rows that hold data of a household, house or helper; `mapping` is header → field by sheet."""

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

    @property
    def accepted(self) -> dict[str, object]:
        """Sums of what would enter, with the keys of the kind."""
        if self.kind == "helpers":
            return {"helpers": len(self.helpers)}
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
        """How many households or helpers would enter."""
        return len(self.households) + len(self.helpers)


def read_plan(
    path: Path,
    *,
    places: Iterable[Place],
    today: date,
    kind: str = "",
    mapping: Mapping[str, str] | None = None,
    block_places: Sequence[str] = (),
    town: str = "",
) -> Plan:
    """Read a roster. `mapping` (column letter or header → field) corrects the guess; raises Unreadable."""
    sheets = open_sheets(path)
    said = mapping or {}
    kind = kind or told_kind(sheets, said)
    if kind not in columns.COLUMNS:
        raise Unreadable("kind_unknown")
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet, kind, said))]
    found = [(sheet, header) for sheet, header in found if _tells(header, kind)]
    if not found:
        raise Unreadable("header_missing")
    title = found[0][1].title
    gazetteer = Gazetteer(places)
    town_code = town or gazetteer.town_in(title) or gazetteer.town_in(path.stem)
    gazetteer = gazetteer.within(block_places, town_code)
    notes = Notes()
    read = _households if kind == "households" else _helpers
    rows, households, helpers, bad, merged = read(found, gazetteer, today, notes, block_places, town_code)
    _note_unknown(found, notes)
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
        sheets=tuple(_shown(sheet, header) for sheet, header in found),
    )


def _tells(header: Header, kind: str) -> bool:
    """A sheet of explanations has no columns that tell of people."""
    fields = {column.field for column in header.columns}
    return bool(fields & {columns.PERSON[kind], "id"}) and len(fields & columns.NEEDED[kind]) >= 2


Read = tuple[int, list[HouseholdRow], list[HelperRow], list[Bad], int]
Found = list[tuple[Sheet, Header]]


def _households(found: Found, places: Gazetteer, today: date, notes: Notes, block: Sequence[str], town: str) -> Read:
    reader = household_rows.Reader(places, today, notes)
    for sheet, header in found:
        reader.sheet(
            places.village(sheet.name) or _village_in(header.title, places) or (block[0] if len(block) == 1 else "")
        )
        for record in records(sheet, header):
            reader.read(record)
    reader.end()
    return reader.rows, reader.good, [], reader.bad, 0


def _village_in(title: str, places: Gazetteer) -> str:
    """The village that a title names in full (`彭家村征迁户花名册`)."""
    named = {places.village(name) for name in re.findall(r"[\u4e00-\u9fff]{2,4}(?:村|社区)", title)}
    named |= {places.village(part) for part in re.findall(r"(?:镇|街道)([\u4e00-\u9fff]{2,5}?(?:村|社区))", title)}
    named.discard("")
    return named.pop() if len(named) == 1 else ""


def _helpers(found: Found, places: Gazetteer, today: date, notes: Notes, block: Sequence[str], town: str) -> Read:
    reader = helper_rows.Reader(places, notes, town)
    for sheet, header in found:
        named = word(sheet.name, words.KINDS, "") if sheet.name else None
        titled = word(_bracketed(header.title) or header.title, words.KINDS, "")
        reader.sheet_kind = str((named.value if named and named.value else titled.value) or "")
        for record in records(sheet, header):
            reader.read(record)
    return reader.rows, [], list(reader.good.values()), reader.bad, reader.merged


def _bracketed(title: str) -> str:
    found = re.search(r"[（(]([^）)]+)[）)]", title)
    return found[1] if found else ""


def _note_unknown(found: Found, notes: Notes) -> None:
    for _sheet, header in found:
        for column in header.columns:
            if column.header and not column.field:
                notes.add("column_unknown", f"{column.letter}{header.row + 1}", column.header)


def _shown(sheet: Sheet, header: Header) -> Shown:
    columns = tuple(column for column in header.columns if column.header)
    rows = []
    for record in records(sheet, header):
        row = sheet.rows[record.number - 1]
        texts = (
            text(record.raw[c.field]) if c.field else text(row[c.index] if c.index < len(row) else "") for c in columns
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
    content = [[asdict(row) for row in plan.households], [asdict(row) for row in plan.helpers]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
