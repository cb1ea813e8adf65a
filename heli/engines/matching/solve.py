"""The door: a problem in, a plan out, proven and explained."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from time import perf_counter

import numpy as np

from . import prices, reasons, unserved
from .best import Best, best
from .choice import Choice
from .coverage import coverage
from .frame import Frame
from .plan import Assigned, Certificate, Plan, Reason
from .prices import Prices
from .problem import PARTS, Problem


def solve(problem: Problem, *, cover: bool = False) -> Plan:
    """The best plan. The same problem gives the same plan, whatever the order of its parts.

    `cover` adds the proof of coverage (a second, smaller flow). Raises BadProblem if the problem contradicts itself.
    """
    made = best(problem)
    plan = told(made)
    return replace(plan, coverage=coverage(made)) if cover else plan


def told(made: Best) -> Plan:
    """A choice as a plan: with reasons, prices in words, and the certificate."""
    began = perf_counter()
    frame = made.arcs.frame
    worth = prices.prices(made.network, frame, made.potentials)
    assigned = explained(frame, made.final, worth)
    potentials = tuple(made.potentials.tolist())
    left = unserved.open_needs(made.arcs, made.company, made.final, lost=made.first)
    return Plan(
        assigned=assigned,
        unassigned=left,
        objective=made.objective,
        bound=made.bound,
        gap=(made.objective - made.bound) / max(1, abs(made.bound)),
        optimal=made.objective == made.bound,
        method="flow" if made.final is made.first else "flow and repair",
        prices={helper.id: int(p) for helper, p in zip(frame.helpers, worth.helper, strict=True) if p},
        official_prices={one.id: int(p) for one, p in zip(frame.officials, worth.official, strict=True) if p},
        certificate=Certificate(
            made.network.bits, potentials, digest(made.objective, made.bound, assigned, potentials)
        ),
        seconds=dict(zip(("candidates", "solve", "explain"), (*made.seconds, perf_counter() - began), strict=True)),
    )


def explained(frame: Frame, final: Choice, worth: Prices) -> tuple[Assigned, ...]:
    taken = np.bincount(final.helper, minlength=len(frame.helpers)).tolist()
    rows = zip(final.need.tolist(), final.helper.tolist(), final.official.tolist(), strict=True)
    return tuple(
        assigned(
            frame,
            (need, helper, official),
            reasons.of_pair(
                frame.problem,
                frame.needs[need],
                frame.helpers[helper],
                taken=taken[helper],
                price=int(worth.helper[helper]),
                another=False,
            ),
        )
        for need, helper, official in rows
    )


def assigned(frame: Frame, row: tuple[int, int, int], why: tuple[Reason, ...]) -> Assigned:
    need, helper, official = row
    return Assigned(
        need=frame.needs[need].id,
        helper=frame.helpers[helper].id,
        official=None if official < 0 else frame.officials[official].id,
        score=sum(reason.value for reason in why if reason.term in PARTS),
        reasons=why,
    )


def digest(objective: int, bound: int, assigned: tuple[Assigned, ...], potentials: tuple[int, ...]) -> str:
    """SHA-256 over the plan's figures, pairs and prices."""
    rows = [[one.need, one.helper, one.official, one.score] for one in assigned]
    return sha256(json.dumps([objective, bound, rows, potentials], ensure_ascii=False).encode()).hexdigest()
