"""What is missing or unsafe on this machine and in these settings. Looks only: makes no folder, key or table.

One function per thing, in the module of its kind; each gives its findings and is told where to look.
"""

from collections.abc import Iterator
from types import ModuleType

from django.db import DatabaseError

from heli.common.errors import DomainError
from heli.upkeep.place import Place

from . import data, database, machine, options
from .finding import Finding, Grade, bad

__all__ = ["Finding", "Grade", "examine"]


def examine(place: Place) -> list[Finding]:
    """Machine, keys and settings always; the database if it is there; what is in it if it is of this version."""
    found = [*_of(machine, place), *_of(options, place)]
    reached = list(database.reached(place))
    found += reached
    if all(finding.grade == Grade.OK for finding in reached):
        found += [*_of(database, place), *_of(data, place)]
    return found


def _of(kind: ModuleType, place: Place) -> Iterator[Finding]:
    for check in kind.CHECKS:
        try:
            yield from check(place)
        except (DatabaseError, DomainError, OSError) as error:
            yield bad(check.__name__, f"查不了：{error}", "请把这句话告诉管系统的人。")
