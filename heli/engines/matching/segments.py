"""Building arcs layer by layer: columns of one length, constants spread out, order kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .frame import Ints
from .problem import Helper, Official, Weights


@dataclass(frozen=True, slots=True)
class Segment:
    """Arcs between two layers, sorted. Arrays of one length; `pair`, `company` as in `Network`."""

    tail: Ints
    head: Ints
    cost: Ints
    capacity: Ints
    tie: Ints
    pair: Ints
    company: Ints


def segment(
    tail: Ints,
    head: Ints,
    cost: Ints | int,
    capacity: Ints | int,
    *,
    tie: Ints | int = 0,
    pair: Ints | int = -1,
    company: Ints | int = -1,
) -> Segment:
    size = len(tail)
    tail, head, *others = (
        np.broadcast_to(np.asarray(column, dtype=np.int64), (size,))
        for column in (tail, head, cost, capacity, tie, pair, company)
    )
    return Segment(tail, head, *others)


def merged(segments: list[Segment]) -> Segment:
    return Segment(*(np.concatenate([getattr(one, name) for one in segments]) for name in Segment.__dataclass_fields__))


def behind(first: Segment, second: Segment) -> Segment:
    """Each arc of `second` put behind the arcs of `first` with the same tail: sorted without sorting."""
    at = np.searchsorted(first.tail, second.tail, side="right")
    return Segment(
        *(np.insert(getattr(first, name), at, getattr(second, name)) for name in Segment.__dataclass_fields__)
    )


def steps(weights: Weights, people: tuple[Helper | Official, ...]) -> tuple[Ints, Ints, Ints]:
    """Three arcs per person, dearer as the load grows: who (position), cost, capacity."""
    rooms = [weights.steps(person.capacity, person.load) for person in people]
    return (
        np.repeat(np.arange(len(people)), 3),
        np.tile(np.array(weights.fairness, dtype=np.int64), len(people)),
        np.array(rooms, dtype=np.int64).reshape(-1),
    )
