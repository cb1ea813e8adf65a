"""Prices of the tasks that prove a bound: relax that each task is placed once, pay its price for each time it is.

With prices u, no plan costs less than Σ u − Σ (what each agent's best set brings at u). Two steps to good prices:
relax the rooms instead (a rate for each agent's room, quick, as good as linear programming), then climb with whole
knapsacks, which is better than linear programming. The climb also leaves, for each arc, how often it was chosen: close
to the best mixture of sets, and what the dives follow.
Sources: Fisher: The Lagrangian relaxation method for solving integer programming problems (Management Science 27,
1981); Barahona, Anbil: The volume algorithm (Mathematical Programming 87, 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import knapsack
from .effort import Effort
from .frame import Ints
from .packing import Packing, fine_number, top_price

Floats = NDArray[np.float64]
RATE_STEPS = 500
PATIENCE = 8
"""Steps without a better bound before the stride shrinks."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a climb: steps, first stride, steps without a better bound before it shrinks, least and most new in a mixture."""

    steps: int
    stride: float = 0.1
    patience: int = PATIENCE
    least: float = 0.01
    most: float = 0.1


@dataclass(frozen=True, slots=True)
class Priced:
    """`prices` [T] and `bound` in fine units; `share` [E], 0..1: how much of a task the agent should do."""

    prices: Ints
    bound: int
    share: Floats


def start(packing: Packing) -> tuple[Ints, Floats]:
    """Prices from rates for room, and how much dearer each arc [E] is than the task's cheapest with these rates."""
    order = np.lexsort((packing.agent, packing.task))
    task, agent, cost = packing.task[order], packing.agent[order], packing.fine[order].astype(np.float64)
    share_of_room = packing.size[order] / np.maximum(packing.room, 1)[agent]
    tasks, first = np.unique(task, return_index=True)
    with_room = cost + best_rates(cost, share_of_room, agent, first, len(packing.room))[agent] * share_of_room
    cheapest = np.zeros(len(packing.free))
    cheapest[tasks] = np.minimum.reduceat(with_room, first)
    dearer = np.empty(len(order))
    dearer[order] = with_room - cheapest[task]
    return rounded(packing, cheapest), dearer


def best_rates(cost: Floats, share: Floats, agent: Ints, first: Ints, agents: int) -> Floats:
    """Subgradient steps on Σ min (cost + rate × share of the room) − Σ rates; arcs by task, `first` of each task.

    A direction remembers half of the one before (Camerini, Fratta, Maffioli 1975).
    """
    rate = best = way = np.zeros(agents)
    highest, waited = -np.inf, 0
    stride = float((np.maximum.reduceat(cost, first) - np.minimum.reduceat(cost, first)).sum()) / 5
    for _ in range(RATE_STEPS):
        with_room = cost + rate[agent] * share
        cheapest = np.minimum.reduceat(with_room, first)
        bound, waited = float(cheapest.sum() - rate.sum()), waited + 1
        if bound > highest:
            highest, best, waited = bound, rate, 0
        elif waited > PATIENCE:
            rate, way, stride, waited = best, np.zeros(agents), stride * 0.7, 0
            continue
        way = overload(with_room, cheapest, share, agent, first, agents) + way / 2
        slope = np.where((rate <= 0) & (way < 0), 0, way)
        if not (length := float(slope @ slope)):
            break
        rate = np.maximum(0, rate + stride / length * slope)
    return best


def overload(with_room: Floats, cheapest: Floats, share: Floats, agent: Ints, first: Ints, agents: int) -> Floats:
    """What each agent would get beyond its room, in rooms; a task with several cheapest arcs goes to all in parts."""
    at = np.flatnonzero(with_room == np.repeat(cheapest, np.diff(first, append=len(share))))
    task = np.searchsorted(first, at, side="right")
    wanted: Floats = np.bincount(agent[at], share[at] / np.bincount(task)[task], minlength=agents).astype(np.float64)
    return wanted - 1


def rounded(packing: Packing, prices: Floats) -> Ints:
    top = top_price(packing)
    whole: Ints = np.rint(np.clip(prices, -top, top)).astype(np.int64)
    return whole


def value(packing: Packing, prices: Ints, effort: Effort) -> tuple[int, Floats]:
    """The bound that the prices prove, in fine units, and how often each arc is chosen (0 or 1)."""
    effort.spend(packing.effort)
    sets = knapsack.best_sets(packing, prices)
    return int(prices[packing.free].sum()) - int(sets.worth.sum()), sets.chosen(packing).astype(np.float64)


def climb(
    packing: Packing,
    prices: Ints,
    effort: Effort,
    pace: Pace,
    reach: float,
    *,
    share: Floats | None = None,
    enough: float = np.inf,
) -> Priced:
    """Better prices by the volume method, until the bound is above `enough`.

    `reach`: how far the bound may hope to rise, where `enough` does not tell it.
    """
    bound, chosen = value(packing, prices, effort)
    share = chosen if share is None else (share + chosen) / 2
    reach = reach if enough == np.inf else max(1.0, float(fine_number(1, packing.bits)), enough - bound)
    stride, waited = pace.stride, 0
    for _ in range(pace.steps):
        missed = not_covered(packing, share)
        length = float(missed @ missed)
        if bound > enough or length < 1e-9:
            break
        trial = rounded(packing, prices + stride * reach / length * missed)
        found, chosen = value(packing, trial, effort)
        missed_now = not_covered(packing, chosen)
        share = mixed(pace, share, chosen, missed, missed_now)
        waited += 1
        if found > bound:
            prices, bound, waited = trial, found, 0
            stride = min(2.0, stride * 1.1) if missed @ missed_now > 0 else stride
        elif waited >= pace.patience:
            stride, waited = max(1e-3, stride * 0.66), 0
    return Priced(prices, bound, share)


def not_covered(packing: Packing, share: Floats) -> Floats:
    """For each task 1 minus how much of it is done: above 0 its price should rise, below 0 fall."""
    missed: Floats = packing.free - np.bincount(packing.task, share, minlength=len(packing.free)).astype(np.float64)
    return missed


def mixed(pace: Pace, share: Floats, chosen: Floats, missed: Floats, missed_now: Floats) -> Floats:
    """Towards the chosen sets, as far as it brings the mixture closer to every task once."""
    change = missed - missed_now
    length = float(change @ change)
    weight = min(pace.most, max(pace.least, float(missed @ change) / length)) if length else pace.most
    mixture: Floats = weight * chosen + (1 - weight) * share
    return mixture


def reach(packing: Packing, dearer: Floats) -> float:
    """How far a climb may hope to rise: a fiftieth of what all tasks' second choices are dearer than the first."""
    order = np.lexsort((dearer, packing.task))
    task = packing.task[order]
    second = np.flatnonzero((task[1:] == task[:-1]) & np.insert(task[1:-1] != task[:-2], 0, True)) + 1
    return max(1.0, float(dearer[order][second].sum()) / 50)
