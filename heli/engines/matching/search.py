"""Plan and bound of a generalised assignment: climb, dive, then by turns tear the plan open and ask the tree.

Ends when the plan costs what is proven, or when a counted effort is used up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import knapsack, lagrange, tree
from .dive import dive
from .effort import Effort
from .frame import Bools, Ints
from .lagrange import Pace, Priced
from .packing import Packing, fine_number, loads, narrowed, placed, whole
from .swaps import grid, polished

SEED = 2004
STEPS, AGAIN = 300, Pace(20, patience=5)
"""Steps of the first climb, if they take a third of the effort at most; and of later ones."""
PARTS = (0.2, 0.1, 0.3, 0.05)
"""Shares of the open tasks that a dive places at a time: one dive each, then dives of the first kind."""
NOISE = 0.1
FIRST_TEARS = 16
MANY, MOST_OF = 120, 0.6
"""Tasks that are opened for a dive, and the largest share of all."""
FEW, LEAST = 30, 8
"""Tasks that are opened for the tree at first, and at least."""
A_LEVEL, A_TEAR = 0.15, 0.02
"""Shares of the effort after which the tree gives up a target, and with it the way upwards, or a torn part."""


@dataclass(frozen=True, slots=True)
class Found:
    """`plan` [T]: arc of each task, empty if none was found; `bound`: no plan costs less; `branched`: the tree raised it.

    `priced`: the prices that prove the bound as it was before the tree.
    """

    plan: Ints
    bound: int
    branched: bool
    priced: Priced


def search(packing: Packing, plan: Ints | None, most: int, enough: int | None = None) -> Found:
    """`plan`: one to begin with; `most`: effort, about a microsecond a unit; `enough`: a bound that ends the search."""
    running = Search(packing, most, enough)
    running.begin(plan)
    for turn, part in enumerate(PARTS):
        if not (running.is_over if turn and running.plan is not None else running.is_proven):
            running.dive(part)
    running.tear(FIRST_TEARS)
    running.ask_the_tree()
    running.tear(most)
    best = np.zeros(0, dtype=np.int64) if running.plan is None else running.plan
    return Found(best, running.bound, running.branched, running.priced)


class Search:
    """The best plan and bound so far. Mutable: lives only inside one search."""

    def __init__(self, packing: Packing, most: int, enough: int | None = None) -> None:
        self.packing, self.effort, self.most, self.enough = packing, Effort(most), most, enough
        self.dice, self.grid = np.random.default_rng(SEED), grid(packing)
        prices, self.dearer = lagrange.start(packing)
        self.reach = lagrange.reach(packing, self.dearer)
        climb = Pace(max(FEW, min(STEPS, most // 3 // packing.effort)))
        self.priced = lagrange.climb(packing, prices, self.effort, climb, self.reach)
        self.bound, self.branched = whole(self.priced.bound, packing.bits), False
        worth, self.loss, _ = knapsack.losses(packing, self.priced.prices)
        self.proven = int(self.priced.prices.sum()) - int(worth.sum())
        self.plan: Ints | None = None
        self.cost, self.few = 1 << 62, float(FEW)

    @property
    def is_proven(self) -> bool:
        return self.cost <= self.bound or (self.enough is not None and self.bound >= self.enough)

    @property
    def is_over(self) -> bool:
        return self.is_proven or self.effort.left <= 0

    def begin(self, plan: Ints | None) -> None:
        """As it is: a poor one would take too long to polish."""
        if plan is not None:
            self.plan, self.cost = plan, int(self.packing.cost[plan].sum())

    def keep(self, plan: Ints | None) -> None:
        """Polished, if it is the cheaper; of two equal ones the new, to get about."""
        if plan is not None:
            plan = polished(self.grid, self.packing, plan, self.effort)
            cost = int(self.packing.cost[plan].sum())
            if cost <= self.cost:
                self.plan, self.cost = plan, cost

    def dive(self, part: float) -> None:
        no_noise = np.zeros(len(self.packing.free))
        self.keep(dive(self.packing, self.priced, self.reach, self.effort, part, no_noise))

    def tear(self, times: int) -> None:
        """Open some tasks of the plan and dive for them, and by turns fewer and ask the tree about them."""
        for turn in range(times):
            if self.is_over or self.plan is None:
                return
            if turn % 2:
                self.keep(self.decided(self.plan, self.torn(self.plan, int(self.few))))
            else:
                many = min(MANY, int(np.ceil(MOST_OF * len(self.plan))))
                self.keep(self.dived(self.plan, self.torn(self.plan, many)))

    def torn(self, plan: Ints, many: int) -> Bools:
        """Drawn by lot, rather those that cost much more than with the task's cheapest arc."""
        dear = self.dearer[plan]
        chance = dear + np.median(dear) + 1e-9
        free = np.zeros(len(plan), dtype=np.bool_)
        free[np.argsort(self.dice.exponential(size=len(plan)) / chance, kind="stable")[:many]] = True
        return free

    def dived(self, plan: Ints, free: Bools) -> Ints | None:
        part, target = self.part(plan, free, self.cost)
        limit = fine_number(target, part.bits)
        priced = lagrange.climb(part, self.priced.prices, self.effort, AGAIN, self.reach, enough=limit)
        if priced.bound > limit:
            return None
        noise = NOISE * self.dice.random(len(free))
        found = dive(part, priced, self.reach, self.effort, PARTS[0], noise)
        return None if found is None else np.where(free, found, plan)

    def decided(self, plan: Ints, free: Bools) -> Ints | None:
        """The next time more tasks if the tree could decide, else fewer."""
        part, target = self.part(plan, free, self.cost - 1)
        verdict = tree.decide(part, self.priced.prices, target, self.effort, int(A_TEAR * self.most))
        self.few = min(self.few * 1.05, len(free)) if verdict.is_proven else max(LEAST, self.few * 0.9)
        return None if verdict.plan is None else np.where(free, verdict.plan, plan)

    def part(self, plan: Ints, free: Bools, target: int) -> tuple[Packing, int]:
        """The problem of the open tasks, and what they may cost."""
        stays = plan[~free]
        part, _ = placed(self.core(target), free, self.packing.room - loads(self.packing, stays))
        return part, target - int(self.packing.cost[stays].sum())

    def core(self, target: int) -> Packing:
        """Without the arcs that no plan of at most this cost can use."""
        return narrowed(self.packing, self.loss <= fine_number(target, self.packing.bits) - self.proven)

    def ask_the_tree(self) -> None:
        """Targets from the bound upwards, in growing steps; each answer raises the bound or is a better plan."""
        step = max(1, (self.cost - self.bound) // 8)
        while not self.is_over and self.plan is not None:
            target = min(self.cost - 1, self.bound + step - 1)
            verdict = tree.decide(self.core(target), self.priced.prices, target, self.effort, int(A_LEVEL * self.most))
            if not verdict.is_proven:
                return
            self.keep(verdict.plan)
            if verdict.plan is None:
                self.bound, self.branched, step = target + 1, True, step + step // 2
