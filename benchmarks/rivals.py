"""The same matching by other solvers: equal optimum, and how long each takes beside the network simplex.

Slots only, as a min-cost flow or a bipartite matching with each person's places written out; who is left out costs its
penalty in all of them. Dense and general solvers get the small world, or nothing would come of it.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from heli.engines.matching import certificate, flow, second
from heli.engines.matching.best import Best, best

from .instances import city

SECONDS = 30


def run() -> Iterator[dict[str, Any]]:
    yield from beside("1,000 x 200", best(city(1000, 200)), {
        "OR-Tools SimpleMinCostFlow": ortools_flow, "HiGHS dual simplex (SciPy)": highs,
        "min_weight_full_bipartite_matching (SciPy)": sparse_matching, "linear_sum_assignment (SciPy)": dense_matching,
        f"CP-SAT, 2 threads, {SECONDS} s": cp_sat, "greedy": greedy,
    })  # fmt: skip
    yield from beside("10,000 x 2,000", best(city()), {
        "OR-Tools SimpleMinCostFlow": ortools_flow, "min_weight_full_bipartite_matching (SciPy)": sparse_matching,
        "greedy": greedy,
    })  # fmt: skip


Solver = Callable[[Best], int | None]


def beside(size: str, made: Best, solvers: dict[str, Solver]) -> Iterator[dict[str, Any]]:
    began = time.process_time()
    flow.solve(made.network)
    raw = time.process_time() - began
    for name, solver in solvers.items():
        began, wall = time.process_time(), time.perf_counter()
        objective = solver(made)
        side = max(time.process_time() - began, 1e-9)
        yield {"what": f"{size}: {name} / network simplex", "side": side, "reference": raw, "ratio": side / raw,
               "wall": round(time.perf_counter() - wall, 2),
               "above": None if objective is None else objective - made.objective}  # fmt: skip


def ortools_flow(made: Best) -> int:
    return certificate.cost(made.network, second.solve(made.network, with_lots=False))


def highs(made: Best) -> int:
    from scipy import sparse
    from scipy.optimize import linprog

    net = made.network
    arcs, nodes = len(net.tail), len(net.supply)
    ones, at = np.ones(arcs), np.arange(arcs)
    balance = sparse.csr_array((ones, (net.tail, at)), (nodes, arcs)) - sparse.csr_array(
        (ones, (net.head, at)), (nodes, arcs)
    )
    found = linprog(
        net.cost, A_eq=balance, b_eq=net.supply, bounds=np.stack([0 * net.capacity, net.capacity], 1), method="highs-ds"
    )
    return round(found.fun) - net.constant


def columns(made: Best) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Needs × places: need, place and cost of every allowed pair, each need's own place of staying open behind."""
    frame = made.arcs.frame
    weights = frame.problem.weights
    prices = [
        cost
        for helper in frame.helpers
        for cost, room in zip(weights.fairness, weights.steps(helper.capacity, helper.load), strict=True)
        for _ in range(room)
    ]
    free = np.array([helper.free for helper in frame.helpers])
    first = np.cumsum(free) - free
    times = free[made.arcs.helper]
    need = np.repeat(made.arcs.need, times)
    place = (
        np.repeat(first[made.arcs.helper], times) + np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    )
    cost = np.array(prices)[place] - np.repeat(made.arcs.score, times)
    penalty = np.array([weights.penalty(one.urgency) for one in frame.needs])
    needs, places = len(frame.needs), int(free.sum())
    return (
        np.concatenate([need, np.arange(needs)]),
        np.concatenate([place, places + np.arange(needs)]),
        np.concatenate([cost, penalty]),
        places + needs,
    )


def sparse_matching(made: Best) -> int:
    from scipy import sparse
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    need, place, cost, places = columns(made)
    matrix = sparse.csr_array((cost + 2000.0, (need, place)), (len(made.arcs.frame.needs), places))
    rows, chosen = min_weight_full_bipartite_matching(matrix)
    return round(matrix[rows, chosen].sum() - 2000 * len(rows))


def dense_matching(made: Best) -> int:
    from scipy.optimize import linear_sum_assignment

    need, place, cost, places = columns(made)
    matrix = np.full((len(made.arcs.frame.needs), places), 1e9)
    matrix[need, place] = cost
    rows, chosen = linear_sum_assignment(matrix)
    return round(matrix[rows, chosen].sum())


def cp_sat(made: Best) -> int | None:
    from ortools.sat.python import cp_model

    net, model = made.network, cp_model.CpModel()
    units = [model.new_int_var(0, int(most), "") for most in net.capacity]
    out: list[list[Any]] = [[] for _ in net.supply]
    for arc, (tail, head) in enumerate(zip(net.tail.tolist(), net.head.tolist(), strict=True)):
        out[tail].append(units[arc])
        out[head].append(-units[arc])
    for node, supply in enumerate(net.supply.tolist()):
        model.add(sum(out[node]) == supply)
    model.minimize(sum(cost * unit for cost, unit in zip(net.cost.tolist(), units, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = SECONDS, 2
    status = solver.solve(model)
    return round(solver.objective_value) - net.constant if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def greedy(made: Best) -> int:
    """The most urgent first, each the best who is free."""
    frame = made.arcs.frame
    weights, taken = frame.problem.weights, [0] * len(frame.helpers)
    room = [weights.steps(helper.capacity, helper.load) for helper in frame.helpers]
    prices = [[c for c, r in zip(weights.fairness, steps, strict=True) for _ in range(r)] for steps in room]
    ends = np.searchsorted(made.arcs.need, np.arange(len(frame.needs) + 1))
    total = 0
    for at in sorted(range(len(frame.needs)), key=lambda at: -frame.needs[at].urgency):
        pairs = slice(ends[at], ends[at + 1])
        able = [
            (prices[helper][taken[helper]] - score, helper)
            for helper, score in zip(made.arcs.helper[pairs].tolist(), made.arcs.score[pairs].tolist(), strict=True)
            if taken[helper] < len(prices[helper])
        ]
        cost, helper = min(able, default=(weights.penalty(frame.needs[at].urgency), -1))
        total += cost
        if helper >= 0:
            taken[helper] += 1
    return total
