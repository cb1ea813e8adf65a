"""Resident ID numbers: their form, their check digit, the birth day in them. Written here, from GB 11643."""

from datetime import date
from operator import mul

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def check_digit(first17: str) -> str:
    """The 18th character that belongs to 17 digits."""
    return CHECKS[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def problem(number: str) -> str:
    """Why this is not a valid number: `form`, `old`, `birth`, `check`; or '' if it is one."""
    if len(number) == 15 and number.isdigit():
        return "old"
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789X":
        return "form"
    if birth_day(number) is None:
        return "birth"
    return "" if check_digit(number[:17]) == number[17] else "check"


def birth_day(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
