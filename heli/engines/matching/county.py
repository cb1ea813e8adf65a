"""One county solved by itself, and what its neighbours need to know of it.

The prices of a county are told in whole points against the sink, so that the prices of all counties fit together: a
pair that crosses a border can be judged by `worth` of the need and `price` of the helper.
"""

from __future__ import annotations

import resource
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from . import certificate
from .best import Best, best
from .frame import Ints
from .network import Network
from .problem import Helper, Id, Problem

Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Seat:
    """A need at the border as its county left it: who has it, how many households of this plan that person has, and
    what the place is worth in points (0 or below, as the flow counts)."""

    helper: Helper | None
    taken: int
    worth: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A helper at the border as the county left them: households taken, and the price of one more place."""

    taken: int
    price: int


@dataclass(frozen=True, slots=True)
class County:
    """Arrays over the needs in the order of their ids, first places only: position of the helper and of the official
    in the order of theirs, −1 for none. `cpu` in seconds; `peak_kib`: most memory of the process so far."""

    code: str
    helper: Positions
    official: Positions
    objective: int
    bound: int
    served: int
    seats: Mapping[Id, Seat]
    desks: Mapping[Id, Desk]
    cpu: float
    peak_kib: int


def solved(code: str, problem: Problem, needs: Set[Id], helpers: Set[Id]) -> County:
    """The county's best choice; `needs` and `helpers` are those at the border."""
    made = best(problem)
    points = whole_points(made.network, made.potentials)
    official: Positions = np.full(len(made.arcs.frame.needs), -1, dtype=np.int32)
    official[made.final.need] = made.final.official
    taken = np.bincount(made.final.helper, minlength=len(made.arcs.frame.helpers)).tolist()
    return County(
        code,
        first_helper(made),
        official,
        made.objective,
        plain_bound(made.network, points),
        len(made.final.need),
        seats(made, points, taken, needs),
        desks(made, points, taken, helpers),
        0.0,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    )


def first_helper(made: Best) -> Positions:
    helper: Positions = np.full(len(made.arcs.frame.needs), -1, dtype=np.int32)
    helper[made.final.need[::-1]] = made.final.helper[::-1]
    return helper


def whole_points(net: Network, potentials: Ints) -> Ints:
    """Prices in points against the sink, without the tie-break part. Who takes nobody has no price: that keeps the
    proof whole, and a neighbour sees that they are free."""
    against = potentials - potentials[net.sink]
    points: Ints = (against + net.scale // 2) // net.scale
    points[net.helper_node : net.sink] = np.minimum(0, points[net.helper_node : net.sink])
    return points


def plain_bound(net: Network, points: Ints) -> int:
    """What every plan of the county costs at least, proven by the prices in points alone."""
    return certificate.bound(replace(net, tie=np.zeros_like(net.tie), scale=1), points) - net.constant


def seats(made: Best, points: Ints, taken: list[int], wanted: Set[Id]) -> dict[Id, Seat]:
    frame, helper_of = made.arcs.frame, first_helper(made).tolist()
    found = {}
    for at, need in enumerate(frame.needs):
        if need.id in wanted:
            one = helper_of[at]
            worth = int(points[made.network.need_node + at])
            found[need.id] = Seat(frame.helpers[one], taken[one], worth) if one >= 0 else Seat(None, 0, worth)
    return found


def desks(made: Best, points: Ints, taken: list[int], wanted: Set[Id]) -> dict[Id, Desk]:
    frame, first = made.arcs.frame, made.network.helper_node
    return {
        helper.id: Desk(taken[at], -int(points[first + at]))
        for at, helper in enumerate(frame.helpers)
        if helper.id in wanted
    }
