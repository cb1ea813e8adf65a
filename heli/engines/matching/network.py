"""The problem as a min-cost flow. Exact: every whole-number flow is a plan and the other way round.

Nodes, in this order: 0 = source of the officials' side; officials; one entry per need that requires an official;
needs; helpers; sink. Arcs, sorted by tail, then head, then cost:

    source → official   three fairness steps          source → sink   visits that do not take place
    official → entry    who may go along              entry → need    one unit: helper and official, or neither
    need → helper       the allowed pairs             need → sink     places left open (needs without official)
    helper → sink       three fairness steps

Costs must not be negative (solver), so a constant is added per need: a pair costs full − score, a place left open
penalty + full; a need with official pays highest penalty − its own penalty at the entry, and a visit that does not
take place highest penalty + full. `constant` is what these additions sum to, in every plan alike.

The tie-break makes the best plan unique without touching its price: cost × scale + hash(need, person) mod 2^bits,
with a scale above the sum of all hashes that a plan can use. Source of the recipe: the project's design notes on
performance (measured: without it 7 of 10 needs get somebody else when the order of the input changes).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import lot, segments
from .arcs import Arcs
from .company import Company
from .frame import Frame, Ints
from .graph import Graph
from .segments import Segment, segment


@dataclass(frozen=True, slots=True)
class Network(Graph):
    """The graph of a dispatch problem, and what its arcs and nodes stand for.

    `pair`: for each arc the position of its allowed pair, else −1; `company`: likewise of its (official, need).
    `official_node`, `need_node`, `helper_node`: the first node of each kind; `sink`: the last node of all.
    """

    pair: Ints
    company: Ints
    official_node: int
    need_node: int
    helper_node: int
    sink: int


@dataclass(frozen=True, slots=True)
class Demand:
    """Per need: `slots`, `penalty` of a place left open; `team`, `plain`: needs with and without an official.

    `entry`: place of each team need among the entries. `top`: the highest penalty of a team need, 0 if none.
    """

    slots: Ints
    penalty: Ints
    team: Ints
    plain: Ints
    entry: Ints
    top: int

    @property
    def units(self) -> int:
        return int(self.slots.sum())


@dataclass(frozen=True, slots=True)
class Nodes:
    """The first node of each kind; the source of the officials' side is node 0, the sink the last."""

    official: int
    entry: int
    need: int
    helper: int
    sink: int


def network(arcs: Arcs, company: Company) -> Network:
    """The flow problem of the allowed pairs and companies."""
    frame = arcs.frame
    full = frame.problem.weights.full
    demand = demand_of(frame)
    nodes = nodes_of(frame, demand)
    bits = lot.bits(demand.units, demand.units + len(demand.team), top_cost(frame, demand))
    made = segments.merged(
        [
            *officials_side(frame, demand, nodes),
            *company_arcs(frame, company, demand, nodes, bits),
            segments.behind(pair_arcs(arcs, nodes, bits), left_open(demand, nodes, full)),
            helpers_side(frame, nodes),
        ]
    )
    return Network(
        made.tail,
        made.head,
        made.cost,
        made.tie,
        made.capacity,
        supply_of(demand, nodes),
        scale=(demand.units + len(demand.team) + 1) << bits,
        bits=bits,
        constant=full * demand.units + int((demand.top - demand.penalty[demand.team]).sum()),
        pair=made.pair,
        company=made.company,
        official_node=nodes.official,
        need_node=nodes.need,
        helper_node=nodes.helper,
        sink=nodes.sink,
    )


def demand_of(frame: Frame) -> Demand:
    penalty_of = frame.problem.weights.penalty
    penalty = np.array([penalty_of(need.urgency) for need in frame.needs], dtype=np.int64)
    with_official = np.array([need.official == "required" for need in frame.needs], dtype=np.bool_)
    team = np.flatnonzero(with_official)
    return Demand(
        slots=np.array([need.slots for need in frame.needs], dtype=np.int64),
        penalty=penalty,
        team=team,
        plain=np.flatnonzero(~with_official),
        entry=np.cumsum(with_official) - 1,
        top=int(penalty[team].max(initial=0)),
    )


def nodes_of(frame: Frame, demand: Demand) -> Nodes:
    entry = 1 + len(frame.officials)
    need = entry + len(demand.team)
    helper = need + len(frame.needs)
    return Nodes(1, entry, need, helper, helper + len(frame.helpers))


def officials_side(frame: Frame, demand: Demand, nodes: Nodes) -> tuple[Segment, Segment]:
    """source → official, and source → sink for the visits that do not take place."""
    weights = frame.problem.weights
    person, cost, room = segments.steps(weights, frame.officials)
    source = np.zeros(1, dtype=np.int64)
    return (
        segment(np.zeros_like(person), person + nodes.official, cost, room),
        segment(source, source + nodes.sink, demand.top + weights.full, len(demand.team)),
    )


def company_arcs(frame: Frame, company: Company, demand: Demand, nodes: Nodes, bits: int) -> tuple[Segment, Segment]:
    """official → entry, and entry → need: one unit, so a helper and an official or neither."""
    official_lots = lot.of_ids((official.id for official in frame.officials), "official")
    ties = lot.of_pairs(need_lots(frame)[company.need], official_lots[company.official], bits)
    entry = demand.entry + nodes.entry
    return (
        segment(
            company.official + nodes.official,
            entry[company.need],
            0,
            1,
            tie=ties,
            company=np.arange(len(company.need)),
        ),
        segment(entry[demand.team], demand.team + nodes.need, demand.top - demand.penalty[demand.team], 1),
    )


def pair_arcs(arcs: Arcs, nodes: Nodes, bits: int) -> Segment:
    """need → helper."""
    frame = arcs.frame
    helper_lots = lot.of_ids((helper.id for helper in frame.helpers), "helper")
    return segment(
        arcs.need + nodes.need,
        arcs.helper + nodes.helper,
        frame.problem.weights.full - arcs.score,
        1,
        tie=lot.of_pairs(need_lots(frame)[arcs.need], helper_lots[arcs.helper], bits),
        pair=np.arange(len(arcs.need)),
    )


def left_open(demand: Demand, nodes: Nodes, full: int) -> Segment:
    """need → sink, for needs without official."""
    plain = demand.plain
    sink = np.full(len(plain), nodes.sink)
    return segment(plain + nodes.need, sink, demand.penalty[plain] + full, demand.slots[plain])


def helpers_side(frame: Frame, nodes: Nodes) -> Segment:
    """helper → sink."""
    person, cost, room = segments.steps(frame.problem.weights, frame.helpers)
    return segment(person + nodes.helper, np.full(len(person), nodes.sink), cost, room)


def supply_of(demand: Demand, nodes: Nodes) -> Ints:
    supply = np.zeros(nodes.sink + 1, dtype=np.int64)
    supply[0] = len(demand.team)
    supply[demand.plain + nodes.need] = demand.slots[demand.plain]
    supply[nodes.sink] = -demand.units
    return supply


def need_lots(frame: Frame) -> lot.Words:
    return lot.of_ids((need.id for need in frame.needs), f"need {frame.problem.seed}")


def top_cost(frame: Frame, demand: Demand) -> int:
    """No unit of flow can cost more than this."""
    weights = frame.problem.weights
    return int(demand.penalty.max(initial=0)) + weights.full + 2 * weights.fairness[-1] + 1
