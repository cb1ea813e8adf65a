"""A roster of households: who is the same household as above, what is wrong at which cell, what would enter."""

from collections.abc import MutableSequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import date
from operator import attrgetter

from heli.common import measures, resident_id
from heli.common.resident_id import CHECKS

from . import cells, columns, words
from .columns import HOUSE_FIELDS
from .errors import Bad
from .extents import MOST_ROWS
from .places import GROUP, Gazetteer
from .records import Notes, Record, is_part

HOUSEHOLD_FIELDS = ("head", "village", "group", "phone", "people", "bays", "wish")
SUMS = ("people", "bays", "houses", "recognised_dm2")
LONGEST_NAME = 40
LONGEST = {"serial": 20, "group": 20, "number": 20}
OF_AGE, VERY_OLD = 18, 110
A_SHEET = 2 * MOST_ROWS  # more numbers than a sheet has rows
UNKNOWN, REFUSED = -2, -1  # no household has this number, or none that enters


@dataclass(frozen=True, slots=True)
class HouseRow:
    """Areas in whole square decimetres; `status` as the house's, '' where the roster does not say."""

    row: int
    number: str
    structure: str
    built_year: int | None
    registered_dm2: int | None
    recognised_dm2: int | None
    status: str


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household with its good houses; `row` is where it begins."""

    sheet: str
    row: int
    serial: str
    village_code: str
    group: str
    head: str
    id_number: str
    phone: str
    people: int
    bays: int
    wish: str
    remark: str
    houses: tuple[HouseRow, ...] = ()


_itself = attrgetter(*(one.name for one in fields(HouseholdRow)))


def _with_house(row: HouseholdRow, house: HouseRow) -> HouseholdRow:
    """As `replace` does, without asking the class for its fields at every house."""
    *facts, houses = _itself(row)
    return HouseholdRow(*facts, (*houses, house))  # type: ignore[call-arg]


Belonging = tuple[str, int, int]  # a sheet, a row in it, and the row where that row's household begins


class Seen:
    """Where each ID stood first. Held as numbers, for there may be a million."""

    def __init__(self) -> None:
        self._sheets: list[str] = []
        self._places: dict[int, int] = {}
        self._begun = False

    def sheet(self) -> None:
        """Another sheet begins; it may be called like one before."""
        self._begun = False

    def first(self, number: str, record: Record) -> str:
        """Where this ID stood before, for somebody who looks at this row; '' if this is the first time."""
        if not self._begun:
            self._sheets.append(record.sheet)
            self._begun = True
        here = (len(self._sheets) - 1) * A_SHEET + record.number
        place = self._places.setdefault(int(number[:17]) * 11 + CHECKS.index(number[17]), here)
        if place == here:
            return ""
        sheet, row = divmod(place, A_SHEET)
        return f"{row}" if self._sheets[sheet] == record.sheet else f"{self._sheets[sheet]} {row}"


@dataclass
class Reader:
    """Goes down the rows of all sheets; `good`, `bad` and `belongs` are what it found, `sums` the sums of the good.

    `joins`: there are sheets of houses only, so households must be found again by their numbers.
    """

    places: Gazetteer
    today: date
    notes: Notes
    default_village: str = ""
    counted: bool = False
    good: MutableSequence[HouseholdRow] = field(default_factory=list)
    bad: MutableSequence[Bad] = field(default_factory=list)
    belongs: MutableSequence[Belonging] = field(default_factory=list)
    joins: bool = False
    rows: int = 0
    seen_ids: Seen = field(default_factory=Seen)
    current: HouseholdRow | None = None
    above: Record | None = None
    houses_above: set[str] = field(default_factory=set)
    village_above: str = ""
    section: str = ""
    numbered: bool = False
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SUMS, 0))
    by_serial: dict[str, int] = field(default_factory=dict)

    def sheet(self, default_village: str, *, counted: bool = False) -> None:
        """A new sheet begins: nothing is carried over. `counted`: its 序号 counts rows, not households."""
        self._close()
        self.seen_ids.sheet()
        self.current = self.above = None
        self.village_above, self.default_village = "", default_village
        self.section, self.numbered, self.counted = "", False, counted

    def join(self, record: Record) -> None:
        """A row of a sheet that holds houses only: joined to the household of another sheet by its number."""
        self.rows += 1
        if record.own("serial"):
            self.above = record
        at = self.by_serial.get(self.above.text("serial"), UNKNOWN) if self.above else UNKNOWN
        known = at >= 0 and self.above is not None
        if at == UNKNOWN or (known and record.own("head") not in ("", self.good[at].head)):
            self.bad.append(record.bad("serial", "household_missing"))
        elif known:
            self.current = self.good[at]
            houses = len(self.current.houses)
            self._house(record)
            self._sum(0, 0, self.current.houses[houses:])
            self.good[at], self.current = self.current, None

    def read(self, record: Record) -> None:
        self.rows += not record.beside
        self._part(record.section)
        self._note_told(record)
        if record.beside or self._goes_on(record):
            self._belong(record)
        else:
            self._close()
            self._begin(record)
        named = _house_named(record)
        if not record.relation or named not in self.houses_above:
            self._house(record)
        self.houses_above.add(named)

    def _part(self, section: str) -> None:
        """A line over a part of the table may name its village; one not known must not leave the village before.

        Between numbered ones, others are titles of pages; a title that comes again says nothing new.
        """
        if section == self.section:
            return
        self.section, village = section, self.places.labelled(section)
        self.numbered = self.numbered or is_part(section)
        if village is not None and (is_part(section) or (village != self.default_village and not self.numbered)):
            self.village_above, self.default_village = "", village

    def end(self) -> None:
        self._close()

    def _goes_on(self, record: Record) -> bool:
        """Whether the row belongs to the household above: nothing of its own, or all of it the same."""
        if self.above is None:
            return False
        own = {name: value for name in ("serial", "head", "id") if (value := record.own(name))}
        if self._is_member(record, own):
            return True
        if self.counted and "serial" in own:
            return self._another_house(record, own)
        if not own:
            return any(record.text(name) for name in HOUSE_FIELDS)
        same = all(value == self.above.text(name) for name, value in own.items())
        return same and (bool({"serial", "id"} & set(own)) or self._is_unnumbered(record))

    def _is_member(self, record: Record, own: dict[str, str]) -> bool:
        """Somebody else of the household above, where the roster lists everybody."""
        relation, above = cells.bare(record.relation), self.above
        if above is None or not relation or relation in columns.HEADS:
            return False
        if "serial" in own and not self.counted:
            return own["serial"] == above.text("serial")
        housed = any(record.text(name) for name in HOUSE_FIELDS) and _house_named(record) not in self.houses_above
        return not housed and record.own("people") in ("", above.text("people"))

    def _is_unnumbered(self, record: Record) -> bool:
        """Where a roster has neither numbers nor IDs: all that it says of the household is the same, the house is not."""
        above, asked = self.above, {"serial", "id"} & set(record.columns)
        same = above is not None and all(record.text(name) == above.text(name) for name in HOUSEHOLD_FIELDS)
        return not asked and same and _house_named(record) not in self.houses_above

    def _another_house(self, record: Record, own: dict[str, str]) -> bool:
        """Where 序号 counts rows: no person of its own or the same one, and a house that has not stood there yet."""
        above = self.above
        if above is None or not any(record.text(name) for name in HOUSE_FIELDS):
            return False
        if _house_named(record) in self.houses_above:
            return False
        if set(own) == {"serial"}:
            return not any(record.own(name) for name in ("people", "phone"))
        return "id" in own and all(own.get(name, "") in ("", above.text(name)) for name in ("head", "id"))

    def _note_told(self, record: Record) -> None:
        if record.beside:
            self.notes.add("houses_beside", f"{record.number}")
        elif record.filled or record.same:
            self.notes.add("filled_down", f"{record.number}")
        for name, most in LONGEST.items():
            if len(record.text(name)) > most:
                self.notes.add("text_cut", f"{record.number}", record.columns[name].header)

    def _belong(self, record: Record) -> None:
        """A row of the household above: another house, or another member, who counts where nobody else has counted."""
        if self.above is not None and not record.beside:
            self.belongs.append((record.sheet, record.number, self.above.number))
        if cells.bare(record.relation) in {"", *columns.HEADS}:
            return
        self.notes.add("member_row", f"{record.number}")
        if "people" not in record.columns and self.current is not None:
            self.current = replace(self.current, people=self.current.people + 1)

    def _begin(self, record: Record) -> None:
        self.above, self.houses_above, wrong = record, set(), []
        head, id_number = cells.person(record.raw.get("head")), cells.id_number(record.raw.get("id"))
        people, bays = (
            cells.count(record.raw.get("people"), "people_not_a_number"),
            cells.count(record.raw.get("bays"), "bays_not_a_number"),
        )
        phone = cells.phone(record.raw.get("phone"))
        if not head:
            wrong.append(record.bad("head", "head_missing"))
        if len(head) > LONGEST_NAME:
            wrong.append(record.bad("head", "text_too_long", value=len(head), most=LONGEST_NAME))
        wrong += self._wrong_id(record, id_number)
        for name, got in (("people", people), ("bays", bays)):
            if got.wrong:
                wrong.append(record.bad(name, got.wrong, value=record.text(name)))
            self._note(record, got)
        self._note(record, phone)
        village = self._village(record, wrong)
        wrong = first_of_all(record.broken((*HOUSEHOLD_FIELDS, "serial", "id")), wrong)
        self.bad += wrong
        if wrong:
            self._number(record.text("serial"), REFUSED)
        self.current = None if wrong else HouseholdRow(
            record.sheet, record.number, record.text("serial"), village, self._group(record), head,
            str(id_number.value), str(phone.value), self._people(record, people), _int(bays.value), self._wish(record),
            self._remark(record),
        )  # fmt: skip

    def _people(self, record: Record, got: cells.Got) -> int:
        if "people" in record.columns or not record.relation:
            return _int(got.value)
        self.notes.add("people_counted", f"{record.number}")
        return 1

    def _remark(self, record: Record) -> str:
        code = cells.broken(record.raw.get("remark"))
        if code:
            told = "picture_left_out" if code == "picture_in_cell" else "cell_left_out"
            self.notes.add(told, f"{record.number}", record.columns["remark"].header)
        return "" if code else record.text("remark")

    def _wrong_id(self, record: Record, got: cells.Got) -> list[Bad]:
        if got.wrong:
            return [record.bad("id", got.wrong)]
        number = str(got.value)
        if number and (first := self.seen_ids.first(number, record)):
            return [record.bad("id", "id_duplicate", first=first)]
        self._note(record, got)
        return self._wrong_age(record, number)

    def _wrong_age(self, record: Record, number: str) -> list[Bad]:
        """Born later is a slip; too young or too old to be the head is for a person to judge."""
        born = resident_id.birth_day(number) if number else None
        if born is None:
            return []
        if born > self.today:
            return [record.bad("id", "id_born_later")]
        age = self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))
        if age < OF_AGE or age >= VERY_OLD:
            self.notes.add("head_minor" if age < OF_AGE else "head_very_old", f"{record.number}")
        return []

    def _village(self, record: Record, wrong: list[Bad]) -> str:
        """From its own cell; empty or 同上: from the row above, the sheet, or the only village there can be."""
        name = record.text("village")
        if not name or name in words.SAME:
            code = self.village_above or self.default_village
            if code and "village" in record.columns:
                self.notes.add("filled_down", f"{record.number}")
        else:
            named, _rest = self._address(record)
            code = (self.default_village or named) if _is_address(record) else named
        if not code:
            wrong.append(record.bad("village", "village_unknown", value=name))
        self.village_above = code or self.village_above
        return code

    def _address(self, record: Record) -> tuple[str, str]:
        name = record.text("village")
        with_town = self.places.address(f"{record.text('town')}{name}")
        return with_town if with_town[0] else self.places.address(name)

    def _group(self, record: Record) -> str:
        """From its own cell, or from what stands behind the village (`吉捕岙村15组`)."""
        name = cells.narrow(record.raw.get("group"))
        if name:
            return "" if name in words.SAME else name
        _code, rest = self._address(record)
        found = GROUP.match(rest)
        return found[0] if found else ""

    def _wish(self, record: Record) -> str:
        got = cells.word(record.raw.get("wish"), words.WISHES, "wish_unknown")
        if got.wrong:
            self.notes.add("wish_unknown", f"{record.number}", record.text("wish"))
        return str(got.value or "")

    def _house(self, record: Record) -> None:
        if not any(record.text(name) for name in HOUSE_FIELDS if name not in record.filled):
            return
        built = cells.year(record.raw.get("built"), self.today)
        structure = cells.word(record.raw.get("structure"), words.STRUCTURES, "structure_unknown")
        registered, recognised = (cells.area(record.raw.get(name)) for name in ("registered", "recognised"))
        wrong = [
            record.bad(name, got.wrong, value=record.text(name))
            for name, got in (("structure", structure), ("built", built), ("registered", registered), ("recognised", recognised))
            if got.wrong
        ]  # fmt: skip
        wrong = first_of_all(record.broken(HOUSE_FIELDS), wrong)
        wrong += [] if wrong else self._too_large(record, registered, recognised)
        for got in (built, registered, recognised):
            self._note(record, got)
        self.bad += wrong
        if wrong or self.current is None:
            return
        status = cells.word(record.raw.get("status"), words.STATUSES, "status")
        house = HouseRow(
            record.number, record.text("number") or str(len(self.current.houses) + 1), str(structure.value),
            _maybe(built.value), _maybe(registered.value), _maybe(recognised.value), str(status.value or ""),
        )  # fmt: skip
        self.current = _with_house(self.current, house)

    def _too_large(self, record: Record, registered: cells.Got, recognised: cells.Got) -> list[Bad]:
        """Recognised above registered, unless nothing is registered or the row says that it was recognised."""
        limit, value = _maybe(registered.value) or 0, _maybe(recognised.value) or 0
        said = f"{record.text('status')}{record.text('remark')}"
        if limit <= 0 or value <= limit or any(word in said for word in words.RECOGNISED_WORDS):
            return []
        facts = {"value": measures.m2(value), "registered": measures.m2(limit)}
        return [record.bad("recognised", "recognised_over_registered", **facts)]

    def _note(self, record: Record, got: cells.Got) -> None:
        if got.notice:
            self.notes.add(got.notice, f"{record.number}")

    def _close(self) -> None:
        if self.current is not None:
            self._number(self.current.serial, len(self.good))
            self.good.append(self.current)
            self._sum(self.current.people, self.current.bays, self.current.houses)
        self.current = None

    def _sum(self, people: int, bays: int, houses: tuple[HouseRow, ...]) -> None:
        sums = self.sums
        sums["people"] += people
        sums["bays"] += bays
        sums["houses"] += len(houses)
        sums["recognised_dm2"] += sum([house.recognised_dm2 or 0 for house in houses])

    def _number(self, serial: str, at: int) -> None:
        """A number that two households have joins no house."""
        if not self.joins:
            return
        self.by_serial[serial] = UNKNOWN if serial in self.by_serial else at


def first_of_all(broken: list[Bad], wrong: list[Bad]) -> list[Bad]:
    """A cell that gives no value is told as such, and as nothing else."""
    if not broken:
        return wrong
    cells_ = {bad.cell for bad in broken}
    return [*broken, *(bad for bad in wrong if bad.cell not in cells_)]


def holds_houses_only(fields: Set[str]) -> bool:
    """A sheet of houses names the household by its number and says nothing else of it."""
    return "serial" in fields and len(fields & set(HOUSE_FIELDS)) > 1 and not fields & {"id", "people", "phone"}


def _house_named(record: Record) -> str:
    return record.text("number") or " ".join(record.text(name) for name in HOUSE_FIELDS)


def _is_address(record: Record) -> bool:
    """Where somebody lives need not be where the house stands: what the sheet or its title says goes before."""
    return any(word in record.columns["village"].header for word in ("址", "坐落"))


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _maybe(value: object) -> int | None:
    return value if isinstance(value, int) else None
