"""What a header means. A guess is as sure as it says, is shown, and can be corrected; better no field than a wrong one."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from . import columns, words
from .cells import bare, text
from .sheets import letter

SURE, LIKELY = 1.0, 0.7
LONGEST = 24  # a longer text is a sentence, no header
BRACKET = re.compile(r"[（(\[【〔<〈](.*?)[)）\]】〕>〉]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written, the field it holds ('' for none), and how sure that is (0 to 1)."""

    index: int
    header: str
    field: str
    sure: float

    @property
    def letter(self) -> str:
        return letter(self.index)


@dataclass(frozen=True, slots=True)
class Guess:
    """`rank`: how good a name it is for its field, 0 the best; a likely name stands behind the exact ones.

    `many`: other columns may hold the same field beside it.
    """

    field: str = ""
    sure: float = 0.0
    rank: int = 99
    many: bool = False


BEHIND_EXACT, BEHIND_ALL = 100, 300
NOTHING = Guess()
EXACT: Mapping[str, Mapping[str, Guess]] = {
    kind: {
        name: Guess(field, SURE, rank + (BEHIND_ALL if name in columns.GENERAL[kind] else 0))
        for field, names in table.items()
        for rank, name in enumerate(names)
    }
    for kind, table in columns.COLUMNS.items()
}

TO_TICK = {bare(name) for table in (words.SKILLS, words.LANGUAGES) for names in table.values() for name in names}


def meaning(header: object, kind: str, group: str = "") -> Guess:
    """The field of a column, from its own words and the heading of its group."""
    if any(other in bare(group) for other in columns.OTHER_GROUPS):
        return NOTHING
    own = _own(text(header), kind)
    if not own.field and kind == "helpers" and bare(header) in TO_TICK:
        return Guess("skills", LIKELY, BEHIND_EXACT, many=True)
    general = bare(header) in {columns.AREA, f"建筑{columns.AREA}", f"房屋{columns.AREA}"}
    if group and (general or not own.field):
        joined = _own(f"{group}{text(header)}", kind) if not own.field else _area(bare(f"{group}{text(header)}"))
        return joined if joined.field else own
    return own


def _own(header: str, kind: str) -> Guess:
    whole, short = _whole(header), bare(header)
    if not whole or len(whole) > LONGEST:
        return NOTHING
    table = EXACT[kind]
    if whole in table:
        return table[whole]
    if columns.AREA in whole and kind == "households":
        return _area(whole)
    if any(other in whole for other in columns.OTHERS):
        return NOTHING
    return table.get(short) or _owned(whole, kind) or _alike(short, kind)


def _whole(header: str) -> str:
    """The header with what stands in its brackets, unless that is a unit."""
    plain = unicodedata.normalize("NFKC", header)
    return bare(BRACKET.sub(lambda found: "" if bare(found[1]) in UNITS or _is_long(found[1]) else found[1], plain))


UNITS = {bare(unit) for unit in columns.UNITS} | {""}


def _is_long(inside: str) -> bool:
    """`（如：砖混、框架）` explains, it does not name."""
    return len(inside) > 6 or bool(re.search(r"[:：、,，/]|如|例|填", inside))


def _area(name: str) -> Guess:
    for field, telling in columns.AREAS:
        if any(word in name for word in telling):
            return Guess(field, LIKELY if field else 0.0, BEHIND_EXACT)
    return NOTHING


def _owned(name: str, kind: str) -> Guess | None:
    """`权利人电话` is the telephone, though 权利人 is the longer half of it."""
    for owner in columns.OWNERS[kind]:
        rest = name.removeprefix(owner).removeprefix("的")
        if rest != name and rest in EXACT[kind]:
            guess = EXACT[kind][rest]
            return Guess(guess.field, LIKELY, BEHIND_EXACT + guess.rank)
    return None


def _alike(name: str, kind: str) -> Guess:
    """A known name with a little before or behind it: at least half of the header. What a word is stands at its end."""
    half = max(2, (len(name) + 1) // 2)
    ends = {name[start:]: True for start in range(len(name) - half, -1, -1)}
    begins = {name[:size]: False for size in range(half, len(name) + 1)}
    found = [
        ((at_end, len(known)), Guess(guess.field, LIKELY, BEHIND_EXACT + guess.rank))
        for known, at_end in (begins | ends).items()
        if (guess := EXACT[kind].get(known))
    ]
    return max(found, key=lambda pair: (*pair[0], -pair[1].rank))[1] if found else NOTHING


def one_each(guesses: list[Guess]) -> list[Guess]:
    """A field has one column: the better name, then the first. Skills to tick have one each."""
    taken: dict[str, int] = {}
    for index in sorted(range(len(guesses)), key=lambda index: (guesses[index].rank, index)):
        taken.setdefault(guesses[index].field, index)
    return [guess if guess.many or taken.get(guess.field) == index else NOTHING for index, guess in enumerate(guesses)]


NUMBERED = re.compile(r"第?[0-9一二三四五①-⑤]+[幢栋处]?$|^第?[0-9一二三四五①-⑤]+[幢栋处]?")


def further_houses(names: list[str], every: list[Guess], guesses: list[Guess]) -> list[Guess]:
    """`结构2`, or 结构 once more: a second house to the right of the first. Not for a lone column that repeats."""
    taken = {guess.field: NUMBERED.sub("", bare(names[at])) for at, guess in enumerate(guesses) if guess.field}
    again: dict[int, Guess] = {}
    for at, name in enumerate(names):
        base = NUMBERED.sub("", bare(name))
        guess = every[at] if every[at].field else meaning(base, "households")
        if name and not guesses[at].field and guess.field in columns.HOUSE_FIELDS and taken.get(guess.field) == base:
            again[at] = guess
    fields = {guess.field for guess in again.values()}
    return [again.get(at, guess) if len(fields) > 1 else guess for at, guess in enumerate(guesses)]


def corrected(columns_: list[Column], said: Mapping[str, str], kind: str) -> tuple[Column, ...]:
    """What a person said about columns, by letter or header, before what was guessed."""
    known = {bare(name): field for name, field in said.items() if field in columns.COLUMNS[kind] or not field}
    taken = set(known.values())
    return tuple(_correct(column, known, taken) for column in columns_)


def _correct(column: Column, known: Mapping[str, str], taken: set[str]) -> Column:
    for name in (bare(column.letter), bare(column.header)):
        if name and name in known:
            return Column(column.index, column.header, known[name], SURE)
    return Column(column.index, column.header, "", 0.0) if column.field in taken else column
