"""An order of tasks and agents by what they are, not by where they stand: the same problem shuffled is solved alike.

Each task gets a number from its arcs, each agent one from its capacity and the numbers of its tasks, twice over
(Weisfeiler and Leman's colours). Who is told apart by none of this keeps the order given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import lot
from .frame import Ints
from .lot import Words

if TYPE_CHECKING:
    from .assignment import Assignment

ROUNDS = 2


def places(problem: Assignment) -> tuple[Ints, Ints]:
    """The place of each task [T] and of each agent [A]."""
    arcs = lot.mixed(lot.mixed(words(problem.arc_cost)) + words(problem.arc_size))
    agents = lot.mixed(words(problem.capacity))
    tasks = np.zeros(problem.tasks, dtype=np.uint64)
    for _ in range(ROUNDS):
        tasks = lot.mixed(tasks + collected(arcs + agents[problem.arc_agent], problem.arc_task, problem.tasks))
        agents = lot.mixed(agents + collected(arcs + tasks[problem.arc_task], problem.arc_agent, problem.agents))
    return ranks(tasks), ranks(agents)


def words(values: Ints) -> Words:
    return values.astype(np.uint64)


def collected(arcs: Words, at: Ints, count: int) -> Words:
    """The arcs' numbers, added up for each task or agent in whatever order (uint64 turns over)."""
    total = np.zeros(count, dtype=np.uint64)
    np.add.at(total, at, lot.mixed(arcs))
    return total


def ranks(words: Words) -> Ints:
    found = np.empty(len(words), dtype=np.int64)
    found[np.argsort(words, kind="stable")] = np.arange(len(words))
    return found
