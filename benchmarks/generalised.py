"""Tasks of different sizes (generalised assignment): our plan and our seconds against CP-SAT and HiGHS on two threads.

Seeded instances of the literature's hard types. C: sizes U[5,25], costs U[10,50]. D: sizes U[1,100], cost = 111 − size
+ U[−10,10]. E: size = 1 − 10 ln U(0,1], cost = 1000/size − 10 U[0,1]. An agent's capacity is 0.8 of its share of the
sizes. Cost and size oppose each other in D and E: what is cheap is large.
Source: Yagiura, Ibaraki, Glover: A path relinking approach with ejection chains for the generalized assignment
problem (European Journal of Operational Research 169, 2006).
"""

import datetime
import os
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from heli.engines.matching import Assignment, parse_assignment, solve_assignment

SHAPES = ((5, 100), (20, 100), (10, 200), (20, 200), (10, 400), (40, 400))
SECONDS = float(os.environ.get("HELI_BENCH_SECONDS", "60"))
THREADS = 2


def run(
    shapes: tuple[tuple[int, int], ...] = SHAPES, types: str = "CDE", seconds: float = SECONDS
) -> Iterator[dict[str, Any]]:
    """Two rows an instance, cost and time. `seconds` bound each reference solver; 0 leaves them out (bound instead)."""
    for kind in types:
        for agents, tasks in shapes:
            yield from compare(f"{kind} {agents} x {tasks}", instance(kind, agents, tasks), seconds)


def compare(name: str, problem: Assignment, seconds: float) -> Iterator[dict[str, Any]]:
    began = time.perf_counter()
    answer = solve_assignment(problem)
    took = time.perf_counter() - began
    costs = {solver.__name__: solver(problem, seconds) for solver in (cp_sat, highs) if seconds}
    best = min((cost for cost in costs.values() if cost is not None), default=answer.bound)
    facts = {"cost": answer.cost, "bound": answer.bound, "method": answer.method, "seconds": took, "costs": costs}
    against = f"best of CP-SAT and HiGHS in {seconds:.0f} s" if seconds else "proven bound"
    yield {"what": f"{name}, cost / {against}", "side": answer.cost, "reference": best,
           "ratio": answer.cost / best, "unit": ""} | facts  # fmt: skip
    if seconds:
        yield {"what": f"{name}, time / what those may take", "side": took, "reference": seconds,
               "ratio": took / max(seconds, 1e-9)}  # fmt: skip


def instance(kind: str, agents: int, tasks: int, seed: int = 0) -> Assignment:
    dice = np.random.default_rng([ord(kind), agents, tasks, seed])
    size, cost = {"C": type_c, "D": type_d, "E": type_e}[kind](dice, (agents, tasks))
    return parse_assignment(
        {
            "tasks": tasks,
            "agents": agents,
            "capacity": size.sum(axis=1) * 8 // (10 * agents),
            "arc_task": np.tile(np.arange(tasks), agents),
            "arc_agent": np.repeat(np.arange(agents), tasks),
            "arc_cost": cost.ravel(),
            "arc_size": size.ravel(),
        }
    )


def type_c(dice: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    return dice.integers(5, 26, shape), dice.integers(10, 51, shape)


def type_d(dice: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    size = dice.integers(1, 101, shape)
    return size, 111 - size + dice.integers(-10, 11, shape)


def type_e(dice: np.random.Generator, shape: tuple[int, int]) -> tuple[Any, Any]:
    size = np.floor(1 - 10 * np.log(1 - dice.random(shape))).astype(np.int64)
    return size, np.floor(1000 / size - 10 * dice.random(shape)).astype(np.int64)


def cp_sat(problem: Assignment, seconds: float) -> int | None:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in problem.arc_task]
    for arcs in by(problem.arc_task, problem.tasks):
        model.add_exactly_one(chosen[arc] for arc in arcs)
    for arcs, room in zip(by(problem.arc_agent, problem.agents), problem.capacity.tolist(), strict=True):
        model.add(cp_model.LinearExpr.weighted_sum([chosen[arc] for arc in arcs], problem.arc_size[arcs]) <= room)
    model.minimize(cp_model.LinearExpr.weighted_sum(chosen, problem.arc_cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = THREADS
    status = solver.solve(model)
    return round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def highs(problem: Assignment, seconds: float) -> int | None:
    """HiGHS as OR-Tools ships it: highspy cannot be imported beside ortools."""
    from ortools.math_opt.python import mathopt
    from ortools.math_opt.solvers import highs_pb2

    model = mathopt.Model()
    chosen = [model.add_binary_variable() for _ in problem.arc_task]
    for arcs in by(problem.arc_task, problem.tasks):
        model.add_linear_constraint(mathopt.fast_sum(chosen[arc] for arc in arcs) == 1)
    for arcs, room in zip(by(problem.arc_agent, problem.agents), problem.capacity.tolist(), strict=True):
        model.add_linear_constraint(mathopt.fast_sum(int(problem.arc_size[arc]) * chosen[arc] for arc in arcs) <= room)
    model.minimize(mathopt.fast_sum(int(cost) * one for cost, one in zip(problem.arc_cost, chosen, strict=True)))
    limits = mathopt.SolveParameters(
        time_limit=datetime.timedelta(seconds=seconds),
        relative_gap_tolerance=0.0,
        highs=highs_pb2.HighsOptionsProto(int_options={"threads": THREADS}),
    )
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits)
    return round(result.objective_value()) if result.has_primal_feasible_solution() else None


def by(column: Any, count: int) -> list[Any]:
    """Positions of the arcs of each task or agent."""
    return [np.flatnonzero(column == at) for at in range(count)]
