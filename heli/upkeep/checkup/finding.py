"""What an examination says of one thing: in order, worth a look, or unsafe; and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    grade: Grade
    message: str
    todo: str = ""


def ok(check: str, message: str) -> Finding:
    return Finding(check, Grade.OK, message)


def warn(check: str, message: str, todo: str) -> Finding:
    return Finding(check, Grade.WARN, message, todo)


def bad(check: str, message: str, todo: str) -> Finding:
    return Finding(check, Grade.BAD, message, todo)
