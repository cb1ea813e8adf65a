"""At given prices of the tasks, the best set of tasks for each agent: one 0-1 knapsack an agent, all at once.

A task brings its price minus its cost. In order of profit per size, the first that does not fit gives a rate that no
set can beat; with it and with a good set at hand most items are settled (Dembo and Hammer's reduction), and only the
core between goes through the table of capacities. Whole numbers only.
Source: Kellerer, Pferschy, Pisinger: Knapsack Problems (2004), sections 3.2 and 5.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import fill
from .frame import Bools, Ints
from .packing import COLUMNS, Packing, summed

NEAR, ANY = 6, 1 << 60
"""Items on each side of the first that does not fit that are tried first, to have a good set at hand; then all."""
CELLS, MARKS = 1 << 19, 1 << 26
"""Most cells of a table of capacities, and most marks of what was put into it when."""
TABLES = 1 << 22
"""Most cells of all tables that exact losses may take; beyond that the rate tells them."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The N arcs that bring something, by agent, the most profit per size first.

    `turn` [N]: places before (below 0) or after the first that does not fit; `rate` / `unit` [A]: its profit per size;
    `over` [N]: profit above the rate's, times the unit; `most` [A]: what the rate allows, times the unit; `full` [A]:
    not everything fits.
    """

    at: Ints
    agent: Ints
    profit: Ints
    size: Ints
    turn: Ints
    over: Ints
    room: Ints
    rate: Ints
    unit: Ints
    most: Ints
    full: Bools


@dataclass(frozen=True, slots=True)
class Sets:
    """`worth` [A]: no set of the agent brings more, in fine units; `taken` [N]: ranked arcs of the sets that bring it.

    A set can be a little too large where sizes had to be counted in steps.
    """

    ranked: Ranked
    worth: Ints
    taken: Bools

    def chosen(self, packing: Packing) -> Bools:
        found = np.zeros(len(packing.arc), dtype=np.bool_)
        found[self.ranked.at[self.taken]] = True
        return found


def best_sets(packing: Packing, prices: Ints) -> Sets:
    ranked = rank(packing, prices)
    taken = ranked.turn < 0
    sets = Sets(ranked, summed(ranked.agent[taken], ranked.profit[taken], len(ranked.room)), taken)
    is_open = ranked.full
    for near in (NEAR, ANY):
        slack = ranked.most - sets.worth * ranked.unit
        core = (np.abs(ranked.over) <= slack[ranked.agent]) & is_open[ranked.agent]
        inside = core & (np.abs(ranked.turn) <= near)
        if inside.any():
            sets = tabled(sets, inside)
        is_open = present(ranked.agent[core & ~inside], len(is_open))
    return sets


def rank(packing: Packing, prices: Ints) -> Ranked:
    profit = prices[packing.task] - packing.fine
    at = np.flatnonzero(profit > 0)
    per_size = profit[at] / np.maximum(packing.size[at] >> packing.coarse, 0.5)
    at = at[np.argsort(packing.agent[at] * 2.0 - per_size / per_size.max(initial=1.0), kind="stable")]
    return split(at, packing.agent[at], profit[at], packing.size[at] >> packing.coarse, packing.room >> packing.coarse)


def split(at: Ints, agent: Ints, profit: Ints, size: Ints, room: Ints) -> Ranked:
    """Where each agent's room ends, and what that says of each item."""
    count = np.bincount(agent, minlength=len(room))
    first = np.cumsum(count) - count
    filled = np.insert(np.cumsum(size), 0, 0)
    fits = filled[1:] - filled[first][agent] <= room[agent]
    stop = first + np.bincount(agent[fits], minlength=len(room))
    full = stop < first + count
    rate, unit = np.zeros_like(room), np.ones_like(room)
    rate[full], unit[full] = profit[stop[full]], size[stop[full]]
    over = profit * unit[agent] - rate[agent] * size
    most = rate * room + summed(agent, np.maximum(over, 0), len(room))
    return Ranked(at, agent, profit, size, np.arange(len(at)) - stop[agent], over, room, rate, unit, most, full)


def tabled(sets: Sets, core: Bools) -> Sets:
    """The best of the core on top of what is surely in; kept where it beats the sets at hand.

    An agent's worth is at least that of every set that this rules out, so it stays a bound even if the sets at hand
    could not be reached.
    """
    ranked, agents = sets.ranked, len(sets.worth)
    names = np.unique(ranked.agent[core])
    is_asked = present(names, agents)
    surely = (ranked.over > 0) & ~core & is_asked[ranked.agent]
    room = np.maximum(0, ranked.room - summed(ranked.agent[surely], ranked.size[surely], agents))[names]
    item = np.flatnonzero(core)
    row = np.searchsorted(names, ranked.agent[item])
    step = steps(room, ranked.size[item], int(np.bincount(row).max()))
    found, picked = fill.best(ranked.profit[item], ranked.size[item] >> step, row, room >> step)
    found = found + summed(ranked.agent[surely], ranked.profit[surely], agents)[names]
    worth, better = sets.worth.copy(), np.zeros(agents, dtype=np.bool_)
    worth[names] = np.maximum(worth[names], np.minimum(found, ranked.most[names] // ranked.unit[names]))
    better[names] = found > sets.worth[names]
    trial = surely.copy()
    trial[item[picked]] = True
    return Sets(ranked, worth, np.where(better[ranked.agent], trial, sets.taken))


def steps(room: Ints, size: Ints, turns: int) -> int:
    """How many bits of the sizes to drop, so that the table stays small; `turns`: most items of an agent."""
    widest = min(int(room.max(initial=0)), int(size.sum()))
    columns = max(1, min(COLUMNS, CELLS // len(room), MARKS // (len(room) * turns)))
    return max(0, widest.bit_length() - columns.bit_length() + 1)


def losses(packing: Packing, prices: Ints) -> tuple[Ints, Ints, Ints]:
    """Worth of each agent [A]; what is lost at least if an arc [E] must be chosen, or must not. In fine units."""
    count = np.bincount(packing.agent, minlength=len(packing.room))
    names = np.flatnonzero(count)
    size, room = packing.size >> packing.coarse, (packing.room >> packing.coarse)[names]
    columns = min(int(room.max(initial=0)), int(size.sum())) + int(size.max(initial=0)) + 1
    if (int(count.max(initial=0)) + 1) * len(names) * columns > TABLES:
        return losses_by_rate(packing, prices)
    worth = np.zeros(len(count), dtype=np.int64)
    row = np.searchsorted(names, packing.agent)
    worth[names], loss_in, loss_out = fill.losses(prices[packing.task] - packing.fine, size, row, room)
    return worth, loss_in, loss_out


def losses_by_rate(packing: Packing, prices: Ints) -> tuple[Ints, Ints, Ints]:
    """The same from below, by the rate: a set against an arc's `over` is that much below what the rate allows."""
    sets = best_sets(packing, prices)
    ranked, agent = sets.ranked, packing.agent
    over = (prices[packing.task] - packing.fine) * ranked.unit[agent]
    over -= ranked.rate[agent] * (packing.size >> packing.coarse)
    spare = (ranked.most - sets.worth * ranked.unit)[agent]
    loss_in, loss_out = (np.maximum(0, (sign * over - spare) // ranked.unit[agent]) for sign in (-1, 1))
    return sets.worth, loss_in, loss_out


def present(agent: Ints, agents: int) -> Bools:
    found = np.zeros(agents, dtype=np.bool_)
    found[agent] = True
    return found
