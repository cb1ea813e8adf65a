"""Resident ID numbers: their form, their check digit, the birth day in them. Written here, from GB 11643."""

from datetime import date
from functools import lru_cache
from operator import mul

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ZEROS = ord("0") * sum(WEIGHTS)  # digits are taken as the bytes they are written with
A_LIFE = 50_000  # days in which people who live now were born


def check_digit(first17: str) -> str:
    """The 18th character that belongs to 17 digits."""
    return CHECKS[(sum(map(mul, first17.encode("ascii"), WEIGHTS)) - ZEROS) % 11]


def problem(number: str) -> str:
    """Why this is not a valid number: `form`, `old`, `birth`, `check`; or '' if it is one."""
    if len(number) == 15 and number.isdigit():
        return "old"
    if len(number) != 18 or not number.isascii() or not number[:17].isdigit() or number[17] not in "0123456789X":
        return "form"
    if birth_day(number) is None:
        return "birth"
    return "" if check_digit(number[:17]) == number[17] else "check"


def birth_day(number: str) -> date | None:
    return _day(number[6:14])


@lru_cache(maxsize=A_LIFE)
def _day(said: str) -> date | None:
    try:
        return date(int(said[:4]), int(said[4:6]), int(said[6:8]))
    except ValueError:
        return None
