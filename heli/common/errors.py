"""Ways to say no, drawn once.

DomainError          a rule said no; the person can read why      -> 422
  ├ Conflict         somebody else got there first                -> 409
  ├ NotPermitted     visible, but not theirs to do                -> 403
  └ NotVisible       does not exist, as far as this person knows  -> 404
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why not: a code for machines and a sentence for people."""

    code: str
    message: str


class DomainError(Exception):
    """A rule said no. `kept` says what is not lost, `todo` what to do next; both are sentences for people."""

    status = 422

    def __init__(self, code: str, message: Any, *, kept: Any = "", todo: Any = "", **facts: Any) -> None:
        super().__init__(code)
        self.code, self.message, self.kept, self.todo, self.facts = code, message, kept, todo, facts

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.message, self.kept, self.todo) if part)


class Conflict(DomainError):
    status = 409


class NotPermitted(DomainError):
    status = 403


class NotVisible(DomainError):
    status = 404
