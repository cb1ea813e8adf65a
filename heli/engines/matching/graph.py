"""A min-cost-flow problem as plain arrays: what the solvers and the certificate need, whatever it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from .frame import Ints


@dataclass(frozen=True, slots=True)
class Graph:
    """Arcs sorted by tail, then head, then cost; all arrays int64, costs 0 or above.

    `cost` in points, `tie` the tie-break part; `scale` is above the sum of all `tie` that a plan can use, so that
    cost × scale + tie never prefers a dearer plan. `bits`: size of one tie-break number. `supply` per node, 0 in sum.
    `constant`: what the cost of any flow has too much.
    """

    tail: Ints
    head: Ints
    cost: Ints
    tie: Ints
    capacity: Ints
    supply: Ints
    scale: int
    bits: int
    constant: int

    @property
    def scaled(self) -> Ints:
        """What the solver minimises."""
        return self.cost * self.scale + self.tie
