"""Proof that nobody is left out for the sake of a better match: the same problem with penalties only.

The plan trades a little suitability for fairness and so on; a second flow that knows nothing but the penalties of needs
left out says how many can be served at all, and its prices prove it. Where the plan's penalty equals the proven bound, no
plan leaves out less.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from . import certificate, choice, flow
from .best import Best
from .choice import Choice
from .frame import Frame, Ints
from .network import Network, demand_of
from .plan import Coverage


def coverage(made: Best) -> Coverage:
    """What the plan leaves out against the least that any plan must."""
    bare = penalties_only(made.network, made.arcs.frame)
    found = flow.solve(bare)
    widest = choice.of_flow(bare, made.arcs, made.company, found.units)
    frame = made.arcs.frame
    return Coverage(
        open=left_out(frame, made.final),
        least=left_out(frame, widest),
        penalty=penalty(frame, made.final),
        bound=certificate.plain_bound(bare, found.potentials),
        potentials=tuple(found.potentials.tolist()),
    )


def proven_bound(net: Network, frame: Frame, potentials: tuple[int, ...]) -> int | None:
    """The least penalty that these prices prove, whoever found them."""
    bare = penalties_only(net, frame)
    if len(potentials) != len(bare.supply):
        return None
    return certificate.plain_bound(bare, np.array(potentials, dtype=np.int64))


def penalties_only(net: Network, frame: Frame) -> Network:
    """The same arcs; nothing costs but what is left out."""
    demand = demand_of(frame)
    cost = np.zeros_like(net.cost)
    at_need = (net.head == net.sink) & (net.tail >= net.need_node) & (net.tail < net.helper_node)
    cost[at_need] = demand.penalty[net.tail[at_need] - net.need_node]
    entry = (net.tail > 0) & (net.tail < net.need_node) & (net.head >= net.need_node)
    cost[entry] = demand.top - demand.penalty[net.head[entry] - net.need_node]
    cost[(net.tail == 0) & (net.head == net.sink)] = demand.top
    return replace(net, cost=cost, constant=int((demand.top - demand.penalty[demand.team]).sum()))


def left_out(frame: Frame, made: Choice) -> tuple[tuple[int, int], ...]:
    missing = missing_places(frame, made)
    found: Counter[int] = Counter()
    for need, places in zip(frame.needs, missing.tolist(), strict=True):
        found[need.urgency] += places
    return tuple((urgency, places) for urgency, places in sorted(found.items(), reverse=True) if places)


def penalty(frame: Frame, made: Choice) -> int:
    weights = frame.problem.weights
    missing = missing_places(frame, made).tolist()
    return sum(
        weights.penalty(need.urgency) * places for need, places in zip(frame.needs, missing, strict=True) if places
    )


def missing_places(frame: Frame, made: Choice) -> Ints:
    slots = np.array([need.slots for need in frame.needs], dtype=np.int64)
    return slots - np.bincount(made.need, minlength=len(frame.needs))
