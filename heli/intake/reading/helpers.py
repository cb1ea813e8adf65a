"""A registration of people who help: kinds from a column, a sheet's name or its title; skills as codes."""

from collections.abc import Iterable, MutableSequence
from dataclasses import dataclass, field, replace

from . import cells, words
from .errors import Bad
from .households import first_of_all
from .places import Gazetteer
from .records import Notes, Record, is_part

CAPACITY = 3
LONGEST_NAME = 60
LONGEST = {"times": 60, "occupation": 60, "known_among": 120}
NO_ID_NEEDED = {"organisation", "enterprise", "charity"}


@dataclass(frozen=True, slots=True)
class HelperRow:
    """One person or organisation; `skills` at level 1, as they say themselves. `capacity` None: not given."""

    sheet: str
    row: int
    name: str
    id_number: str
    phone: str
    place_code: str
    kinds: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int | None
    times: str
    occupation: str
    known_among: str
    serial: str = ""


@dataclass
class Reader:
    places: Gazetteer
    notes: Notes
    town: str
    sheet_kind: str = ""
    title_kind: str = ""
    part: str = ""
    part_kind: str = ""
    numbered: bool = False
    good: dict[tuple[str, str], HelperRow] = field(default_factory=dict)
    bad: MutableSequence[Bad] = field(default_factory=list)
    rows: int = 0
    merged: int = 0
    seen_ids: dict[str, Record] = field(default_factory=dict)

    def sheet(self, names: Iterable[str], title: str) -> None:
        """A new sheet begins; the first of its names that is a kind holds for all its rows, its title for want of better."""
        self.sheet_kind = next(filter(None, map(kind_of, names)), "")
        self.title_kind = kind_of(title)
        self.part, self.part_kind, self.numbered = "", "", False

    def read(self, record: Record) -> None:
        self.rows += 1
        self._part(record.section)
        name, number = cells.person(record.raw.get("name")), cells.id_number(record.raw.get("id"))
        kinds = self._kinds(record)
        wrong = [] if name else [record.bad("name", "name_missing")]
        if number.wrong:
            wrong.append(record.bad("id", number.wrong))
        if len(name) > LONGEST_NAME:
            wrong.append(record.bad("name", "text_too_long", value=len(name), most=LONGEST_NAME))
        wrong = first_of_all(record.broken(column for column in record.columns if column != "remark"), wrong)
        capacity = cells.count(record.raw.get("capacity"), "people_not_a_number")
        self.bad += wrong
        if not wrong:
            self._keep(record, self._row(record, name, str(number.value), kinds, capacity))

    def _keep(self, record: Record, row: HelperRow) -> None:
        """Two rows of one name and ID are one helper; one ID under two names is refused at its second row."""
        key = (row.name, row.id_number or row.phone)
        if key in self.good:
            self.good[key] = _together(self.good[key], row)
            self.merged += 1
            self.notes.add("merged_twice", f"{record.sheet} {record.number}".strip())
        elif row.id_number and row.id_number in self.seen_ids:
            self.bad.append(record.bad("id", "id_duplicate", first=self.seen_ids[row.id_number].seen_from(record)))
        else:
            self.good[key] = row
            self.seen_ids[row.id_number] = record

    def _row(self, record: Record, name: str, number: str, kinds: tuple[str, ...], capacity: cells.Got) -> HelperRow:
        skills, languages = self._skills(record)
        phone = cells.phone(record.raw.get("phone"))
        for column, most in LONGEST.items():
            if len(record.text(column)) > most:
                self.notes.add("text_cut", f"{record.number}", record.columns[column].header)
        if capacity.value is None:
            self.notes.add("capacity_assumed", f"{record.number}")
        if phone.notice:
            self.notes.add(phone.notice, f"{record.number}")
        return HelperRow(
            record.sheet, record.number, name, number, str(phone.value), self._place(record), kinds, skills, languages,
            capacity.value if isinstance(capacity.value, int) else None, record.text("times"),
            record.text("occupation"), record.text("known_among"), record.text("serial")[:20],
        )  # fmt: skip

    def _part(self, line: str) -> None:
        """A line over a part of the table names its kind. Between numbered ones, others are titles of pages."""
        if line == self.part:
            return
        self.part, kind = line, kind_of(line)
        self.numbered = self.numbered or is_part(line)
        if is_part(line) or (kind and not self.numbered):
            self.part_kind = kind

    def _kinds(self, record: Record) -> tuple[str, ...]:
        """What the row says and what its sheet's name says; else the line over its part, else the title."""
        said = [kind_of(part) for part in cells.words(record.raw.get("kind"))]
        found = tuple(dict.fromkeys(kind for kind in (*said, self.sheet_kind) if kind))
        if not found and not self.part_kind and not self.title_kind:
            self.notes.add("kind_assumed", f"{record.number}")
        return found or (self.part_kind or self.title_kind or "volunteer",)

    def _skills(self, record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
        skills, languages = [], []
        for part in (*cells.words(record.raw.get("skills")), *cells.words(record.raw.get("languages"))):
            language, skill = cells.word(part, words.LANGUAGES, "no"), cells.word(part, words.SKILLS, "no")
            if language.value:
                languages.append(str(language.value))
            elif skill.value:
                skills.append(str(skill.value))
            else:
                self.notes.add("skill_unknown", f"{record.number}", part[:12])
        return tuple(dict.fromkeys(skills)), tuple(dict.fromkeys(languages))

    def _place(self, record: Record) -> str:
        name = record.text("place")
        town = self.places.any(record.text("town")) if record.text("town") else ""
        code = (self.places.any(f"{record.text('town')}{name}") or self.places.any(name)) if name else town
        if not code and name:
            self.notes.add("place_unknown", f"{record.number}", name[:12])
        return code or town or self.town


def kind_of(text: object) -> str:
    return str(cells.word(text, words.KINDS, "kind").value or "")


def _together(first: HelperRow, later: HelperRow) -> HelperRow:
    return replace(
        first,
        kinds=tuple(dict.fromkeys((*first.kinds, *later.kinds))),
        skills=tuple(dict.fromkeys((*first.skills, *later.skills))),
        languages=tuple(dict.fromkeys((*first.languages, *later.languages))),
        capacity=first.capacity if first.capacity is not None else later.capacity,
    )
