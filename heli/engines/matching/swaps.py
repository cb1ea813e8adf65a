"""The last touch to a plan: the best single move or exchange of two tasks, again and again, until none helps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .effort import Effort
from .frame import Ints
from .packing import Packing

MOST_TASKS, MOST_PAIRS = 2_000, 1 << 23
"""Beyond these the tables of all exchanges would not be small."""
NEVER = 1 << 60


@dataclass(frozen=True, slots=True)
class Grid:
    """Each pair's cheapest arc [A, T], its cost and size; size NEVER where there is none. `room` [A]."""

    arc: Ints
    cost: Ints
    size: Ints
    room: Ints


def grid(packing: Packing) -> Grid | None:
    shape = len(packing.room), len(packing.free)
    if shape[1] > MOST_TASKS or shape[0] * shape[1] > MOST_PAIRS:
        return None
    made = Grid(np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.full(shape, NEVER), packing.room)
    back = slice(None, None, -1)
    at = packing.agent[back], packing.task[back]
    made.arc[at], made.cost[at], made.size[at] = packing.arc[back], packing.cost[back], packing.size[back]
    return made


def polished(grid: Grid | None, packing: Packing, plan: Ints, effort: Effort) -> Ints:
    """`plan` [T]: the arc of each task, in the whole problem."""
    if grid is None:
        return plan
    plan, tasks = plan.copy(), np.arange(len(plan))
    while (change := best_change(grid, packing, plan)) is not None:
        mine, agents = change
        effort.spend(len(plan) ** 2 // 100)
        plan[tasks[mine]] = grid.arc[agents, mine]
    return plan


def best_change(grid: Grid, packing: Packing, plan: Ints) -> tuple[Ints, Ints] | None:
    """Which tasks go to which agents, or None if nothing gets cheaper."""
    agent, cost, size = packing.agent[plan], packing.cost[plan], packing.size[plan]
    left = grid.room - np.bincount(agent, size, minlength=len(grid.room)).astype(np.int64)
    moves = np.where(grid.size <= left[:, None], grid.cost - cost, NEVER)
    moves[agent, np.arange(len(plan))] = NEVER
    takes = np.where(grid.size[agent] <= (left[agent] + size)[:, None], grid.cost[agent] - cost, NEVER)
    takes[agent[:, None] == agent] = NEVER
    takes += takes.T
    move, swap = int(moves.argmin()), int(takes.argmin())
    if min(moves.flat[move], takes.flat[swap]) >= 0:
        return None
    if moves.flat[move] <= takes.flat[swap]:
        where, task = divmod(move, len(plan))
        return np.array([task]), np.array([where])
    one, other = divmod(swap, len(plan))
    return np.array([one, other]), agent[[other, one]]
