"""From a cell to a value: what a person meant, or why it cannot be read. Never a guess about lost digits."""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from heli.common import measures, resident_id

INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
QUOTE = "'‘’`"
SIGNS, BRACKETS = re.compile(r"[\s\W_]+"), re.compile(r"[（(\[【].*?[)）\]】]")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
AREA_UNITS = ("平方米", "平米", "m2", "㎡", "平方", "平", "m²")
COUNT_UNITS = ("人", "口", "间", "户", "个", "栋", "位")
CHINESE = {"〇": "0", "○": "0", "零": "0", "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}  # fmt: skip
ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|BUSY!)", re.IGNORECASE)
PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
MANY = 20_000  # different words remembered: a roster says the same ones again and again
COVERED = re.compile(r"\d{3,6}\*{4,}[\dX]{4}")
MANY_PEOPLE = 1_000_000
LONG = 10**15  # from here on a float has lost digits


class Got(NamedTuple):
    """What was read: a value, or the code of what is wrong; `notice` for what was put right on the way."""

    value: object = None
    wrong: str = ""
    notice: str = ""


class Broken(str):
    """What stands in a cell that gives no value: its text, and the code of why."""

    code: str

    def __new__(cls, said: str, code: str) -> "Broken":
        made = super().__new__(cls, said)
        made.code = code
        return made


def broken(value: object) -> str:
    """Why a cell gives no value, or ''."""
    if isinstance(value, Broken):
        return value.code
    if not isinstance(value, str) or not value:
        return ""
    if ERRORS.fullmatch(value.strip()):
        return "formula_error"
    return "picture_in_cell" if PICTURE.match(value.strip()) else ""


