"""From rows to the engine's problem: what is open, who can be asked, what is already known against a pair.

What is known by now: the household's refusals, people who stand in the file themselves (by ID or telephone), and
earlier answers. Nothing here reads whether anybody signed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Manager, Q

from heli.common import codes
from heli.common.days import at_hour, local_day
from heli.engines.matching import Exclusion, Problem, without_strangers
from heli.engines.matching import Helper as EngineHelper
from heli.engines.matching import Need as EngineNeed
from heli.engines.matching import Official as EngineOfficial
from heli.fieldwork.models import HelperRefusal, Need, Trust
from heli.helpers.models import Helper
from heli.households.models import Member

from . import people
from .models import Dispatch, TieAnswer
from .people import Matchable
from .rules import Rules
from .table import ACTIVE, LIVE


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The problem, the rows behind its ids, and how many places of each helper and official are taken."""

    problem: Problem
    needs: Mapping[int, Need]
    helpers: Mapping[int, Matchable]
    loads: Mapping[int, int]
    official_loads: Mapping[int, int]


def take(
    region: str,
    *,
    at: datetime,
    extra: Iterable[int] = (),
    leave_out: frozenset[int] = frozenset(),
    rules: Rules,
    only: int | None = None,
) -> Snapshot:
    """Open needs of `region` (and those named in `extra`), everybody who can be asked, and officials with authority
    where somebody is to come along.

    `leave_out` are dispatches whose places count as free: the one that is being checked again, those of a replay.
    `only`: nobody but this helper, for a look at one pair: what is known of the pair is read, and nothing else.
    """
    wanted = Q(state="open") & codes.under(region) | Q(pk__in=list(extra))
    needs = {need.pk: need for need in Need.objects.filter(wanted).order_by("pk")}
    helpers, officials = people.helpers(local_day(at), only), _with_authority(needs.values(), at, rules)
    busy, accompanying = loads(leave_out, only), official_loads(at, leave_out)
    problem = Problem(
        needs=_needs(list(needs.values()), list(helpers.values()), officials, at, rules, only),
        helpers=_helpers(helpers.values(), busy),
        officials=_officials(officials, accompanying),
        weights=rules.weights,
        feature_table=rules.features,
        third_party=rules.third_party,
    )
    return Snapshot(without_strangers(problem), needs, helpers, busy, accompanying)


def _with_authority(needs: Iterable[Need], at: datetime, rules: Rules) -> list[Matchable]:
    """Officials of the towns in which somebody is to come along."""
    towns = {codes.town_of(need.region_code) for need in needs if rules.need_kinds[need.kind].official}
    found = people.officials(local_day(at)) if towns else ()
    return [row for row in found if any(covers(row, town) for town in towns)]


def _needs(
    rows: list[Need], helpers: list[Matchable], staff: list[Matchable], at: datetime, rules: Rules, only: int | None
) -> tuple[EngineNeed, ...]:
    households = [need.household_id for need in rows]
    trusted, refused = (_pairs(_of(model.objects, households, only)) for model in (Trust, HelperRefusal))
    current = _current(households)
    barred = _barred(households, helpers, only)
    return tuple(
        EngineNeed(
            id=need.pk,
            kind=need.kind,
            region=need.region_code,
            skills=dict(rules.need_kinds[need.kind].skills),
            urgency=urgency(need, at),
            official="required" if rules.need_kinds[need.kind].official else "none",
            prefer=(need.prefer_id,) if need.prefer_id else (),
            trusted=trusted[need.household_id],
            features=tuple(need.features),
            refuse=refused[need.household_id],
            exclude=tuple(Exclusion(pk, why) for pk, why in barred[need.household_id]),
            current=current.get(need.household_id),
            officials=tuple(row.pk for row in staff if covers(row, need.region_code)),
        )
        for need in rows
    )


def urgency(need: Need, at: datetime) -> int:
    """1..5 as the officer set it, raised when the day it is wanted by is near. Never by who signed."""
    if need.wanted_by is None:
        return need.urgency
    left = (need.wanted_by - local_day(at)).days
    return max(need.urgency, 5 if left <= 0 else 4 if left <= 2 else need.urgency)


