"""Who sees which class of value, and how: in full, masked with a reveal, masked, or not at all.

The table of the design's quality page as data. A selector asks `shown` for every value of class S3 or S4 that it puts
on a page; a template gets only what may be shown.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from heli.common.classes import FieldClass, class_of
from heli.common.masks import masked

from . import doors
from .roles import Role


class Sight(StrEnum):
    FULL = "full"
    REVEAL = "reveal"
    MASKED = "masked"
    NONE = "none"


ORDER = (Sight.NONE, Sight.MASKED, Sight.REVEAL, Sight.FULL)

# Telephone numbers are masked on the screen even for those who may have them: desks stand in open offices.
SIGHT: dict[Role, dict[FieldClass, Sight]] = {
    Role.TOWN_OFFICER: {FieldClass.S2: Sight.FULL, FieldClass.S3: Sight.FULL, FieldClass.S4: Sight.REVEAL},
    Role.VILLAGE_CADRE: {FieldClass.S2: Sight.FULL, FieldClass.S3: Sight.MASKED, FieldClass.S4: Sight.NONE},
    # An official sees only what he accompanies, while he does.
    Role.OFFICIAL: {FieldClass.S2: Sight.FULL, FieldClass.S3: Sight.FULL, FieldClass.S4: Sight.NONE},
    Role.AUDITOR: {FieldClass.S2: Sight.FULL, FieldClass.S3: Sight.REVEAL, FieldClass.S4: Sight.REVEAL},
    Role.LINE_OFFICER: {FieldClass.S2: Sight.FULL, FieldClass.S3: Sight.MASKED, FieldClass.S4: Sight.NONE},
    Role.HEADQUARTERS: {FieldClass.S2: Sight.FULL, FieldClass.S3: Sight.NONE, FieldClass.S4: Sight.NONE},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as this person may see it. `reveal` names the field for the page's eye, or is empty."""

    text: str
    hidden: bool = False
    reveal: str = ""

    def __str__(self) -> str:
        return self.text


def sight(person: Any, cls: FieldClass) -> Sight:
    """The best sight that any of the person's roles gives."""
    if cls == FieldClass.S1:
        return Sight.FULL
    views = [SIGHT[role].get(cls, Sight.NONE) for role in doors.roles_of(person) if role in SIGHT]
    return max(views, key=ORDER.index, default=Sight.NONE)


def shown(person: Any, row: Any, field: str, *, kind: str = "") -> Shown:
    """`row.field` as `person` may see it; `kind` (name, id, phone) tells how it is masked."""
    return shown_value(person, type(row), field, getattr(row, field), kind=kind)


def shown_value(person: Any, model: Any, field: str, value: Any, *, kind: str = "") -> Shown:
    """A value that is, was or would be `field` of a `model`, as `person` may see it."""
    value = str(value or "")
    how = sight(person, class_of(model, field))
    if not value or how == Sight.NONE:
        return Shown("", hidden=bool(value))
    if how == Sight.FULL and kind != "phone":
        return Shown(value)
    return Shown(masked(value, kind), hidden=True, reveal="" if how == Sight.MASKED else field)
