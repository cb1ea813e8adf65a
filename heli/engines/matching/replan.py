"""A published plan and a problem that has changed: the best new plan that moves as few people as it is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import perf_counter

from . import arcs as pairs
from . import flow, keeping, validate
from .best import proven
from .company import company
from .frame import frame
from .keeping import KEEP, Move, Pairs
from .network import network
from .plan import Plan
from .problem import Id, Problem
from .solve import told


@dataclass(frozen=True, slots=True)
class Replan:
    """`plan` with its proof against the problem as it is now (its gap is the price of keeping), and who moves."""

    plan: Plan
    moves: tuple[Move, ...]


def replan(problem: Problem, before: Pairs, *, pinned: Iterable[Id] = (), keep: int = KEEP) -> Replan:
    """`before`: need → helpers of the published plan. `pinned`: needs that keep exactly the people they have.

    `keep` in points: somebody moves only if the whole gains more than that. Officials are chosen anew.
    """
    began = perf_counter()
    validate.check(problem)
    allowed = pairs.arcs(frame(problem))
    going = company(allowed.frame)
    net = network(allowed, going)
    capacity = keeping.pinned_capacity(net, allowed, before, pinned)
    held = replace(keeping.with_bonus(net, allowed, before, keep), capacity=capacity)
    warm = flow.Warm(held)
    found = warm.solve(capacity)
    best = warm.solve(net.capacity, costs=net)  # for the bound: what would be possible if everybody could move
    made = proven(allowed, going, net, flow.Flow(found.units, best.potentials))
    made = replace(made, seconds=(0.0, perf_counter() - began))
    return Replan(told(made), keeping.moves(before, keeping.chosen(allowed.frame, made.final)))
