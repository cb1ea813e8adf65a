"""Proof without the solver: node prices give a bound that holds for every plan (linear programming duality).

Any prices p of the nodes give one, see `bound`. If a plan costs exactly the bound, it is best, whoever found it and
whoever found the prices. One pass over the arrays, whole numbers only.
Source: Ahuja, Magnanti, Orlin: Network Flows (1993), chapter 9.
"""

from __future__ import annotations

import numpy as np

from .frame import Ints
from .graph import Graph


def bound(graph: Graph, potentials: Ints) -> int:
    """What every flow costs at least, tie-break included.

    With the reduced cost r = cost + p[tail] − p[head] of each arc, Σ cost·f = Σ r·f − Σ p·supply for every flow f
    (what leaves a node minus what enters it is its supply), and Σ r·f is at least Σ min(0, r)·capacity.
    """
    reduced = graph.scaled + potentials[graph.tail] - potentials[graph.head]
    full = np.flatnonzero((reduced < 0) & (graph.capacity > 0))
    fixed = np.flatnonzero(graph.supply)
    return dot(reduced[full], graph.capacity[full]) - dot(potentials[fixed], graph.supply[fixed])


def plain_bound(graph: Graph, potentials: Ints) -> int:
    """What every plan costs at least, in points. A plan's tie-break part is below `scale`, so cut it off."""
    return bound(graph, potentials) // graph.scale - graph.constant


def cost(graph: Graph, units: Ints) -> int:
    """The plan's price in points, without the tie-break part."""
    used = np.flatnonzero(units)
    return dot(graph.cost[used], units[used]) - graph.constant


def is_flow(graph: Graph, units: Ints) -> bool:
    """Whether every arc is within its capacity and every node passes on what it gets."""
    balance = np.zeros(len(graph.supply), dtype=np.int64)
    np.add.at(balance, graph.tail, units)
    np.subtract.at(balance, graph.head, units)
    within = (units >= 0) & (units <= graph.capacity)
    return bool(within.all() and (balance == graph.supply).all())


def dot(one: Ints, other: Ints) -> int:
    """Exact: 64 bits are not enough for the sum."""
    return sum(a * b for a, b in zip(one.tolist(), other.tolist(), strict=True))
