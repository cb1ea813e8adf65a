"""Keeping people where they are: the arcs that a published plan uses, a bonus for them, and pins that hold.

Without a bonus a plan made anew moves two thirds of a province for nothing (measured in the design): there are very
many plans of nearly the same worth. The bonus is a price in points for every pair that is not kept, so that somebody
moves only where the whole gains more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from .arcs import Arcs, keys_of, stand
from .choice import Choice
from .errors import BadProblem
from .frame import Bools, Frame, Ints
from .network import Network
from .plan import Plan
from .problem import Id, order

KEEP = 40
"""Points: what a move must bring at least."""

Pairs = Mapping[Id, tuple[Id, ...]]
"""Need → the helpers it has."""


@dataclass(frozen=True, slots=True)
class Move:
    """One need whose people change: `gone` leave it, `come` take it; either may be empty."""

    need: Id
    gone: tuple[Id, ...]
    come: tuple[Id, ...]


def pairs_of(plan: Plan) -> Pairs:
    found: dict[Id, tuple[Id, ...]] = {}
    for one in plan.assigned:
        found[one.need] = (*found.get(one.need, ()), one.helper)
    return found


def chosen(frame: Frame, made: Choice) -> Pairs:
    found: dict[Id, tuple[Id, ...]] = {}
    for need, helper in zip(made.need.tolist(), made.helper.tolist(), strict=True):
        key = frame.needs[need].id
        found[key] = (*found.get(key, ()), frame.helpers[helper].id)
    return found


def moves(before: Pairs, after: Pairs) -> tuple[Move, ...]:
    """Who would have to be told, need by need, in the order of ids."""
    found = []
    for need in sorted(before.keys() | after.keys(), key=order):
        old, new = before.get(need, ()), after.get(need, ())
        gone = tuple(one for one in old if one not in new)
        come = tuple(one for one in new if one not in old)
        if gone or come:
            found.append(Move(need, gone, come))
    return tuple(found)


def with_bonus(net: Network, arcs: Arcs, before: Pairs, keep: int) -> Network:
    """The same network; a pair that is not of `before` costs `keep` points more."""
    new = (net.pair >= 0) & ~kept_arcs(net, arcs, before)
    return replace(net, cost=net.cost + keep * new)


def pinned_capacity(net: Network, arcs: Arcs, before: Pairs, pinned: Iterable[Id]) -> Ints:
    """Capacities under which a pinned need has exactly the people it has; BadProblem where a rule forbids one."""
    held = frozenset(pinned)
    mine = np.array([need.id in held for need in arcs.frame.needs], dtype=np.bool_)
    kept = kept_arcs(net, arcs, {need: before.get(need, ()) for need in held})
    check_allowed(arcs, before, held)
    of_pinned = np.zeros(len(net.tail), dtype=np.bool_)
    is_pair = net.pair >= 0
    of_pinned[is_pair] = mine[arcs.need[net.pair[is_pair]]]
    return np.where(of_pinned & ~kept, 0, net.capacity)


def check_allowed(arcs: Arcs, before: Pairs, held: frozenset[Id]) -> None:
    known = arcs.keys
    need_at = {need.id: at for at, need in enumerate(arcs.frame.needs)}
    for need in sorted(held, key=order):
        people = before.get(need, ())
        wanted = keys_of(arcs.frame, [(need_at[need], people)] if need in need_at else ())
        if len(wanted) < len(people) or not stand(known, wanted)[1].all():
            raise BadProblem(
                "pin_not_allowed",
                f"需求 {need} 定下的人现在不能派（规则已变），请先松开。",
                f"Need {need}: a rule now forbids the person it is pinned to; release it first.",
            )


def kept_arcs(net: Network, arcs: Arcs, before: Pairs) -> Bools:
    needs = enumerate(arcs.frame.needs)
    at, found = stand(arcs.keys, keys_of(arcs.frame, ((at, before.get(need.id, ())) for at, need in needs)))
    kept: Bools = np.isin(net.pair, at[found])
    return kept
