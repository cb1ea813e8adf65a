"""The best bound that prices of tasks can prove: each agent takes what pays, whoever else takes it too.

With a price for each task that must be done, the agents fall apart into knapsacks; Σ prices − Σ their best profits is
below the cost of every full assignment. The prices rise where nobody takes a task and fall where several do.
Source: Fisher: The Lagrangian relaxation method, Management Science 27 (1981).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .frame import Bools, Ints

FINE, PATIENCE, REACH, FAR, WIDEST = 64, 10, 20, 1 << 60, 4_000
"""Prices are whole 64ths, so that the bound is exact."""


@dataclass(frozen=True, slots=True)
class Step:
    """`bound`: no full assignment costs less. `prices` [T] in 64ths; `wanted` [A, T]: who would take what."""

    bound: int
    prices: Ints
    wanted: Bools


def steps(
    cost: Ints, size: Ints, capacity: Ints, first: Ints, target: Callable[[], int], rounds: int
) -> Iterator[Step]:
    """Subgradient rounds, each with its own true bound; `first`: prices to begin with;
    `target`: what the best known assignment costs by now.

    The direction remembers half of the one before, so that prices do not swing (Camerini, Fratta, Maffioli 1975).
    """
    small, room = coarse(size, capacity)
    fits = size <= capacity[:, None]
    dear = np.where(fits, cost * FINE, FAR)
    at = prices = first
    best, pace, bad, before = -FAR, 1.0, 0, np.zeros(cost.shape[1])
    for _ in range(rounds):
        bags = filled(np.where(fits, at[None, :] - dear, 0), small, room)
        total = int(at.sum() - bags.value.sum())
        yield Step(-(-total // FINE), at, bags.taken)
        if total > best:
            best, prices, bad = total, at, 0
        else:
            bad += 1
        if bad >= PATIENCE:
            pace, bad, at, before = pace / 2, 0, prices, before * 0
            if pace < 0.002:
                return
            continue
        lack = 1.0 - bags.taken.sum(axis=0)
        if not lack.any():
            return
        before = lack + (0.5 if float(before @ lack) >= 0 else 0.0) * before
        goal = target() * FINE
        ahead = max(FINE, min(goal - total, abs(goal) // REACH))
        at = at + np.round(pace * ahead / float(before @ before) * before).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Bags:
    """Per agent: `value` [A], the most its knapsack can bring; `taken` [A, T], the tasks that bring it."""

    value: Ints
    taken: Bools


def filled(profit: Ints, size: Ints, capacity: Ints) -> Bags:
    """One 0-1 knapsack an agent, all at once, by tables of capacities over the tasks that bring something.

    Source: Kellerer, Pferschy, Pisinger: Knapsack Problems (2004), chapter 2. profit, size: [A, T]; capacity: [A].
    """
    agents, _ = profit.shape
    able = (profit > 0) & (size <= capacity[:, None])
    longest = int(able.sum(axis=1).max(initial=0))
    order = np.argsort(~able, axis=1, kind="stable")[:, :longest]
    gain = np.where(np.take_along_axis(able, order, 1), np.take_along_axis(profit, order, 1), 0)
    need = np.where(gain > 0, np.take_along_axis(size, order, 1), 0)
    room = np.arange(int(capacity.max(initial=0)) + 1)
    value = np.zeros((agents, len(room)), dtype=np.int64)
    taken = np.zeros((longest, agents, len(room)), dtype=np.bool_)
    for item in range(longest):
        left = room[None, :] - need[:, item, None]
        other = np.take_along_axis(value, np.maximum(left, 0), 1) + gain[:, item, None]
        taken[item] = (left >= 0) & (other > value)
        value = np.where(taken[item], other, value)
    return Bags(value[np.arange(agents), capacity], _walked_back(taken, need, order, capacity, profit.shape))


def _walked_back(taken: Bools, need: Ints, order: Ints, capacity: Ints, shape: tuple[int, int]) -> Bools:
    chosen = np.zeros(shape, dtype=np.bool_)
    at, room = np.arange(shape[0]), capacity.copy()
    for item in range(len(taken) - 1, -1, -1):
        mine = taken[item, at, room]
        chosen[at[mine], order[mine, item]] = True
        room -= np.where(mine, need[:, item], 0)
    return chosen


def coarse(size: Ints, capacity: Ints) -> tuple[Ints, Ints]:
    """Sizes and capacities in units small enough for a table; cut down, so that the value is still a bound."""
    unit = max(1, -(-int(capacity.max(initial=0)) // WIDEST))
    return size // unit, capacity // unit