def covers(official: Helper | Matchable, region_code: str) -> bool:
    """An official's authority reaches the town of the need."""
    town = codes.town_of(region_code)
    return codes.town_of(official.region_code) == town or any(codes.contains(code, town) for code in official.serves)


def _of(rows: Manager[Any], households: list[int], only: int | None) -> Iterable[tuple[int, int]]:
    found = rows.filter(household_id__in=households, **_among("helper_id", only))
    return found.order_by("pk").values_list("household_id", "helper_id")


def _among(column: str, only: int | None) -> dict[str, int]:
    """Everybody, or this helper alone."""
    return {} if only is None else {column: only}


def _pairs(values: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for household, helper in values:
        found[household] += (helper,)
    return found


def _current(households: list[int]) -> dict[int, int]:
    """Household → who helped it last, or is at it now."""
    helped = Dispatch.objects.filter(need__household_id__in=households, state__in=(*ACTIVE, "done")).order_by("pk")
    return dict(helped.values_list("need__household_id", "helper_id"))


def _barred(households: list[int], helpers: Iterable[Matchable], only: int | None) -> dict[int, list[tuple[int, str]]]:
    """Household → helpers known to be tied to it, with a category only."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for helper, household in _parties(households, helpers):
        found[household].append((helper, "party"))
    answers = TieAnswer.objects.filter(answer="may_not", dispatch__need__household_id__in=households)
    tied = answers.filter(**_among("dispatch__helper_id", only)).order_by("pk")
    for household, helper in tied.values_list("dispatch__need__household_id", "dispatch__helper_id"):
        found[household].append((helper, "tied"))
    return found


def _parties(households: list[int], helpers: Iterable[Matchable]) -> Iterator[tuple[int, int]]:
    """(helper, household) where a member's ID or telephone is the helper's too."""
    members = Member.objects.filter(household_id__in=households)
    known: tuple[defaultdict[str, set[int]], ...] = (defaultdict(set), defaultdict(set))
    for household, *indexes in members.values_list("household_id", "id_index", "phone_index"):
        for by_index, index in zip(known, indexes, strict=True):
            by_index[index].add(household)
    for row in helpers:
        same = (by_index.get(index, ()) for by_index, index in zip(known, row.indexes, strict=True) if index)
        yield from ((row.pk, household) for household in sorted({one for some in same for one in some}))


def loads(leave_out: frozenset[int] = frozenset(), only: int | None = None) -> dict[int, int]:
    """Helper → households they are at, or are asked for."""
    live = Dispatch.objects.filter(state__in=LIVE, **_among("helper_id", only)).exclude(pk__in=leave_out)
    return dict(live.order_by().values("helper_id").annotate(n=Count("pk")).values_list("helper_id", "n"))


def official_loads(at: datetime, leave_out: frozenset[int] = frozenset()) -> dict[int, int]:
    """Official → visits of this week, Monday to Sunday."""
    day = local_day(at)
    monday = at_hour(day - timedelta(days=day.weekday()), 0)
    week = Dispatch.objects.filter(approved_at__gte=monday, state__in=(*LIVE, "done")).exclude(pk__in=leave_out)
    return dict(week.order_by().values("official_id").annotate(n=Count("pk")).values_list("official_id", "n"))


def _helpers(rows: Iterable[Matchable], busy: Mapping[int, int]) -> tuple[EngineHelper, ...]:
    return tuple(
        EngineHelper(
            id=row.pk,
            home=row.region_code,
            skills=dict(row.skills),
            serves=tuple(row.serves),
            relation="social",
            kinds=row.kinds,
            capacity=row.capacity,
            load=busy.get(row.pk, 0),
        )
        for row in rows
    )


def _officials(rows: Iterable[Matchable], busy: Mapping[int, int]) -> tuple[EngineOfficial, ...]:
    return tuple(EngineOfficial(id=row.pk, capacity=row.capacity, load=busy.get(row.pk, 0)) for row in rows)
