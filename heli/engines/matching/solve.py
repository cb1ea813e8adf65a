"""The door: a problem in, a plan out, proven and explained.

candidates and scores → flow → repair where a helper and an official may not go together → reasons.
"""

from __future__ import annotations

import json
from hashlib import sha256
from time import perf_counter

import numpy as np

from . import arcs as pairs
from . import certificate, choice, flow, prices, reasons, repair, unserved, validate
from .arcs import Arcs
from .choice import Choice
from .company import Company, company
from .frame import Frame, frame
from .network import Network, network
from .plan import Assigned, Certificate, Plan, Reason
from .prices import Prices
from .problem import PARTS, Problem


def solve(problem: Problem) -> Plan:
    """The best plan. The same problem gives the same plan, whatever the order of its parts.

    Raises BadProblem if the problem contradicts itself.
    """
    marks = [perf_counter()]
    validate.check(problem)
    allowed = pairs.arcs(frame(problem))
    going = company(allowed.frame)
    marks.append(perf_counter())
    net = network(allowed, going)
    best = flow.solve(net)
    first = choice.of_flow(net, allowed, going, best.units)
    final = repair.repair(allowed, going, first)
    marks.append(perf_counter())
    bound = certificate.plain_bound(net, best.potentials)
    objective = price(net, allowed, going, final)
    worth = prices.prices(net, allowed.frame, best.potentials)
    assigned = explained(allowed.frame, final, worth)
    potentials = tuple(best.potentials.tolist())
    left = unserved.open_needs(allowed, going, final, lost=first)
    marks.append(perf_counter())
    return Plan(
        assigned=assigned,
        unassigned=left,
        objective=objective,
        bound=bound,
        gap=(objective - bound) / max(1, abs(bound)),
        optimal=objective == bound,
        method="flow" if final is first else "flow and repair",
        prices={helper.id: int(p) for helper, p in zip(allowed.frame.helpers, worth.helper, strict=True) if p},
        official_prices={one.id: int(p) for one, p in zip(allowed.frame.officials, worth.official, strict=True) if p},
        certificate=Certificate(net.bits, potentials, digest(objective, bound, assigned, potentials)),
        seconds=dict(zip(("candidates", "solve", "explain"), np.diff(marks).tolist(), strict=True)),
    )


def price(net: Network, allowed: Arcs, going: Company, final: Choice) -> int:
    """What a choice costs, worked out from the choice and not from the solver."""
    units = choice.units(net, allowed, going, final)
    if units is None or not certificate.is_flow(net, units):
        raise ArithmeticError("the plan breaks a hard rule")  # a fault of ours, never of the input
    return certificate.cost(net, units)


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