def text(value: object) -> str:
    """A cell as one line of text: no invisible signs, no `.0` behind whole numbers."""
    if isinstance(value, str):  # letters and digits only, as most cells are, have nothing to take off
        return value if value.isalnum() else _plain(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return whole(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return _plain(str(value))


@lru_cache(maxsize=MANY)
def _plain(words: str) -> str:
    return " ".join(INVISIBLE.sub("", words).replace("\u00a0", " ").split())


def whole(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < LONG else repr(value)


def narrow(value: object) -> str:
    """Text with full-width letters and digits made plain."""
    plain = text(value)
    return plain if plain.isascii() else _narrow(plain)


@lru_cache(maxsize=MANY)
def _narrow(plain: str) -> str:
    return unicodedata.normalize("NFKC", plain)


def figure(value: object) -> str:
    """Text of a figure, without the apostrophe by which a spreadsheet is told to leave it a text."""
    return narrow(value).lstrip(QUOTE)


def bare(value: object) -> str:
    """Text without any space or sign, for comparing words."""
    return _bare(text(value))


@lru_cache(maxsize=MANY)
def _bare(said: str) -> str:
    plain = narrow(said)
    return (plain if plain.isalnum() else SIGNS.sub("", BRACKETS.sub("", plain))).lower()


def person(value: object) -> str:
    """A name, without the spaces that pad one of two characters to the width of three."""
    parts = narrow(value).lstrip(QUOTE).split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else " ".join(parts)


def covered(value: object) -> bool:
    """An ID or telephone of which our own export shows head and tail only: it says nothing new."""
    return isinstance(value, str) and "****" in value and COVERED.fullmatch(value.strip()) is not None


def id_number(value: object) -> Got:
    if type(value) is str and len(value) == 18 and value.isascii() and value.isalnum() and value[1] not in "eE":
        return _number(value.upper(), "")  # as almost all are written
    if covered(value):
        return Got("", notice="covered")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Got(wrong="id_lost_precision") if abs(value) >= LONG else Got(wrong="id_malformed")
    plain = narrow(value).upper().replace(" ", "").replace("-", "").strip("='\"‘’“”").replace("*", "X") if value else ""
    if not plain:
        return Got("")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", plain):
        return Got(wrong="id_lost_precision")
    return _number(plain, "full_width" if plain != text(value).upper().replace(" ", "") else "")


def _number(plain: str, notice: str) -> Got:
    wrong = resident_id.problem(plain)
    return Got(plain, {"": "", "check": "id_check_digit", "old": "id_old"}.get(wrong, "id_malformed"), notice)


def phone(value: object) -> Got:
    if type(value) is str and len(value) == 11 and value.isascii() and value.isdecimal():
        return Got(value)
    if covered(value):
        return Got("", notice="covered")
    plain = figure(value)
    if plain.isdecimal() and len(plain) == 11:
        return Got(plain)
    plain = re.sub(r"[\s\-—()+]", "", plain)
    plain = plain[:-2] if plain.endswith(".0") else plain
    plain = plain[2:] if len(plain) == 13 and plain.startswith("86") else plain
    if plain and not re.fullmatch(r"\d{7,13}", plain):
        return Got(text(value)[:20], notice="phone_odd")
    return Got(plain, notice="" if len(plain) in (0, 11) else "phone_odd")


def count(value: object, wrong: str) -> Got:
    """A whole number of people, bays or households."""
    if type(value) is float and 0 <= value < MANY_PEOPLE and value.is_integer():
        return Got(int(value))
    plain = figure(value)
    if not plain:
        return Got(None)
    if plain.isdecimal() and len(plain) < 7:
        return Got(int(plain), notice=_widened(value, plain))
    digits, notice = without(plain, COUNT_UNITS)
    if re.fullmatch(r"\d{1,6}(\.0+)?", digits):
        return Got(int(float(digits)), notice=notice or _widened(value, plain))
    return Got(wrong=wrong)


def area(value: object) -> Got:
    """Square metres as whole square decimetres; negative ones are told apart."""
    if isinstance(value, float):
        return _area(repr(value), "") if math.isfinite(value) else Got(wrong="area_not_a_number")
    plain = figure(value)
    if not plain or plain in {"-", "—", "/", "无"}:
        return Got(None)
    digits, notice = without(plain, AREA_UNITS)
    return _area(digits.replace(",", "") if THOUSANDS.fullmatch(digits) else digits, notice or _widened(value, plain))


@lru_cache(maxsize=MANY)
def _area(digits: str, notice: str) -> Got:
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", digits.lower()):
        return Got(wrong="area_not_a_number")
    value = measures.dm2(digits)
    if value is None:
        return Got(wrong="area_not_a_number")
    return Got(value, "area_negative" if value < 0 else "", notice)


def year(value: object, today: date) -> Got:
    """The year something was built, from a year, a date, an Excel date or Chinese digits."""
    if type(value) is float and 1000 <= value < 10_000 and value.is_integer():
        return _year(int(value), today, "")
    if isinstance(value, (date, datetime)):
        return _year(value.year, today, "")
    plain = figure(value)
    if not plain or plain in {"-", "—", "/", "不详", "无"}:
        return Got(None)
    if plain.isdecimal() and len(plain) == 4:
        return _year(int(plain), today, "")
    if isinstance(value, float) and 10_000 < value < 80_000:
        return _year(date.fromordinal(date(1899, 12, 30).toordinal() + int(value)).year, today, "")
    if _is_no_day(plain):
        return Got(wrong="year_not_a_year")
    found = re.match(r"(\d{4})(?!\d)", "".join(CHINESE.get(sign, sign) for sign in plain))
    return _year(int(found[1]), today, "unit" if "年" in plain else "") if found else Got(wrong="year_not_a_year")


def _is_no_day(plain: str) -> bool:
    """A 30th of February is a slip of which nobody knows how far it goes."""
    said = DAY.fullmatch(plain.replace(" ", ""))
    try:
        return said is not None and not date(int(said[1]), int(said[2]), int(said[3]))
    except ValueError:
        return True


def _year(value: int, today: date, notice: str) -> Got:
    if value > today.year:
        return Got(wrong="built_in_future")
    return Got(value, "" if value >= 1800 else "year_not_a_year", notice)


class Table(dict[str, tuple[str, ...]]):
    """Code → the words that mean it. What a roster says again and again is looked up once."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(names)
        pairs = ((name, code) for code, words_ in names.items() for name in words_)
        self._ranked = sorted(pairs, key=lambda pair: -len(pair[0]))
        self._known: dict[str, Got] = {}

    def meaning(self, said: str) -> Got | None:
        """The whole word first, then the longest that begins it; None where no word is meant. '' is a code of its own
        (not decided yet)."""
        if said not in self._known:
            if len(self._known) >= MANY:
                self._known.clear()
            code = self._code(_bare(said))
            self._known[said] = NO_WORD if code is None else Got(code)
        found = self._known[said]
        return None if found is NO_WORD else found

    def _code(self, plain: str) -> str | None:
        same = (code for name, code in self._ranked if plain == name)
        alike = (code for name, code in self._ranked if plain.startswith(name) or (len(name) > 1 and name in plain))
        return next(chain(same, alike), None) if plain else None


NO_WORD = Got(wrong="no")
EMPTY = Got("")


def word(value: object, table: Table, wrong: str) -> Got:
    """A code by its words."""
    said = text(value)
    if said in {"", "-", "—", "/"}:
        return EMPTY
    return table.meaning(said) or Got(wrong=wrong)


def words(value: object) -> list[str]:
    """A cell with several words, whatever stands between them."""
    return [part for part in re.split(r"[、，,；;/\\|＋+\s和与及]+", narrow(value)) if part]


def without(plain: str, units: tuple[str, ...]) -> tuple[str, str]:
    """Text without a unit at its end, and the notice for it."""
    for unit in units:
        if plain.lower().endswith(unit.lower()) and len(plain) > len(unit):
            return plain[: -len(unit)].strip(), "unit"
    return plain, ""


def _widened(value: object, plain: str) -> str:
    return "full_width" if isinstance(value, str) and plain != text(value) else ""
