"""The pass over the borders: who could help in a neighbouring county, how much the whole could gain by it at most, and
the needs that could gain solved again with the people of both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from . import arcs as pairs
from .assignment import Assignment, solve_assignment
from .best import best, price
from .choice import Choice
from .company import company
from .county import Desk, Seat
from .frame import Frame, Ints, frame
from .network import network
from .problem import Helper, Id, Need, Problem
from .regions import COUNTY


@dataclass(frozen=True, slots=True)
class Border:
    """`changed`: need → helper after the pass. `gain`: points the whole is better by it; `most`: points that no plan
    across the borders can gain more than, proven by the counties' prices."""

    changed: Mapping[Id, Id | None]
    gain: int
    most: int


def cross(problem: Problem, seats: Mapping[Id, Seat], desks: Mapping[Id, Desk]) -> Border:
    """`problem`: the needs at the borders, and everybody who goes beyond their county."""
    made = frame(problem)
    need, helper, reduced = crossing(made, seats, desks)
    better = reduced < 0
    most = most_gain(made, need[better], helper[better], reduced[better])
    again = [at for at in sorted(set(need[better].tolist())) if is_plain(made.needs[at])]
    if not again:
        return Border({}, 0, most)
    going = sorted(set(helper[better & np.isin(need, again)].tolist()))
    part = retried(made, again, going, seats, desks)
    before = part_cost(part, [seats[made.needs[at].id].helper for at in again])
    after = best(part)
    if after.objective >= before:
        return Border({}, 0, most)
    came = dict.fromkeys((one.id for one in part.needs), None) | {
        after.arcs.frame.needs[n].id: after.arcs.frame.helpers[h].id
        for n, h in zip(after.final.need.tolist(), after.final.helper.tolist(), strict=True)
    }
    changed = {one: new for one, new in came.items() if new != id_of(seats[one].helper)}
    return Border(changed, before - after.objective, most)


def crossing(made: Frame, seats: Mapping[Id, Seat], desks: Mapping[Id, Desk]) -> tuple[Ints, Ints, Ints]:
    """Allowed pairs of two counties: need, helper (positions), and what the whole would lose by it at least (below 0:
    gain at most), in points."""
    allowed = pairs.arcs(replace(made, free=np.ones_like(made.free)))
    apart = (
        np.array([need.region[:COUNTY] for need in made.needs])[allowed.need]
        != np.array([helper.home[:COUNTY] for helper in made.helpers] or [""])[allowed.helper]
    )
    need, helper, score = allowed.need[apart], allowed.helper[apart], allowed.score[apart]
    worth = np.array([seats[one.id].worth for one in made.needs], dtype=np.int64)
    dear = np.array([desks[one.id].price for one in made.helpers], dtype=np.int64)
    return need, helper, made.problem.weights.full - score + worth[need] + dear[helper]


def is_plain(need: Need) -> bool:
    """One place and no official: what can be given again without its county."""
    return need.slots == 1 and need.official == "none"


def most_gain(made: Frame, need: Ints, helper: Ints, reduced: Ints) -> int:
    """The best that pairs across the borders could bring at these prices, if each need uses no more of them than it
    has places and each helper no more than they have free: an assignment of its own, with staying for nothing."""
    tasks, task = np.unique(need, return_inverse=True)
    slots = np.array([made.needs[at].slots for at in tasks.tolist()], dtype=np.int64)
    first = np.cumsum(slots) - slots
    copies = int(slots.sum())
    each = np.concatenate([first[task] + n for n in range(int(slots.max(initial=0)))] or [task])
    real = np.concatenate([slots[task] > n for n in range(int(slots.max(initial=0)))] or [task > task])
    times = max(1, int(slots.max(initial=0)))
    stay = len(made.helpers)
    found = solve_assignment(
        Assignment(
            copies,
            stay + 1,
            np.array([*(one.free for one in made.helpers), copies], dtype=np.int64),
            np.concatenate([each[real], np.arange(copies)]),
            np.concatenate([np.tile(helper, times)[real], np.full(copies, stay)]),
            np.concatenate([np.tile(reduced, times)[real], np.zeros(copies, dtype=np.int64)]),
            np.ones(int(real.sum()) + copies, dtype=np.int64),
        )
    )
    return -found.bound


def retried(
    made: Frame, again: list[int], going: list[int], seats: Mapping[Id, Seat], desks: Mapping[Id, Desk]
) -> Problem:
    """The needs that could gain, with those who have them now and those who could come; the rest stays as it is."""
    needs = tuple(made.needs[at] for at in again)
    mine: dict[Id, int] = {}
    people: dict[Id, Helper] = {}
    taken: dict[Id, int] = {}
    for need in needs:
        seat = seats[need.id]
        if seat.helper is not None:
            people[seat.helper.id], taken[seat.helper.id] = seat.helper, seat.taken
            mine[seat.helper.id] = mine.get(seat.helper.id, 0) + 1
    for at in going:
        helper = made.helpers[at]
        people[helper.id], taken[helper.id] = helper, desks[helper.id].taken
    helpers = tuple(replace(one, load=one.load + taken[one.id] - mine.get(one.id, 0)) for one in people.values())
    return replace(made.problem, needs=needs, helpers=helpers, officials=(), pair_exclude=())


def part_cost(part: Problem, now: list[Helper | None]) -> int:
    """What the retried needs cost as the counties left them."""
    allowed = pairs.arcs(frame(part))
    at = {helper.id: n for n, helper in enumerate(allowed.frame.helpers)}
    need_at = {need.id: n for n, need in enumerate(allowed.frame.needs)}
    rows = sorted((need_at[need.id], at[one.id]) for need, one in zip(part.needs, now, strict=True) if one is not None)
    need, helper = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    going = company(allowed.frame)
    return price(network(allowed, going), allowed, going, Choice(need, helper, np.full_like(need, -1)))


def id_of(helper: Helper | None) -> Id | None:
    return None if helper is None else helper.id
