"""The same flow by another hand: OR-Tools' cost-scaling `SimpleMinCostFlow`, to check the first. Needs `ortools`."""

from __future__ import annotations

import numpy as np

from .frame import Ints
from .graph import Graph


def solve(graph: Graph, *, with_lots: bool = True) -> Ints:
    """Units on each arc. `with_lots=False` leaves the tie-break out: OR-Tools refuses costs that are too large."""
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        graph.tail, graph.head, graph.capacity, graph.scaled if with_lots else graph.cost
    )
    solver.set_nodes_supplies(np.arange(len(graph.supply)), graph.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"second solver: {status.name}")
    return np.array(solver.flows(np.arange(len(graph.tail))), dtype=np.int64)
