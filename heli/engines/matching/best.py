"""The best choice with its proof, before anything is put into words.

candidates and scores → flow → repair where a helper and an official may not go together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

from . import arcs as pairs
from . import certificate, choice, flow, repair, validate
from .arcs import Arcs
from .choice import Choice
from .company import Company, company
from .flow import Flow
from .frame import Ints, frame
from .network import Network, network
from .problem import Problem


@dataclass(frozen=True, slots=True)
class Best:
    """`final` is the choice; `first` the flow's, before repair (the same where nothing had to be mended).

    `objective` and `bound` in points, by the costs of `network`; `potentials` prove the bound. `seconds`: candidates
    (from the problem to arrays) and solve (network, flow, repair).
    """

    arcs: Arcs
    company: Company
    network: Network
    potentials: Ints
    first: Choice
    final: Choice
    objective: int
    bound: int
    seconds: tuple[float, float]


def best(problem: Problem) -> Best:
    """The same problem gives the same choice, whatever the order of its parts. Raises BadProblem."""
    began = perf_counter()
    validate.check(problem)
    allowed = pairs.arcs(frame(problem))
    going = company(allowed.frame)
    built = perf_counter()
    net = network(allowed, going)
    made = proven(allowed, going, net, flow.solve(net))
    return replace(made, seconds=(built - began, perf_counter() - built))


def proven(allowed: Arcs, going: Company, net: Network, found: Flow) -> Best:
    """From a flow to a choice with its price and bound; `found` may be optimal for other costs than `net`'s."""
    first = choice.of_flow(net, allowed, going, found.units)
    final = repair.repair(allowed, going, first)
    return Best(
        allowed,
        going,
        net,
        found.potentials,
        first,
        final,
        price(net, allowed, going, final),
        certificate.plain_bound(net, found.potentials),
        (0.0, 0.0),
    )


def price(net: Network, allowed: Arcs, going: Company, final: Choice) -> int:
    """What a choice costs, worked out from the choice and not from the solver."""
    units = choice.units(net, allowed, going, final)
    if units is None or not certificate.is_flow(net, units):
        raise ArithmeticError("the plan breaks a hard rule")  # a fault of ours, never of the input
    return certificate.cost(net, units)
