"""Check a stored plan against its problem without the solver: hard rules, price, bound, digest, reasons."""

from __future__ import annotations

import numpy as np

from . import arcs as pairs
from . import certificate, choice, coverage, repair
from .arcs import Arcs
from .choice import Choice
from .company import company
from .frame import Frame, frame
from .network import Network, network
from .plan import Coverage, Plan
from .problem import PARTS, Problem
from .solve import digest


def verify(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """What is wrong with the plan, as codes; empty if everything holds."""
    allowed = pairs.arcs(frame(problem))
    going = company(allowed.frame)
    net = network(allowed, going)
    made = choice_of(allowed, plan)
    units = None if made is None else choice.units(net, allowed, going, made)
    checks = {
        "digest": plan.certificate.digest
        == digest(plan.objective, plan.bound, plan.assigned, plan.certificate.potentials),
        "hard_rule": units is not None and certificate.is_flow(net, units),
        "pair": made is not None
        and not repair.violations(allowed.frame, repair.barred_pairs(allowed.frame), made).any(),
        "objective": units is not None and certificate.cost(net, units) == plan.objective,
        "bound": proven(net, plan) == plan.bound,
        "optimal": plan.optimal == (plan.objective == plan.bound),
        "gap": plan.gap == (plan.objective - plan.bound) / max(1, abs(plan.bound)),
        "coverage": plan.coverage is None or covered(net, allowed.frame, made, plan.coverage),
        "score": all(one.score == sum(r.value for r in one.reasons if r.term in PARTS) for one in plan.assigned),
    }
    return tuple(code for code, holds in checks.items() if not holds)


def choice_of(allowed: Arcs, plan: Plan) -> Choice | None:
    """The plan's pairs as positions, sorted; None if it names somebody unknown."""
    need_at = {need.id: at for at, need in enumerate(allowed.frame.needs)}
    try:
        rows = sorted(
            (
                need_at[one.need],
                allowed.frame.helper_at[one.helper],
                -1 if one.official is None else allowed.frame.official_at[one.official],
            )
            for one in plan.assigned
        )
    except KeyError:
        return None
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Choice(*columns)


def covered(net: Network, frame: Frame, made: Choice | None, proof: Coverage) -> bool:
    """Whether the plan leaves open what the proof says, and its prices prove the least penalty."""
    return made is not None and (
        proof.open == coverage.left_out(frame, made)
        and proof.penalty == coverage.penalty(frame, made)
        and proof.bound == coverage.proven_bound(net, frame, proof.potentials)
    )


def proven(net: Network, plan: Plan) -> int | None:
    """The bound that the certificate's prices prove."""
    potentials = np.array(plan.certificate.potentials, dtype=np.int64)
    if len(potentials) != len(net.supply) or plan.certificate.bits != net.bits:
        return None
    return certificate.plain_bound(net, potentials)
