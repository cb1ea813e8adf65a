"""Region codes: cut to their level, compared as ranges.

331081100 is a town, 331081100203 one of its villages, 331081100203-05 a local team. A range is
`code >= p AND code < p + "~"`, which an index answers; `startswith` is not, on either database.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

LAST = "\U0010ffff"  # sorts after every character that a name or code may hold
LENGTHS = {2: "province", 4: "prefecture", 6: "county", 9: "town", 12: "village"}


def under(code: str, field: str = "region_code") -> Q:
    """Rows whose `field` lies in `code` or below it. The empty code is everywhere."""
    return Q(**{f"{field}__gte": code, f"{field}__lt": code + "~"})


def contains(outer: str, inner: str) -> bool:
    return outer <= inner < outer + "~"


def level(code: str) -> str:
    return LENGTHS.get(len(code), "team")


def town_of(code: str) -> str:
    return code[:9]


def village_of(code: str) -> str:
    return code[:12]


def cut(code12: str, name_of_level: str) -> str:
    """A 12-digit statistical code, cut to its level; never by stripping zeros (331081100000 is a town)."""
    return code12[: next(length for length, name in LENGTHS.items() if name == name_of_level)]


class PlainOrderField(models.CharField[Any, Any]):
    """Text that sorts by its bytes on both databases (PostgreSQL would otherwise follow a language), so that an index
    answers for a beginning: `beginning(field, "吉-04")`."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class RegionCodeField(PlainOrderField):
    """A region's code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 15)
        super().__init__(**kwargs)


def beginning(field: str, start: str) -> Q:
    """Rows whose `field`, a `PlainOrderField`, begins with `start`."""
    return Q(**{f"{field}__gte": start, f"{field}__lt": start + LAST})
