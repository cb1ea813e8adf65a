"""Is there a plan that costs at most a target? Looked for in a tree; if it ends without one, the bound is proven higher.

At each node prices climb a little; an arc is ruled out if its agent's best set with it, with the best sets of the
others, is above the target, and settled if the best without it is. With a target close to the bound hardly two arcs a
task are left, so that small targets are soon decided: they are asked one after the other, upwards.
Source: Posta, Ferland, Michelon: An exact method with variable fixing for solving the generalized assignment problem
(Computational Optimization and Applications 52, 2012).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import knapsack, lagrange
from .effort import Effort
from .frame import Bools, Ints
from .lagrange import Floats, Pace
from .packing import Packing, fine_number, loads, narrowed, placed

PACE = Pace(8, stride=0.2, patience=3, least=0.02, most=0.3)
WORTHWHILE = 0.8
"""A node is looked at once more while that leaves at most so many of its arcs."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the problem, the plan [T] so far (−1 open) and its cost, the prices to start from, shares of the arcs."""

    packing: Packing
    plan: Ints
    cost: int
    prices: Ints
    share: Floats


@dataclass(frozen=True, slots=True)
class Verdict:
    """`plan`: one that costs at most the target. If None and `is_proven`, there is none."""

    plan: Ints | None
    is_proven: bool


def decide(packing: Packing, prices: Ints, target: int, effort: Effort, most: int) -> Verdict:
    """Depth first, the likelier branch first, until found, proven or `most` of the effort spent."""
    stop = max(0, effort.left - most)
    plan = np.full(len(packing.free), -1, dtype=np.int64)
    stack = [Node(packing, plan, 0, prices, np.ones(len(packing.arc)))]
    while stack:
        if effort.left <= stop:
            return Verdict(None, False)
        node = ruled(stack.pop(), target, effort)
        if node is not None and not node.packing.free.any():
            return Verdict(node.plan, True)
        if node is not None:
            stack.extend(branches(node))
    return Verdict(None, True)


def ruled(node: Node | None, target: int, effort: Effort) -> Node | None:
    """With everything settled that the target settles; None if no plan of this node costs at most the target."""
    while (node := singles(node)) is not None and node.packing.free.any():
        packing, limit = node.packing, fine_number(target - node.cost, node.packing.bits)
        priced = lagrange.climb(packing, node.prices, effort, PACE, 0, enough=limit)
        if priced.bound > limit:
            return None
        keep = possible(packing, priced.prices, limit, effort)
        if keep is None:
            return None
        node = Node(narrowed(packing, keep), node.plan, node.cost, priced.prices, priced.share[keep])
        if keep.mean() > WORTHWHILE and (counts(node.packing) > 1).any():
            break
    is_dear = node is not None and not node.packing.free.any() and node.cost > target
    return None if is_dear else node


def possible(packing: Packing, prices: Ints, limit: int, effort: Effort) -> Bools | None:
    """Arcs that a plan within the limit can use; None if there is no such plan."""
    effort.spend(2 * packing.effort)
    worth, loss_in, loss_out = knapsack.losses(packing, prices)
    spare = limit - (int(prices[packing.free].sum()) - int(worth.sum()))
    must = np.bincount(packing.task[loss_out > spare], minlength=len(packing.free))
    keep: Bools = (loss_in <= spare) & ((loss_out > spare) | (must[packing.task] == 0))
    return keep if spare >= 0 and (must <= 1).all() else None


def singles(node: Node | None) -> Node | None:
    """Tasks with one arc left are placed; None if a task has none or they do not fit."""
    while node is not None:
        packing, count = node.packing, counts(node.packing)
        if (count[packing.free] == 0).any():
            return None
        arcs = np.flatnonzero(count[packing.task] == 1)
        if not len(arcs):
            return node
        node = with_arcs(node, arcs)
    return None


def with_arcs(node: Node, arcs: Ints) -> Node | None:
    packing, plan, free = node.packing, node.plan.copy(), node.packing.free.copy()
    room = packing.room - loads(packing, arcs)
    if (room < 0).any():
        return None
    plan[packing.task[arcs]], free[packing.task[arcs]] = packing.arc[arcs], False
    left, keep = placed(packing, free, room)
    return Node(left, plan, node.cost + int(packing.cost[arcs].sum()), node.prices, node.share[keep])


def branches(node: Node) -> list[Node]:
    """One for each arc of the task that the mixture is least sure of, the likeliest last (it is taken first)."""
    packing = node.packing
    surest = np.full(len(packing.free), np.inf)
    several = counts(packing) > 1
    surest[several] = 0
    np.maximum.at(surest, packing.task, node.share)
    task = int(surest.argmin())
    arcs = np.flatnonzero(packing.task == task)
    arcs = arcs[np.argsort(node.share[arcs], kind="stable")]
    made = [with_arcs(node, np.array([arc])) for arc in arcs]
    return [branch for branch in made if branch is not None]


def counts(packing: Packing) -> Ints:
    found: Ints = np.bincount(packing.task, minlength=len(packing.free))
    return found
