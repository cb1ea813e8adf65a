"""The problem in canonical order and as tables of helpers × (distinct demand): what the fast form works on.

Needs, helpers and officials are sorted by id, so that the order of the input has no influence. Needs share few
distinct demands (skills, region, features), so each is worked out once for all helpers. With N needs, H helpers:
skilled, credit: bool, percent [distinct skill demands, H]; reach, near: bool, percent [distinct regions, H];
met: features met [distinct feature lists, H], known: features the table knows [distinct feature lists];
skill_of, region_of, feature_of: row of each need [N].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from . import regions, score
from .problem import Helper, Id, Need, Official, Problem, order

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", Need, Helper, Official)
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Percents = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Frame:
    problem: Problem
    needs: tuple[Need, ...]
    helpers: tuple[Helper, ...]
    officials: tuple[Official, ...]
    helper_at: Mapping[Id, int]
    official_at: Mapping[Id, int]
    free: Bools
    staff: Bools
    third_party: Bools
    skilled: Bools
    credit: Ints
    skill_of: Ints
    reach: Bools
    near: Percents
    region_of: Ints
    met: Ints
    known: Ints
    feature_of: Ints
    naming: tuple[int, ...]
    """Positions of the needs that name somebody: asked for, refused or barred. Most name nobody."""


def frame(problem: Problem) -> Frame:
    needs, helpers, officials = in_order(problem.needs), in_order(problem.helpers), in_order(problem.officials)
    demands, skill_of = distinct(needs, lambda need: tuple(sorted(need.skills.items())))
    places, region_of = distinct(needs, lambda need: need.region[: regions.VILLAGE])
    traits, feature_of = distinct(needs, lambda need: need.features)
    skilled, credit = skills_table(demands, helpers)
    reach, near = places_table(places, helpers)
    met, known = features_table(problem, traits, helpers)
    return Frame(
        problem,
        needs,
        helpers,
        officials,
        {helper.id: at for at, helper in enumerate(helpers)},
        {official.id: at for at, official in enumerate(officials)},
        np.array([helper.free > 0 for helper in helpers], dtype=np.bool_),
        np.array([helper.relation == "staff" for helper in helpers], dtype=np.bool_),
        np.array([need.kind in problem.third_party for need in needs], dtype=np.bool_),
        skilled,
        credit,
        skill_of,
        reach,
        near,
        region_of,
        met,
        known,
        feature_of,
        tuple(at for at, need in enumerate(needs) if names_somebody(need)),
    )


def names_somebody(need: Need) -> bool:
    return bool(need.trusted or need.prefer or need.refuse or need.exclude) or need.current is not None


def in_order(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """By id: numbers by value, then strings."""
    if all(type(row.id) is int for row in rows):
        return tuple(sorted(rows, key=lambda row: row.id))
    return tuple(sorted(rows, key=lambda row: order(row.id)))


def distinct(needs: tuple[Need, ...], key: Callable[[Need], Key]) -> tuple[list[Key], Ints]:
    """The distinct demands in order of first appearance, and the row of each need."""
    rows: dict[Key, int] = {}
    row_of = np.array([rows.setdefault(key(need), len(rows)) for need in needs], dtype=np.int64)
    return list(rows), row_of


def skills_table(demands: list[tuple[tuple[str, int], ...]], helpers: tuple[Helper, ...]) -> tuple[Bools, Ints]:
    """Who has every skill of a demand, and the percent of the skill part."""
    names = {name for demand in demands for name, _ in demand}
    levels = {name: np.array([helper.skills.get(name, 0) for helper in helpers], dtype=np.int64) for name in names}
    skilled = np.ones((len(demands), len(helpers)), dtype=np.bool_)
    credit = np.full((len(demands), len(helpers)), score.SKILL_CREDIT[0], dtype=np.int64)
    steps = np.array((0, *score.SKILL_CREDIT))
    for row, demand in enumerate(demands):
        if demand:
            above = np.array([levels[name] - level for name, level in demand])
            skilled[row] = (above >= 0).all(axis=0)
            credit[row] = steps[np.clip(above + 1, 0, 5)].sum(axis=0) // len(demand)
    return skilled, credit


def places_table(places: list[str], helpers: tuple[Helper, ...]) -> tuple[Bools, Percents]:
    """Who goes to a place, and the percent of the place part: unit by unit, from the wide to the small."""
    lives = holders((prefix, at) for at, helper in enumerate(helpers) for prefix in prefixes(helper.home))
    towns = holders((regions.town(helper.home), at) for at, helper in enumerate(helpers) if helper.home)
    serves = holders(
        (code[: regions.VILLAGE], at) for at, helper in enumerate(helpers) for code in helper.serves if code
    )
    inside = holders((prefix, row) for row, place in enumerate(places) for prefix in prefixes(place))
    exactly = {place: np.array([row], dtype=np.int64) for row, place in enumerate(places)}
    reach = np.zeros((len(places), len(helpers)), dtype=np.bool_)
    near = np.zeros((len(places), len(helpers)), dtype=np.int16)  # narrow: it is written over many times
    for code in sorted(lives.keys() & inside.keys(), key=len):
        near[np.ix_(inside[code], lives[code])] = regions.LIVES[len(code)]  # the smaller unit counts for more
    for people, rows_of in ((serves, inside), (below(serves), exactly)):
        for code in people.keys() & rows_of.keys():
            raise_to(near, rows_of[code], people[code], regions.SERVES[len(code)])
    for people, rows_of in ((towns, inside), (serves, inside), (below(towns), exactly), (below(serves), exactly)):
        for code in people.keys() & rows_of.keys():
            reach[np.ix_(rows_of[code], people[code])] = True
    return reach, near


def prefixes(code: str) -> list[str]:
    """The code's own unit and all above it, the smallest first."""
    return [code[:level] for level in regions.LEVELS if level <= len(code)]


def holders(pairs: Iterable[tuple[str, int]]) -> dict[str, Ints]:
    """Code → positions of the helpers that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for code, at in pairs:
        found[code].append(at)
    return {code: np.array(list(dict.fromkeys(ats)), dtype=np.int64) for code, ats in found.items()}


def below(held: Mapping[str, Ints]) -> dict[str, Ints]:
    """Code → positions of the helpers that have a code inside it."""
    return holders((above, int(at)) for code, ats in held.items() for above in prefixes(code)[1:] for at in ats)


def raise_to(percents: Percents, rows: Ints, ats: Ints, percent: int) -> None:
    """At least `percent` where these places and these people meet."""
    block = np.ix_(rows, ats)
    percents[block] = np.maximum(percents[block], percent)


def features_table(problem: Problem, traits: list[tuple[str, ...]], helpers: tuple[Helper, ...]) -> tuple[Ints, Ints]:
    """How many features of a list each helper fits, and how many of them the table knows."""
    names = {name for trait in traits for name in trait if name in problem.feature_table}
    fits = {
        name: np.array([score.fits(problem.feature_table[name], helper) for helper in helpers], dtype=np.int64)
        for name in sorted(names)
    }
    lists = [[name for name in dict.fromkeys(trait) if name in fits] for trait in traits]
    met = np.zeros((len(traits), len(helpers)), dtype=np.int64)
    for row, known in enumerate(lists):
        for name in known:
            met[row] += fits[name]
    return met, np.array([len(known) for known in lists], dtype=np.int64)
