"""Sizes that depend on who does a task: always feasible, the bound always true, the same every time."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import BadProblem, Infeasible, parse_assignment, solve_assignment

from .worlds import quick


def problem(sizes, costs, capacity, *, must_assign=True, order=None):
    """Every pair has an arc."""
    arcs = list(itertools.product(range(len(costs)), range(len(costs[0]))))
    arcs = arcs if order is None else [arcs[at] for at in order]
    return parse_assignment(
        {
            "format": "heli-assignment/1", "tasks": len(costs[0]), "agents": len(costs), "capacity": capacity,
            "arc_task": [task for _, task in arcs], "arc_agent": [agent for agent, _ in arcs],
            "arc_cost": [costs[agent][task] for agent, task in arcs],
            "arc_size": [sizes[agent][task] for agent, task in arcs], "must_assign": must_assign,
        }
    )  # fmt: skip


def best_by_trying(sizes, costs, capacity):
    """(tasks left out, cost) of the fullest, then cheapest plan."""
    agents, tasks = len(costs), len(costs[0])
    found = []
    for plan in itertools.product(range(-1, agents), repeat=tasks):
        loads = [sum(sizes[a][t] for t in range(tasks) if plan[t] == a) for a in range(agents)]
        if all(load <= room for load, room in zip(loads, capacity, strict=True)):
            found.append((plan.count(-1), sum(costs[a][t] for t, a in enumerate(plan) if a >= 0)))
    return min(found)


@st.composite
def small(draw):
    agents, tasks = draw(st.integers(2, 3)), draw(st.integers(2, 5))
    table = st.lists(st.lists(st.integers(1, 9), min_size=tasks, max_size=tasks), min_size=agents, max_size=agents)
    capacity = st.lists(st.integers(0, 20), min_size=agents, max_size=agents)
    return draw(table), draw(table), draw(capacity)


@quick
@given(small())
def test_a_plan_fits_and_its_bound_is_true(made):
    sizes, costs, capacity = made
    answer = solve_assignment(problem(sizes, costs, capacity, must_assign=False))
    loads = [sum(sizes[a][t] for t, who in enumerate(answer.assigned) if who == a) for a in range(len(costs))]
    left, best = best_by_trying(sizes, costs, capacity)
    missing = int((answer.assigned < 0).sum())
    assert all(load <= room for load, room in zip(loads, capacity, strict=True))
    assert answer.bound <= answer.cost
    assert missing >= left
    assert missing > left or answer.bound <= best <= answer.cost


def hard(seed, agents=5, tasks=60):
    dice = np.random.default_rng(seed)
    sizes = dice.integers(1, 101, (agents, tasks))
    costs = 111 - sizes + dice.integers(-10, 11, (agents, tasks))
    return sizes.tolist(), costs.tolist(), (sizes.sum(1) * 8 // (10 * agents)).tolist()


def test_a_hard_instance_is_near_its_bound_and_the_same_in_any_order():
    made = hard(3)
    first = solve_assignment(problem(*made))
    again = solve_assignment(problem(*made, order=np.random.default_rng(1).permutation(300)))
    assert (first.assigned >= 0).all()
    assert first.gap < 0.02
    assert (first.cost, first.bound, first.assigned.tolist()) == (again.cost, again.bound, again.assigned.tolist())
    assert first.method == "lagrange and search"


def test_a_task_too_large_for_everybody_is_named():
    with pytest.raises(Infeasible) as told:
        solve_assignment(problem([[1, 9], [2, 9]], [[1, 1], [1, 1]], [5, 5]))
    assert told.value.tasks == (1,)


def test_what_was_not_found_is_not_said_to_be_impossible():
    with pytest.raises(BadProblem) as told:
        solve_assignment(problem([[3, 3, 2], [3, 3, 3]], [[1, 1, 1], [1, 1, 1]], [3, 3]))
    assert told.value.code == "no_plan_found"
