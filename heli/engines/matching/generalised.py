"""Tasks whose size depends on who does them (generalised assignment): a good plan, and how far from the best at most.

Three questions to the same `search`, each only if the one before calls for it:
1. Everybody placed, at the least cost.
2. How few must be left out: they go to one more agent, "nobody", at a price of 1, and all else is free of charge.
3. The least cost if "nobody" takes so many, free of charge.
Hard in theory: a plan always fits and its bound is always true, but the two need not meet. To find one's way:
`packing` holds the arrays, `lagrange` and `knapsack` prove bounds, `dive` and `swaps` make plans, `tree` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from . import canonical
from .errors import BadProblem, Infeasible
from .frame import Ints
from .packing import Packing, loads, packing
from .search import Found, search

if TYPE_CHECKING:
    from .assignment import Assignment

EFFORT = 10_000_000
"""About microseconds: a search ends there, within some 15 seconds. Question 2 gets a third."""
SEARCHED, BRANCHED = "lagrange and search", "lagrange, search and branching"


@dataclass(frozen=True, slots=True)
class Placed:
    """`arc` [T]: position of each task's arc in the problem, −1 for who is left out; `bound`: no plan as full costs
    less; `is_fullest`: no plan is fuller, and that is proven; `method`: what proved the bound."""

    arc: Ints
    bound: int
    is_fullest: bool
    method: str


def solve(problem: Assignment, effort: int = EFFORT) -> Placed:
    """Every arc fits its agent, some agents' arcs differ in size. Infeasible names tasks that cannot be placed together;
    BadProblem `no_plan_found` says that neither a full plan nor a proof was found."""
    lonely = np.bincount(problem.arc_task, minlength=problem.tasks) == 0
    if problem.must_assign and lonely.any():
        raise Infeasible(tuple(np.flatnonzero(lonely).tolist()))
    everybody, arcs, names = ordered(problem)
    found, left, is_fullest = search(everybody, None, effort), 0, True
    if not len(found.plan):
        counted = fewest(everybody, effort // 3, 1 if problem.must_assign else None)
        if problem.must_assign:
            refuse(counted, everybody, names)
        found, left = least(everybody, counted.plan, effort)
        is_fullest = left <= counted.bound
    arc = np.full(problem.tasks, -1, dtype=np.int64)
    is_placed = found.plan < len(arcs)
    arc[names[is_placed]] = arcs[found.plan[is_placed]]
    return Placed(arc, found.bound, is_fullest, BRANCHED if found.branched else SEARCHED)


def ordered(problem: Assignment) -> tuple[Packing, Ints, Ints]:
    """The problem in canonical order without tasks that have no arc; which arc, which task stands where."""
    tasks, agents = canonical.places(problem)
    task, agent = tasks[problem.arc_task], agents[problem.arc_agent]
    arcs = np.lexsort((problem.arc_size, problem.arc_cost, task, agent))
    met, task = np.unique(task[arcs], return_inverse=True)
    cost, size = problem.arc_cost[arcs], problem.arc_size[arcs]
    made = packing(len(met), problem.capacity[np.argsort(agents)], task, agent[arcs], cost, size)
    return made, arcs, np.argsort(tasks)[met]


def with_nobody(everybody: Packing, room: int, price: int) -> Packing:
    """One more agent who takes up to `room` tasks of any size. With a `price` a task, all others are free of charge."""
    tasks = np.arange(len(everybody.free))
    others = np.zeros_like(everybody.cost) if price else everybody.cost
    return packing(
        len(tasks),
        np.append(everybody.room, room),
        np.concatenate([everybody.task, tasks]),
        np.concatenate([everybody.agent, np.full_like(tasks, len(everybody.room))]),
        np.concatenate([others, np.full_like(tasks, price)]),
        np.concatenate([everybody.size, np.ones_like(tasks)]),
    )


def fewest(everybody: Packing, effort: int, enough: int | None) -> Found:
    """How few go to nobody: at first all."""
    tasks = len(everybody.free)
    return search(with_nobody(everybody, tasks, 1), len(everybody.arc) + np.arange(tasks), effort, enough)


def refuse(counted: Found, everybody: Packing, names: Ints) -> None:
    """Nothing, if all could be placed. With prices as proof, the tasks without a price are not part of it."""
    if counted.priced.bound > 0:
        raise Infeasible(tuple(np.sort(names[counted.priced.prices > 0]).tolist()))
    if counted.bound > 0:
        raise Infeasible(tuple(np.sort(names).tolist()))
    left = int((counted.plan >= len(everybody.arc)).sum())
    if left:
        raise BadProblem(
            "no_plan_found",
            f"没有找到把全部任务都排上的办法（还剩 {left} 件），也没有证明一定排不上。",
            f"No full plan was found ({left} tasks left out), and no proof that there is none.",
        )


def least(everybody: Packing, plan: Ints, effort: int) -> tuple[Found, int]:
    """The least cost with as many placed as in `plan` or more, and how many are left out."""
    left = int((plan >= len(everybody.arc)).sum())
    if not left:
        return search(everybody, plan, effort), 0
    found = search(with_nobody(everybody, left, 0), plan, effort)
    fuller = filled_up(everybody, found.plan)
    fewer = int((fuller >= len(everybody.arc)).sum())
    return (found, left) if fewer == left else least(everybody, fuller, effort)


def filled_up(everybody: Packing, plan: Ints) -> Ints:
    """Whoever is left out and fits somewhere by now goes there."""
    plan, arcs = plan.copy(), len(everybody.arc)
    for task in np.flatnonzero(plan >= arcs):
        room = everybody.room - loads(everybody, plan[plan < arcs])
        fits = np.flatnonzero((everybody.task == task) & (everybody.size <= room[everybody.agent]))
        plan[task] = fits[everybody.cost[fits].argmin()] if len(fits) else plan[task]
    return plan
