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
    return Warm(graph).solve(graph.capacity)


class Warm:
    """A graph kept in the solver: after a small change of capacities it goes on from where the last solving ended.

    Measured at 10,000 needs: one helper away 0.12 times a cold solving, one pair barred 0.03 times.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.solver = pylmcf.Graph(len(graph.supply), graph.tail.astype(np.int32), graph.head.astype(np.int32))
        self.solver.set_warm_repair("primal")
        self.solver.set_node_supply(graph.supply)
        self.solver.set_edge_costs(graph.scaled)

    def solve(self, capacity: Ints, *, costs: Graph | None = None) -> Flow:
        """`costs`: another graph of the same shape, whose costs count from now on."""
        if costs is not None:
            self.solver.set_edge_costs(costs.scaled)
        if not self.graph.supply.any():
            return Flow(np.zeros_like(self.graph.tail), np.zeros_like(self.graph.supply))
        self.solver.set_edge_capacities(capacity)
        self.solver.solve()
        return Flow(self.solver.result(), self.solver.potentials())
