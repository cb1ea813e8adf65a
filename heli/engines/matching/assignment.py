"""The bare problem `heli-assignment/1`: tasks, agents, and what it costs that an agent does a task.

Solved exactly as a transportation problem (`transportation`) wherever each agent takes tasks of one size only (all
sizes 1, or one size per agent: then the capacity is a number of tasks). Sizes that differ within an agent make it a
generalised assignment problem (`generalised`): a plan that fits with a proven bound, often proven best.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np

from . import generalised, transportation
from .arrays import column, number, yes
from .errors import BadProblem
from .frame import Ints

FORMAT = "heli-assignment/1"


@dataclass(frozen=True, slots=True)
class Assignment:
    """`tasks` T, `agents` A, `capacity` [A]; arcs [E]: task 0..T−1, agent 0..A−1, whole cost, size 1 or above.

    `must_assign`: every task, or it is infeasible; else as many tasks as possible first, then the least cost.
    """

    tasks: int
    agents: int
    capacity: Ints
    arc_task: Ints
    arc_agent: Ints
    arc_cost: Ints
    arc_size: Ints
    must_assign: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """`assigned` [T]: agent or −1. `cost` of the assigned arcs; `bound`: no plan as full as this costs less.

    `method` says what proved the bound: "flow", or for sizes that differ the prices of "lagrange and search", raised by
    "lagrange, search and branching". `optimal`: cost is bound and no plan is fuller, both proven.
    """

    assigned: Ints
    cost: int
    bound: int
    gap: float
    optimal: bool
    seconds: Mapping[str, float]
    method: str = "flow"


def parse_assignment(document: Mapping[str, Any]) -> Assignment:
    """From a JSON document, or from the arrays of an .npz with the same names (`numpy.load` gives such a mapping)."""
    names = set(document)
    for name in sorted({"tasks", "agents", "capacity", "arc_task", "arc_agent", "arc_cost"} - names):
        raise BadProblem("missing_key", f"缺少“{name}”。", f"“{name}” is missing.")
    for name in sorted(names - {"format", *Assignment.__dataclass_fields__}):
        raise BadProblem("unknown_key", f"不认识的键“{name}”。", f"Unknown key “{name}”.")
    if "format" in names and str(document["format"]) != FORMAT:
        raise BadProblem("wrong_format", f"文件格式应为 {FORMAT}。", f"The format must be {FORMAT}.")
    tasks, agents = number(document, "tasks"), number(document, "agents")
    arc_task = column(document, "arc_task", None, (0, tasks - 1))
    ones = {"arc_size": [1] * len(arc_task)}
    return Assignment(
        tasks,
        agents,
        column(document, "capacity", agents, (0, 1 << 40)),
        arc_task,
        column(document, "arc_agent", len(arc_task), (0, agents - 1)),
        column(document, "arc_cost", len(arc_task), (-(1 << 40), 1 << 40)),
        column(document if "arc_size" in names else ones, "arc_size", len(arc_task), (1, 1 << 40)),
        yes(document, "must_assign", default=True),
    )


def answer_document(answer: Answer) -> dict[str, Any]:
    return {
        "assigned": answer.assigned.tolist(),
        "cost": answer.cost,
        "bound": answer.bound,
        "gap": answer.gap,
        "optimal": answer.optimal,
        "method": answer.method,
        "seconds": dict(answer.seconds),
    }


def solve_assignment(problem: Assignment, *, effort: int = generalised.EFFORT) -> Answer:
    """The best assignment with its proof; Infeasible names tasks that cannot all be served.

    `effort` bounds the search where sizes differ within an agent, see `generalised`.
    """
    start = perf_counter()
    problem = usable(problem)
    built = perf_counter()
    found = generalised.solve(problem, effort) if sizes_differ(problem) else transportation.solve(problem)
    used = found.arc[found.arc >= 0]
    assigned = np.full(problem.tasks, -1, dtype=np.int64)
    assigned[problem.arc_task[used]] = problem.arc_agent[used]
    cost = int(problem.arc_cost[used].sum())
    gap = (cost - found.bound) / max(1, abs(found.bound))
    is_best = cost == found.bound and found.is_fullest
    seconds = {"build": built - start, "solve": perf_counter() - built}
    return Answer(assigned, cost, found.bound, gap, is_best, seconds, found.method)


def usable(problem: Assignment) -> Assignment:
    """Without arcs that alone are more than their agent can take."""
    fits = problem.arc_size <= problem.capacity[problem.arc_agent]
    columns = ("arc_task", "arc_agent", "arc_cost", "arc_size")
    return replace(problem, **{name: getattr(problem, name)[fits] for name in columns})


def sizes_differ(problem: Assignment) -> bool:
    return bool((problem.arc_size != transportation.largest(problem)[problem.arc_agent]).any())
