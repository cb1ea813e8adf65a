"""Solve the flow by network simplex (LEMON, through pylmcf; only `pylmcf.Graph`, not its link-cut variants)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pylmcf

from .frame import Ints
from .graph import Graph


@dataclass(frozen=True, slots=True)
class Flow:
    """Units on each arc, and a price of each node (LEMON's sign: cost + price[tail] − price[head] ≥ 0 if unused).

    The prices are the canonical ones, the highest with none above 0: they depend on the flow, not on the way to it.
    """

    units: Ints
    potentials: Ints


def solve(graph: Graph) -> Flow:
    if not graph.supply.any():
        return Flow(np.zeros(len(graph.tail), dtype=np.int64), np.zeros(len(graph.supply), dtype=np.int64))
    solver = pylmcf.Graph(len(graph.supply), graph.tail.astype(np.int32), graph.head.astype(np.int32))
    solver.set_node_supply(graph.supply)
    solver.set_edge_costs(graph.scaled)
    solver.set_edge_capacities(graph.capacity)
    solver.solve()
    return Flow(solver.result(), solver.potentials())
