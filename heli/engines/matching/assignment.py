"""The bare problem `heli-assignment/1`: tasks, agents, and what it costs that an agent does a task.

Solved exactly as a transportation problem wherever each agent takes tasks of one size only (all sizes 1, or one size
per agent: then the capacity is a number of tasks). Sizes that differ within an agent make it a generalised
assignment problem (`generalised`): a feasible plan with a proven bound, rarely proven best.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from . import certificate, flow, generalised, lot
from .arrays import column, number, yes
from .errors import BadProblem, Infeasible
from .frame import Ints
from .graph import Graph

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
    """`assigned` [T]: agent or −1. `cost` of the assigned arcs; `bound`: no plan as full as this costs less, proven by
    the prices of `method`: "flow" or "lagrange and search"."""

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


def solve_assignment(problem: Assignment) -> Answer:
    """The best assignment with its proof; Infeasible names tasks that cannot all be served."""
    start = perf_counter()
    if sizes_differ(problem):
        return generalised_answer(problem)
    room = places(problem)
    order = np.lexsort((problem.arc_cost, problem.arc_agent, problem.arc_task))
    graph, dearest = transportation(problem, room, order)
    built = perf_counter()
    found = flow.solve(graph)
    assigned = np.full(problem.tasks, -1, dtype=np.int64)
    arcs, is_pair = pair_arcs(graph, problem)
    used = order[found.units[arcs][is_pair] > 0]
    assigned[problem.arc_task[used]] = problem.arc_agent[used]
    if problem.must_assign and (assigned < 0).any():
        raise Infeasible(stuck(problem, assigned))
    missing = int((assigned < 0).sum())
    cost = int(problem.arc_cost[used].sum())
    bound = certificate.plain_bound(graph, found.potentials) - missing * dearest
    return Answer(
        assigned,
        cost,
        bound,
        (cost - bound) / max(1, abs(bound)),
        cost == bound,
        {"build": built - start, "solve": perf_counter() - built},
    )


def sizes_differ(problem: Assignment) -> bool:
    return bool((problem.arc_size != largest(problem)[problem.arc_agent]).any())


def largest(problem: Assignment) -> Ints:
    found = np.ones(problem.agents, dtype=np.int64)
    np.maximum.at(found, problem.arc_agent, problem.arc_size)
    return found


def places(problem: Assignment) -> Ints:
    """How many tasks each agent can take: the capacity in units of the agent's one size."""
    room: Ints = np.minimum(problem.capacity // largest(problem), problem.tasks)
    return room


def generalised_answer(problem: Assignment) -> Answer:
    start = perf_counter()
    cost, size = tables(problem)
    nowhere = np.flatnonzero((size > problem.capacity[:, None]).all(axis=0))
    if problem.must_assign and len(nowhere):
        raise Infeasible(tuple(nowhere.tolist()))
    reachable = np.flatnonzero(~(size > problem.capacity[:, None]).all(axis=0))
    found = generalised.solve(cost[:, reachable], size[:, reachable], problem.capacity)
    assigned = np.full(problem.tasks, -1, dtype=np.int64)
    assigned[reachable] = found.agent
    if problem.must_assign and (assigned < 0).any():
        raise BadProblem(
            "no_plan_found",
            f"没有找到把全部任务都排上的办法（还剩 {int((assigned < 0).sum())} 件），也没有证明一定排不上。",
            f"No full plan was found ({int((assigned < 0).sum())} tasks left); that there is none is not proven.",
        )
    bound = found.bound if (found.agent >= 0).all() else least(cost, size, problem.capacity, int((assigned < 0).sum()))
    gap = (found.cost - bound) / max(1, abs(bound))
    seconds = {"solve": perf_counter() - start}
    return Answer(assigned, found.cost, bound, gap, found.cost == bound, seconds, "lagrange and search")


def tables(problem: Assignment) -> tuple[Ints, Ints]:
    """Cost and size [A, T]; a pair without an arc is larger than its agent. Of two arcs of one pair the cheaper counts."""
    cost = np.zeros((problem.agents, problem.tasks), dtype=np.int64)
    size = np.repeat(problem.capacity[:, None] + 1, problem.tasks, axis=1)
    order = np.argsort(-problem.arc_cost, kind="stable")
    agent, task = problem.arc_agent[order], problem.arc_task[order]
    cost[agent, task], size[agent, task] = problem.arc_cost[order], problem.arc_size[order]
    return cost, size


def least(cost: Ints, size: Ints, capacity: Ints, missing: int) -> int:
    """Below every plan that leaves so many tasks out: the others each at their cheapest."""
    able = np.where(size <= capacity[:, None], cost, np.iinfo(np.int64).max)
    cheapest = np.sort(able.min(axis=0))
    return int(cheapest[: len(cheapest) - missing].sum())


def transportation(problem: Assignment, room: Ints, order: Ints) -> tuple[Graph, int]:
    """Nodes: tasks, agents, sink. The second value is what a task left out costs: more than any rearrangement."""
    low = int(problem.arc_cost.min(initial=0))
    high = int(problem.arc_cost.max(initial=0))
    left_out = (high - low) * problem.tasks + 1
    task, agent = problem.arc_task[order], problem.arc_agent[order]
    sink = problem.tasks + problem.agents
    behind = np.searchsorted(task, np.arange(problem.tasks), side="right")
    bits = lot.bits(problem.tasks, problem.tasks, left_out)
    ties = lot.of_pairs(task.astype(np.uint64), agent.astype(np.uint64), bits)
    ends = np.arange(problem.tasks, sink)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[: problem.tasks] = 1
    supply[sink] = -problem.tasks
    return Graph(
        tail=np.concatenate([np.insert(task, behind, np.arange(problem.tasks)), ends]),
        head=np.concatenate([np.insert(agent + problem.tasks, behind, sink), np.full(problem.agents, sink)]),
        cost=np.concatenate(
            [np.insert(problem.arc_cost[order] - low, behind, left_out), np.zeros(problem.agents, dtype=np.int64)]
        ),
        tie=np.concatenate([np.insert(ties, behind, 0), np.zeros(problem.agents, dtype=np.int64)]),
        capacity=np.concatenate([np.ones(len(task) + problem.tasks, dtype=np.int64), room]),
        supply=supply,
        scale=(problem.tasks + 1) << bits,
        bits=bits,
        constant=-low * problem.tasks,
    ), left_out + low


def pair_arcs(graph: Graph, problem: Assignment) -> tuple[slice, Ints]:
    """Where the tasks' arcs are, and which of them lead to an agent (in the order they were given)."""
    tasks_arcs = slice(0, len(graph.tail) - problem.agents)
    return tasks_arcs, np.flatnonzero(graph.head[tasks_arcs] < len(graph.supply) - 1)


def stuck(problem: Assignment, assigned: Ints) -> tuple[int, ...]:
    """More tasks than the agents they could go to have places for (Hall): whoever a left-out task could displace."""
    tasks = {int(np.flatnonzero(assigned < 0)[0])}
    while True:
        agents = np.unique(problem.arc_agent[np.isin(problem.arc_task, list(tasks))])
        more = tasks | set(np.flatnonzero(np.isin(assigned, agents)).tolist())
        if more == tasks:
            return tuple(sorted(tasks))
        tasks = more
