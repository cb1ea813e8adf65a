"""Trying other rules on this week's needs: who would be asked under the rules in force, who under the others.

Nothing is stored and nobody is told. Both plans are made from the same snapshot, so that every difference comes from
the rules. Needs that somebody already helps with take part as if they were open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from heli.common import codes
from heli.engines import matching
from heli.fieldwork.models import Need
from heli.fieldwork.words import KINDS
from heli.regions import selectors as regions

from . import selectors, snapshot
from .models import Dispatch
from .rules import Rules
from .table import LIVE

DAYS = 7


@dataclass(frozen=True, slots=True)
class Change:
    """One need for which somebody else would be asked. No name of the household: who tries rules sees none."""

    code: str
    kind: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """`needs` of the week; `served` under the rules in force and under the others; who would be asked instead."""

    needs: int
    served: tuple[int, int]
    score: tuple[int, int]
    changes: tuple[Change, ...]


def simulate(rules: Rules, ranges: list[str], *, at: datetime) -> Simulation:
    """`ranges`: region codes whose needs are looked at."""
    needs = list(_week(ranges, at).values_list("pk", flat=True))
    busy = frozenset(Dispatch.objects.filter(need_id__in=needs, state__in=LIVE).values_list("pk", flat=True))
    now, other = (
        snapshot.take("none", at=at, extra=needs, leave_out=busy, rules=one)
        for one in (selectors.rules_in_force(), rules)
    )
    before, after = matching.solve(now.problem), matching.solve(other.problem)
    moved = matching.moves(matching.pairs_of(before), matching.pairs_of(after))
    return Simulation(
        len(needs),
        (len(before.assigned), len(after.assigned)),
        (sum(one.score for one in before.assigned), sum(one.score for one in after.assigned)),
        _changes(now, moved),
    )


def _week(ranges: list[str], at: datetime) -> QuerySet[Need]:
    where = reduce(or_, (codes.under(code) for code in ranges), Q(pk__in=()))
    recent = Q(raised_at__gt=at - timedelta(days=DAYS)) | Q(state="open")
    return Need.objects.filter(where, recent).exclude(state="withdrawn").order_by("pk")


def _changes(taken: snapshot.Snapshot, moved: tuple[matching.Move, ...]) -> tuple[Change, ...]:
    names = {pk: row.name for pk, row in taken.helpers.items()}
    places = regions.names({taken.needs[int(move.need)].region_code for move in moved})
    return tuple(
        Change(
            code=taken.needs[int(move.need)].code,
            kind=str(KINDS[taken.needs[int(move.need)].kind].label),
            place=places.get(taken.needs[int(move.need)].region_code, ""),
            before=_named(move.gone, names),
            after=_named(move.come, names),
        )
        for move in moved
    )


def _named(ids: tuple[matching.Id, ...], names: dict[int, str]) -> str:
    return next((names.get(int(one), "") for one in ids), "")
