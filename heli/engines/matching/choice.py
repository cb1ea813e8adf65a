"""Between a flow and a plan: which pairs and companies are chosen, and the flow of a given choice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arcs import Arcs, stand
from .company import Company
from .frame import Ints
from .network import Network


@dataclass(frozen=True, slots=True)
class Choice:
    """need, helper [pairs] and official [pairs], positions in the frame; official is −1 where none is required."""

    need: Ints
    helper: Ints
    official: Ints


def of_flow(network: Network, arcs: Arcs, company: Company, units: Ints) -> Choice:
    pairs = network.pair[(units > 0) & (network.pair >= 0)]
    going = network.company[(units > 0) & (network.company >= 0)]
    official_of = np.full(len(arcs.frame.needs), -1, dtype=np.int64)
    official_of[company.need[going]] = company.official[going]
    need = arcs.need[pairs]
    return Choice(need, arcs.helper[pairs], official_of[need])


def units(network: Network, arcs: Arcs, company: Company, choice: Choice) -> Ints | None:
    """The cheapest flow with exactly this choice; None if a pair or a company is not allowed."""
    helpers, officials = len(arcs.frame.helpers), len(arcs.frame.officials)
    pairs = find(arcs.keys, choice.need * max(1, helpers) + choice.helper)
    teams = choice.official >= 0
    width = max(1, len(arcs.frame.needs))
    going = find(company.official * width + company.need, choice.official[teams] * width + choice.need[teams])
    if pairs is None or going is None:
        return None
    flow = np.isin(network.pair, pairs).astype(np.int64) * (network.pair >= 0)
    flow += np.isin(network.company, going) * (network.company >= 0)
    served = np.bincount(choice.need, minlength=len(arcs.frame.needs))
    entries = (network.tail < network.need_node) & (network.head >= network.need_node) & (network.tail > 0)
    flow[entries] = served[network.head[entries] - network.need_node]
    left = (network.head == network.sink) & (network.tail >= network.need_node) & (network.tail < network.helper_node)
    flow[left] = np.maximum(0, network.capacity[left] - served[network.tail[left] - network.need_node])
    bypass = (network.tail == 0) & (network.head == network.sink)
    flow[bypass] = network.supply[0] - teams.sum()
    flow[: 3 * officials] = stepped(network.capacity[: 3 * officials], choice.official[teams])
    ends = len(flow) - 3 * helpers
    flow[ends:] = stepped(network.capacity[ends:], choice.helper)
    return flow


def find(sorted_keys: Ints, wanted: Ints) -> Ints | None:
    """Positions of all of `wanted`, or None if one is missing."""
    at, found = stand(sorted_keys, wanted)
    return at if found.all() else None


def stepped(rooms: Ints, people: Ints) -> Ints:
    """Fill the three steps of each person from the cheapest; what does not fit stays on the last (and shows)."""
    room = rooms.reshape(-1, 3)
    load = np.bincount(people, minlength=len(room))[:, None]
    filled = np.clip(load - (np.cumsum(room, axis=1) - room), 0, room)
    filled[:, 2] += load[:, 0] - filled.sum(axis=1)
    return filled.reshape(-1)
