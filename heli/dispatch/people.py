"""Who can be asked and who comes along, as the match sees them: read without opening what is sealed in their rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from heli.helpers import selectors
from heli.helpers.models import Helper, HelperKind, HelperSkill

T = TypeVar("T")


class Matchable(NamedTuple):
    """One who can be asked, or an official; an official's kinds and skills are not asked for.

    `indexes`: blind indexes of ID and telephone, '' where there is none.
    """

    pk: int
    name: str
    region_code: str
    serves: list[str]
    capacity: int
    indexes: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    skills: tuple[tuple[str, int], ...] = ()


def helpers(today: date, only: int | None) -> dict[int, Matchable]:
    """Everybody who can be asked, or this one alone if they can."""
    found = selectors.matchable("social", today=today)
    whose = {"helper__relation": "social", "helper__state": "active"} if only is None else {"helper_id": only}
    kinds = _by_helper(HelperKind.objects.filter(**whose).order_by("pk").values_list("helper_id", "kind"))
    skilled = HelperSkill.objects.filter(**whose).order_by("pk").values_list("helper_id", "skill", "level")
    skills = _by_helper((pk, (skill, level)) for pk, skill, level in skilled)
    rows = _rows(found if only is None else found.filter(pk=only))
    return {row.pk: row._replace(kinds=tuple(sorted(kinds[row.pk])), skills=tuple(skills[row.pk])) for row in rows}


def officials(today: date) -> list[Matchable]:
    """Officials who can sign in, so that they hear of a visit."""
    found = selectors.matchable("staff", today=today).filter(person__isnull=False)
    return list(_rows(found))


def _rows(found: QuerySet[Helper]) -> Iterator[Matchable]:
    columns = ("pk", "name", "region_code", "serves", "capacity", "id_index", "phone_index")
    for pk, name, region, serves, capacity, *indexes in found.values_list(*columns):
        yield Matchable(pk, name, region, serves, capacity, tuple(indexes))


def _by_helper(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for pk, value in pairs:
        found[pk].append(value)
    return found
