"""Helper–official exclusions: the one thing a flow cannot say. Mend the best flow so that no such pair remains.

Two flows in turn, each exact for its half. Officials: helpers are held, visits are given to officials again without
the excluded pairs. Helpers: officials are held, helpers are given again. A need that lost its official in the first
half gets one that has room, so that the second half can find it a helper. What is still left out is placed by chains
of moves through both halves (`ejection`), and the halves are polished once more. Each step keeps whom it has and never
makes the plan dearer. The distance to the bound of the flow without exclusions is stated with the plan.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from . import choice, ejection, flow
from .arcs import Arcs
from .choice import Choice
from .company import Company
from .frame import Bools, Frame, Ints
from .network import network

ROUNDS = 4


def repair(arcs: Arcs, company: Company, first: Choice) -> Choice:
    """`first` itself if no excluded pair goes together, else a choice without any."""
    barred = barred_pairs(arcs.frame)
    if not violations(arcs.frame, barred, first).any():
        return first
    best = held_helpers(arcs, company, barred, first)
    for turn in range(ROUNDS):
        offered = lend_officials(arcs.frame, company, best, lost_needs(first, best), turn)
        best = polished(arcs, company, barred, offered)
        if not len(lost_needs(first, best)):
            return best
    best = ejection.place_lost(arcs, company, barred, best, lost_needs(first, best))
    return polished(arcs, company, barred, officials_of(arcs.frame, best))


def lost_needs(first: Choice, made: Choice) -> Ints:
    return np.setdiff1d(first.need, made.need)


def polished(arcs: Arcs, company: Company, barred: Ints, offered: Ints) -> Choice:
    """Both halves once, helpers first."""
    return held_helpers(arcs, company, barred, held_officials(arcs, company, barred, offered))


def barred_pairs(frame: Frame) -> Ints:
    """helper × officials + official, sorted: those named, and nobody goes along with themselves."""
    width = max(1, len(frame.officials))
    named = [
        frame.helper_at[helper] * width + frame.official_at[official]
        for helper, official in frame.problem.pair_exclude
        if helper in frame.helper_at and official in frame.official_at
    ]
    selves = [at * width + frame.official_at[one] for one, at in frame.helper_at.items() if one in frame.official_at]
    return np.unique(np.array(named + selves, dtype=np.int64))


def excluded(frame: Frame, barred: Ints, helper: Ints, official: Ints) -> Bools:
    return (official >= 0) & np.isin(helper * max(1, len(frame.officials)) + official, barred)


def violations(frame: Frame, barred: Ints, made: Choice) -> Bools:
    return excluded(frame, barred, made.helper, made.official)


def held_helpers(arcs: Arcs, company: Company, barred: Ints, made: Choice) -> Choice:
    """Give visits to officials again; every need keeps its helper or is left open."""
    frame = arcs.frame
    helper_of = np.full(len(frame.needs), -1, dtype=np.int64)
    helper_of[made.need] = made.helper
    helper = helper_of[company.need]
    may = (helper >= 0) & ~excluded(frame, barred, helper, company.official)
    held = np.isin(arcs.keys, made.need * len(frame.helpers) + made.helper)
    return solved(subset(arcs, held), part(company, may))


def held_officials(arcs: Arcs, company: Company, barred: Ints, offered: Ints) -> Choice:
    """Give helpers again; `offered` [needs] is the official of each need, −1 for none."""
    official = offered[arcs.need]
    may = ~excluded(arcs.frame, barred, arcs.helper, official)
    return solved(subset(arcs, may), part(company, offered[company.need] == company.official))


def lend_officials(frame: Frame, company: Company, made: Choice, lost: Ints, turn: int) -> Ints:
    """The officials as chosen, and for each lost need one with room, another one in each round."""
    offered = officials_of(frame, made)
    room = np.array([official.free for official in frame.officials], dtype=np.int64)
    room -= np.bincount(made.official[made.official >= 0], minlength=len(room))
    for need in lost.tolist():
        able = [one for one in company.official[company.need == need].tolist() if room[one] > 0]
        if able:
            offered[need] = able[turn % len(able)]
            room[offered[need]] -= 1
    return offered


def officials_of(frame: Frame, made: Choice) -> Ints:
    """The official of each need, −1 for none."""
    offered = np.full(len(frame.needs), -1, dtype=np.int64)
    offered[made.need] = made.official
    return offered


def subset(arcs: Arcs, keep: Bools) -> Arcs:
    return replace(arcs, need=arcs.need[keep], helper=arcs.helper[keep], score=arcs.score[keep])


def part(company: Company, keep: Bools) -> Company:
    return Company(company.official[keep], company.need[keep])


def solved(arcs: Arcs, company: Company) -> Choice:
    net = network(arcs, company)
    return choice.of_flow(net, arcs, company, flow.solve(net).units)
