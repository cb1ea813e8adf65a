"""All allowed pairs at once, with their six parts: the fast form of `candidates.bar` and `score.parts`.

Nothing is pruned to a best few: everybody's best few are the same popular people, and the cut would leave needs
without anybody (measured in the design: the best 10 of 40 serve 82 %).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from .frame import Bools, Frame, Ints
from .problem import Id, Need

CELLS = 1 << 24
"""Demands × helpers looked at in one piece: 16 MiB of yes and no."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """The allowed pairs, sorted by need, then helper (positions in the frame). `score`: points [E]."""

    frame: Frame
    need: Ints
    helper: Ints
    score: Ints

    @property
    def keys(self) -> Ints:
        """need × H + helper: one number for a pair, rising."""
        return self.need * max(1, len(self.frame.helpers)) + self.helper


def arcs(frame: Frame) -> Arcs:
    keys = without_barred(frame, with_named(frame, open_pairs(frame)))
    need, helper = np.divmod(keys, max(1, len(frame.helpers)))
    return Arcs(frame, need, helper, scores(frame, need, helper, keys))


def open_pairs(frame: Frame) -> Ints:
    """Pairs that pass the rules which do not depend on the single household: duty, skill, area, free place."""
    size = max(1, len(frame.helpers))
    demand = (frame.skill_of * max(1, len(frame.reach)) + frame.region_of) * 2 + frame.third_party
    rows, row_of = np.unique(demand, return_inverse=True)
    counts, people = able(frame, rows)
    starts = np.cumsum(counts) - counts
    many = counts[row_of]
    place = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many - starts[row_of], many)
    keys: Ints = np.repeat(np.arange(len(demand)) * size, many) + people[place]
    return keys


def able(frame: Frame, demands: Ints) -> tuple[Ints, Ints]:
    """For each distinct demand how many people meet it, and all of them one demand after the other."""
    counts, people = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    step = max(1, CELLS // max(1, len(frame.helpers)))
    for start in range(0, len(demands), step):
        skill_and_region, third_party = np.divmod(demands[start : start + step], 2)
        skill, region = np.divmod(skill_and_region, max(1, len(frame.reach)))
        allowed = frame.skilled[skill] & frame.reach[region] & frame.free
        on_duty = third_party.astype(np.bool_)
        allowed[on_duty] &= ~frame.staff
        counts.append(np.count_nonzero(allowed, axis=1))
        people.append(np.nonzero(allowed)[1])
    return np.concatenate(counts), np.concatenate(people)


def without_barred(frame: Frame, keys: Ints) -> Ints:
    """Take out what the household refused and what is barred."""
    barred = positions(frame, keys, lambda need: (*need.refuse, *(bar.helper for bar in need.exclude)))
    return np.delete(keys, barred)


def with_named(frame: Frame, keys: Ints) -> Ints:
    """Put in who was asked for by name and failed only for the area, or for being on duty."""
    named = listed(frame, lambda need: need.named)
    trusted = listed(frame, lambda need: need.trusted)
    need, helper = np.divmod(named, max(1, len(frame.helpers)))
    on_duty = frame.staff[helper] & frame.third_party[need] & ~np.isin(named, trusted)
    may = frame.skilled[frame.skill_of[need], helper] & frame.free[helper] & ~on_duty
    new = np.unique(named[may & ~stand(keys, named)[1]])
    return np.insert(keys, np.searchsorted(keys, new), new)


def scores(frame: Frame, need: Ints, helper: Ints, keys: Ints) -> Ints:
    weights = frame.problem.weights
    score: Ints = (weights.skill * frame.credit // 100)[frame.skill_of[need], helper]
    score += (weights.place * np.arange(101) // 100)[frame.near[frame.region_of[need], helper]]
    share = weights.features * frame.met // np.maximum(1, frame.known)[:, None]
    score += share[frame.feature_of[need], helper]
    extras: tuple[tuple[int, Callable[[Need], Iterable[Id]]], ...] = (
        (weights.trust, lambda need: need.trusted),
        (weights.continuity, lambda need: () if need.current is None else (need.current,)),
        (weights.preference, lambda need: need.prefer),
    )
    for points, chosen in extras:
        score[positions(frame, keys, chosen)] += points
    return score


def positions(frame: Frame, keys: Ints, chosen: Callable[[Need], Iterable[Id]]) -> Ints:
    """Where in `keys` the pairs (need, helper in `chosen(need)`) stand; those that do not stand there are left out."""
    at, found = stand(keys, listed(frame, chosen))
    return np.unique(at[found])


def stand(keys: Ints, wanted: Ints) -> tuple[Ints, Bools]:
    """Where each of `wanted` stands in the sorted `keys` or would stand, and whether it does."""
    at = np.searchsorted(keys, wanted)
    found = at < len(keys)
    found[found] = keys[at[found]] == wanted[found]
    return at, found


def listed(frame: Frame, chosen: Callable[[Need], Iterable[Id]]) -> Ints:
    """The keys of the pairs (need, helper in `chosen(need)`), of needs that name somebody."""
    return keys_of(frame, ((at, chosen(frame.needs[at])) for at in frame.naming))


def keys_of(frame: Frame, rows: Iterable[tuple[int, Iterable[Id]]]) -> Ints:
    """Keys of pairs given as (position of the need, helpers); helpers who are not listed are left out."""
    size, at_of = len(frame.helpers), frame.helper_at
    return np.array([at * size + at_of[one] for at, people in rows for one in people if one in at_of], dtype=np.int64)


def joined(rows: list[Ints]) -> Ints:
    return np.concatenate(rows) if rows else np.array([], dtype=np.int64)
