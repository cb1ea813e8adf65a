"""What one more place of somebody would be worth to the whole plan, in points.

It is the way from the person's node to the sink in the flow's prices. Of it, `fairness` is what the next household
costs because of the load, `scarcity` the rest: other needs want this person too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .frame import Frame, Ints
from .network import Network
from .problem import Helper, Weights


@dataclass(frozen=True, slots=True)
class Prices:
    """Per helper and per official (positions in the frame): points, 0 or above."""

    helper: Ints
    official: Ints


def prices(network: Network, frame: Frame, potentials: Ints) -> Prices:
    helpers = np.arange(network.helper_node, network.sink)
    officials = np.arange(network.official_node, network.official_node + len(frame.officials))
    return Prices(
        points(potentials[network.sink] - potentials[helpers], network.scale),
        points(potentials[officials] - potentials[0], network.scale),
    )


def points(scaled: Ints, scale: int) -> Ints:
    """Rounded to whole points: the tie-break part is dropped."""
    return np.maximum(0, (scaled + scale // 2) // scale)


def step_cost(weights: Weights, helper: Helper, taken: int, *, another: bool) -> int:
    """Fairness points of the last household taken, or of another one on top (the last step's if full)."""
    costs = step_costs(weights, helper.capacity, helper.load)
    wanted = min(taken + another, len(costs))
    return costs[wanted - 1] if wanted > 0 else 0


@lru_cache(maxsize=1 << 12)
def step_costs(weights: Weights, capacity: int, load: int) -> tuple[int, ...]:
    """Fairness points of each further household, one after the other."""
    rooms = weights.steps(capacity, load)
    return tuple(cost for room, cost in zip(rooms, weights.fairness, strict=True) for _ in range(room))
