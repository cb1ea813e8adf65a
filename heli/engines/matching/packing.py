"""The generalised assignment as plain arrays: every free task into one agent, the sizes within the agent's room.

A part of a problem (some tasks placed, some arcs ruled out) has the same form, so that bounds, dives and the tree
work on parts as on the whole. Prices and bounds are whole numbers in units of 2^-`bits` of a cost: sums of them are
exact, and what is proven with them is proven.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .frame import Bools, Ints

MOST_BITS = 20
DEAREST = 64
"""A price is at most so many times the highest cost."""
WIDEST = 20
"""Knapsacks see rooms of at most so many bits; larger sizes are rounded down, which can only lower a bound."""
COLUMNS = 1 << 13
"""Widest table of capacities; larger rooms are counted in steps (a looser, still valid bound)."""


@dataclass(frozen=True, slots=True)
class Packing:
    """T tasks, A agents; arcs [E] sorted by agent, task, cost, size.

    `free` [T]: still to be placed; `room` [A]: what is left of the capacities; `arc` [E]: position in the whole
    problem; `fine` [E]: the cost in units of 2^-bits, rounded down; `bits` is below 0 where costs are vast;
    `coarse`: how many bits of the sizes the knapsacks drop.
    """

    free: Bools
    room: Ints
    arc: Ints
    task: Ints
    agent: Ints
    cost: Ints
    size: Ints
    fine: Ints
    bits: int
    coarse: int

    @property
    def effort(self) -> int:
        """About how many microseconds one look at all knapsacks takes: a count, so that a search ends the same."""
        return 400 + len(self.arc) // 10 + int(np.minimum(self.room, COLUMNS).sum()) // 8


def packing(tasks: int, capacity: Ints, task: Ints, agent: Ints, cost: Ints, size: Ints) -> Packing:
    """The whole problem, its arcs in the order given (sorted); every arc fits its agent."""
    room = np.minimum(capacity, summed(agent, size, len(capacity)))
    coarse = max(0, int(room.max(initial=0)).bit_length() - WIDEST)
    bits = finest(tasks, cost, int(room.max(initial=0)) >> coarse)
    free = np.ones(tasks, dtype=np.bool_)
    return Packing(free, room, np.arange(len(task)), task, agent, cost, size, fine(cost, bits), bits, coarse)


def finest(tasks: int, cost: Ints, room: int) -> int:
    """As many bits behind the point as keep `price × room × tasks`, and four times that, inside 62 bits."""
    top = DEAREST * max(1, int(np.abs(cost).max(initial=0)))
    return min(MOST_BITS, 60 - top.bit_length() - room.bit_length() - tasks.bit_length())


def fine(cost: Ints, bits: int) -> Ints:
    """Costs in fine units, rounded down."""
    return cost << bits if bits >= 0 else cost >> -bits


def fine_number(cost: int, bits: int) -> int:
    return cost << bits if bits >= 0 else cost >> -bits


def whole(bound: int, bits: int) -> int:
    """The least whole cost that a bound in fine units allows."""
    return -(-bound >> bits) if bits >= 0 else bound << -bits


def top_price(packing: Packing) -> int:
    return DEAREST * max(1, int(np.abs(packing.fine).max(initial=0)))


def narrowed(packing: Packing, keep: Bools) -> Packing:
    """Only the arcs to keep."""
    columns = ("arc", "task", "agent", "cost", "size", "fine")
    return replace(packing, **{name: getattr(packing, name)[keep] for name in columns})


def placed(packing: Packing, free: Bools, room: Ints) -> tuple[Packing, Bools]:
    """What is left when only `free` tasks and `room` are left, and which arcs that keeps."""
    keep = free[packing.task] & (packing.size <= room[packing.agent])
    return replace(narrowed(packing, keep), free=free, room=room), keep


def loads(packing: Packing, arcs: Ints) -> Ints:
    """Sizes of the arcs (positions in the packing), summed for each agent."""
    load = np.zeros(len(packing.room), dtype=np.int64)
    np.add.at(load, packing.agent[arcs], packing.size[arcs])
    return load


def summed(agent: Ints, values: Ints, agents: int) -> Ints:
    """Exact sums for each agent; the values are sorted by agent."""
    total = np.insert(np.cumsum(values), 0, 0)
    end = np.searchsorted(agent, np.arange(agents + 1))
    sums: Ints = total[end[1:]] - total[end[:-1]]
    return sums
