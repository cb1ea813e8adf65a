"""From rows to the engine's problem: what is open, who can be asked, what is already known against a pair.

What is known by now: the household's refusals, people who stand in the file themselves (by ID or telephone), and
earlier answers. Nothing here reads whether anybody signed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from heli.common import codes
from heli.common.days import at_hour, local_day
from heli.engines.matching import Exclusion, Problem, without_strangers
from heli.engines.matching import Helper as EngineHelper
from heli.engines.matching import Need as EngineNeed
from heli.engines.matching import Official as EngineOfficial
from heli.fieldwork.models import HelperRefusal, Need, Trust
from heli.helpers import selectors as helper_selectors
from heli.helpers.models import Helper
from heli.households.models import Member

from .models import Dispatch, TieAnswer
from .rules import Rules
from .table import ACTIVE, LIVE


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The problem and the rows behind its ids."""

    problem: Problem
    needs: Mapping[int, Need]
    helpers: Mapping[int, Helper]
    officials: Mapping[int, Helper]


def take(
    region: str,
    *,
    at: datetime,
    extra: Iterable[int] = (),
    leave_out: frozenset[int] = frozenset(),
    rules: Rules,
    only: int | None = None,
) -> Snapshot:
    """Open needs of `region` (and those named in `extra`), everybody who can be asked, officials with authority.

    `leave_out` are dispatches whose places count as free: the one that is being checked again, those of a replay.
    `only`: nobody but this helper, for a look at one pair.
    """
    wanted = Q(state="open") & codes.under(region) | Q(pk__in=list(extra))
    needs = {need.pk: need for need in Need.objects.filter(wanted).select_related("household").order_by("pk")}
    people = helper_selectors.matchable("social", today=local_day(at))
    helpers = {row.pk: row for row in (people if only is None else people.filter(pk=only))}
    officials = {row.pk: row for row in helper_selectors.matchable("staff", today=local_day(at)) if row.person_id}
    problem = Problem(
        needs=_needs(needs.values(), officials.values(), at, rules),
        helpers=_helpers(helpers.values(), leave_out),
        officials=_officials(officials.values(), at, leave_out),
        weights=rules.weights,
        feature_table=rules.features,
        third_party=rules.third_party,
    )
    return Snapshot(without_strangers(problem), needs, helpers, officials)


def _needs(needs: Iterable[Need], officials: Iterable[Helper], at: datetime, rules: Rules) -> tuple[EngineNeed, ...]:
    rows, staff = list(needs), list(officials)
    households = [need.household_id for need in rows]
    trusted = _pairs(Trust.objects.filter(household_id__in=households).values_list("household_id", "helper_id"))
    refused = _pairs(HelperRefusal.objects.filter(household_id__in=households).values_list("household_id", "helper_id"))
    current = _current(households)
    barred = _barred(households)
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


def covers(official: Helper, region_code: str) -> bool:
    """An official's authority reaches the town of the need."""
    town = codes.town_of(region_code)
    return codes.town_of(official.region_code) == town or any(codes.contains(code, town) for code in official.serves)


def _pairs(values: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for household, helper in values:
        found[household] += (helper,)
    return found


def _current(households: list[int]) -> dict[int, int]:
    """Household → who helped it last, or is at it now."""
    last = (
        Dispatch.objects.filter(need__household_id__in=households, state__in=(*ACTIVE, "done"))
        .values("need__household_id")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    rows = Dispatch.objects.filter(pk__in=last).values_list("need__household_id", "helper_id")
    return dict(rows)


def _barred(households: list[int]) -> dict[int, list[tuple[int, str]]]:
    """Household → helpers known to be tied to it, with a category only."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    members = Member.objects.filter(household_id__in=households)
    for column in ("id_index", "phone_index"):
        by_value = defaultdict(set)
        for household, value in members.exclude(**{column: ""}).values_list("household_id", column):
            by_value[value].add(household)
        people = Helper.objects.filter(**{f"{column}__in": list(by_value)}).values_list("pk", column)
        for helper, value in people:
            found_in = by_value[value]
            for household in found_in:
                found[household].append((helper, "party"))
    answers = TieAnswer.objects.filter(answer="may_not", dispatch__need__household_id__in=households)
    for household, helper in answers.values_list("dispatch__need__household_id", "dispatch__helper_id"):
        found[household].append((helper, "tied"))
    return found


def loads(leave_out: frozenset[int] = frozenset()) -> dict[int, int]:
    """Helper → households they are at, or are asked for."""
    live = Dispatch.objects.filter(state__in=LIVE).exclude(pk__in=leave_out)
    return dict(live.order_by().values("helper_id").annotate(n=Count("pk")).values_list("helper_id", "n"))


def official_loads(at: datetime, leave_out: frozenset[int] = frozenset()) -> dict[int, int]:
    """Official → visits of this week, Monday to Sunday."""
    day = local_day(at)
    monday = at_hour(day - timedelta(days=day.weekday()), 0)
    week = Dispatch.objects.filter(approved_at__gte=monday, state__in=(*LIVE, "done")).exclude(pk__in=leave_out)
    return dict(week.order_by().values("official_id").annotate(n=Count("pk")).values_list("official_id", "n"))


def _helpers(rows: Iterable[Helper], leave_out: frozenset[int]) -> tuple[EngineHelper, ...]:
    busy = loads(leave_out)
    return tuple(
        EngineHelper(
            id=row.pk,
            home=row.region_code,
            skills={skill.skill: skill.level for skill in row.skills.all()},
            serves=tuple(row.serves),
            relation="social",
            kinds=tuple(sorted(kind.kind for kind in row.kinds.all())),
            capacity=row.capacity,
            load=busy.get(row.pk, 0),
        )
        for row in rows
    )


def _officials(rows: Iterable[Helper], at: datetime, leave_out: frozenset[int]) -> tuple[EngineOfficial, ...]:
    busy = official_loads(at, leave_out)
    return tuple(EngineOfficial(id=row.pk, capacity=row.capacity, load=busy.get(row.pk, 0)) for row in rows)
