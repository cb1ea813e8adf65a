"""A roster of households: who is the same household as above, what is wrong at which cell, what would enter."""

from dataclasses import dataclass, field, replace
from datetime import date

from heli.common import measures

from . import cells, words
from .errors import Bad
from .places import Gazetteer
from .records import Notes, Record

HOUSE_FIELDS = ("number", "structure", "built", "registered", "recognised", "status")


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


@dataclass
class Reader:
    """Goes down the rows of all sheets; `good` and `bad` are what it found."""

    places: Gazetteer
    today: date
    notes: Notes
    default_village: str = ""
    good: list[HouseholdRow] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    rows: int = 0
    seen_ids: dict[str, int] = field(default_factory=dict)
    current: HouseholdRow | None = None
    above: Record | None = None
    village_above: str = ""

    def sheet(self, default_village: str) -> None:
        """A new sheet begins: nothing is carried over."""
        self._close()
        self.current = self.above = None
        self.village_above, self.default_village = "", default_village

    def read(self, record: Record) -> None:
        self.rows += 1
        if self._goes_on(record):
            self._note_filled(record)
        else:
            self._close()
            self._begin(record)
        self._house(record)

    def end(self) -> None:
        self._close()

    def _goes_on(self, record: Record) -> bool:
        """Whether the row belongs to the household above: nothing of its own, or all of it the same."""
        if self.above is None:
            return False
        own = {
            name: record.text(name)
            for name in ("serial", "head", "id")
            if record.text(name) and name not in record.filled and record.text(name) not in words.SAME
        }
        if not own:
            return any(record.text(name) for name in HOUSE_FIELDS)
        same = all(value == self.above.text(name) for name, value in own.items())
        return same and ("serial" in own or {"head", "id"} <= set(own))

    def _note_filled(self, record: Record) -> None:
        if record.filled or any(record.text(name) in words.SAME for name in ("head", "village", "group")):
            self.notes.add("filled_down", f"{record.number}")

    def _begin(self, record: Record) -> None:
        self.above, wrong = record, []
        head, id_number = cells.narrow(record.raw.get("head")), cells.id_number(record.raw.get("id"))
        people, bays = (
            cells.count(record.raw.get("people"), "people_not_a_number"),
            cells.count(record.raw.get("bays"), "bays_not_a_number"),
        )
        phone = cells.phone(record.raw.get("phone"))
        if not head:
            wrong.append(record.bad("head", "head_missing"))
        wrong += self._wrong_id(record, id_number)
        for name, got in (("people", people), ("bays", bays)):
            if got.wrong:
                wrong.append(record.bad(name, got.wrong, value=record.text(name)))
            self._note(record, got)
        self._note(record, phone)
        village = self._village(record, wrong)
        self.bad += wrong
        self.current = None if wrong else HouseholdRow(
            record.sheet, record.number, record.text("serial"), village, self._group(record), head,
            str(id_number.value), str(phone.value), _int(people.value), _int(bays.value), self._wish(record),
            record.text("remark"),
        )  # fmt: skip

    def _wrong_id(self, record: Record, got: cells.Got) -> list[Bad]:
        if got.wrong:
            return [record.bad("id", got.wrong)]
        number = str(got.value)
        if number and number in self.seen_ids:
            return [record.bad("id", "id_duplicate", first=self.seen_ids[number])]
        if number:
            self.seen_ids[number] = record.number
        self._note(record, got)
        return []

    def _village(self, record: Record, wrong: list[Bad]) -> str:
        """From its own cell; empty or 同上: from the row above, the sheet, or the only village there can be."""
        name = record.text("village")
        if not name or name in words.SAME:
            code = self.village_above or self.default_village
            if code and "village" in record.columns:
                self.notes.add("filled_down", f"{record.number}")
        else:
            town = record.text("town")
            code = self.places.village(f"{town}{name}") or self.places.village(name)
        if not code:
            wrong.append(record.bad("village", "village_unknown", value=name))
        self.village_above = code or self.village_above
        return code

    def _group(self, record: Record) -> str:
        name = cells.narrow(record.raw.get("group"))
        return name if name not in words.SAME else (self.current.group if self.current else "")

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
        self.current = replace(self.current, houses=(*self.current.houses, house))

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
            self.good.append(self.current)
        self.current = None


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _maybe(value: object) -> int | None:
    return value if isinstance(value, int) else None
