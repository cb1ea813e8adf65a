"""The bare problem where each agent takes tasks of one size: a transportation problem, solved exactly as a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import certificate, flow, lot
from .errors import Infeasible
from .frame import Ints
from .generalised import Placed
from .graph import Graph

if TYPE_CHECKING:
    from .assignment import Assignment


def solve(problem: Assignment) -> Placed:
    """The best plan, proven by the flow's prices."""
    room = places(problem)
    order = np.lexsort((problem.arc_cost, problem.arc_agent, problem.arc_task))
    graph, dearest = transportation(problem, room, order)
    found = flow.solve(graph)
    arcs, is_pair = pair_arcs(graph, problem)
    used = order[found.units[arcs][is_pair] > 0]
    arc = np.full(problem.tasks, -1, dtype=np.int64)
    arc[problem.arc_task[used]] = used
    if problem.must_assign and (arc < 0).any():
        raise Infeasible(stuck(problem, arc))
    bound = certificate.plain_bound(graph, found.potentials) - int((arc < 0).sum()) * dearest
    return Placed(arc, bound, True, "flow")


def largest(problem: Assignment) -> Ints:
    """The size of each agent's tasks, if all are of one."""
    found = np.ones(problem.agents, dtype=np.int64)
    np.maximum.at(found, problem.arc_agent, problem.arc_size)
    return found


def places(problem: Assignment) -> Ints:
    """How many tasks each agent can take: the capacity in units of the agent's one size."""
    room: Ints = np.minimum(problem.capacity // largest(problem), problem.tasks)
    return room


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


def stuck(problem: Assignment, arc: Ints) -> tuple[int, ...]:
    """More tasks than the agents they could go to have places for (Hall): whoever a left-out task could displace."""
    assigned = np.full(problem.tasks, -1, dtype=np.int64)
    assigned[arc >= 0] = problem.arc_agent[arc[arc >= 0]]
    tasks = {int(np.flatnonzero(assigned < 0)[0])}
    while True:
        agents = np.unique(problem.arc_agent[np.isin(problem.arc_task, list(tasks))])
        more = tasks | set(np.flatnonzero(np.isin(assigned, agents)).tolist())
        if more == tasks:
            return tuple(sorted(tasks))
        tasks = more
