"""Sizes that differ within an agent: plans that fit, bounds that are true, the same answer every time."""

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import Assignment, BadProblem, Infeasible, generalised, parse_assignment, solve_assignment

from .worlds import quick

Arc = tuple[int, int, int, int]
"""task, agent, cost, size"""


def problem(tasks, capacity, arcs, *, must_assign=True) -> Assignment:
    task, agent, cost, size = (list(column) for column in zip(*arcs, strict=True)) if arcs else ([], [], [], [])
    return parse_assignment(
        {"format": "heli-assignment/1", "tasks": tasks, "agents": len(capacity), "capacity": capacity,
         "arc_task": task, "arc_agent": agent, "arc_cost": cost, "arc_size": size, "must_assign": must_assign}
    )  # fmt: skip


@st.composite
def small(draw: st.DrawFn, unit: int = 1) -> Assignment:
    """Sparse, a pair may have two arcs; tasks without an arc and agents without room occur. `unit`: of the sizes."""
    tasks, agents = draw(st.sampled_from((5, 4, 3, 2, 0))), draw(st.integers(1, 3))
    arcs = st.tuples(
        st.integers(0, max(0, tasks - 1)), st.integers(0, agents - 1), st.integers(-9, 9), st.integers(unit, 7 * unit)
    )
    capacity = st.lists(st.integers(0, 12 * unit), min_size=agents, max_size=agents)
    return problem(
        tasks, draw(capacity), draw(st.lists(arcs, min_size=6, max_size=12)) if tasks else [], must_assign=False
    )


def rows(asked: Assignment) -> list[Arc]:
    return list(
        zip(*(getattr(asked, f"arc_{name}").tolist() for name in ("task", "agent", "cost", "size")), strict=True)
    )


def plans(asked: Assignment) -> list[tuple[Arc, ...]]:
    """Every plan that fits."""
    options = [[(), *((arc,) for arc in rows(asked) if arc[0] == task)] for task in range(asked.tasks)]
    return [plan for parts in itertools.product(*options) if fits(asked, plan := sum(parts, ()))]


def fits(asked: Assignment, plan: tuple[Arc, ...]) -> bool:
    load = Counter()
    for _, agent, _, size in plan:
        load[agent] += size
    return all(load[agent] <= room for agent, room in enumerate(asked.capacity.tolist()))


def fullest(asked: Assignment) -> tuple[int, int]:
    """Tasks left out and cost of the best plan, by trying all."""
    return min((asked.tasks - len(plan), sum(arc[2] for arc in plan)) for plan in plans(asked))


def could_be(asked: Assignment, assigned: np.ndarray, cost: int) -> bool:
    """Whether some fitting plan goes to these agents at this cost."""
    pairs = [(task, agent) for task, agent in enumerate(assigned.tolist()) if agent >= 0]
    return any([arc[:2] for arc in plan] == pairs and sum(arc[2] for arc in plan) == cost for plan in plans(asked))


@quick
@given(st.one_of(small(), small(unit=100_003), small(unit=10_000_019)))
def test_small_ones_are_solved_to_the_end(asked: Assignment):
    answer = solve_assignment(asked)
    assert could_be(asked, answer.assigned, answer.cost)
    assert (int((answer.assigned < 0).sum()), answer.cost) == fullest(asked)
    assert (answer.bound, answer.optimal) == (answer.cost, True)


@quick
@given(small())
def test_with_hardly_any_effort_the_bound_is_still_true(asked: Assignment):
    answer = solve_assignment(asked, effort=1)
    left, cost = fullest(asked)
    missing = int((answer.assigned < 0).sum())
    assert could_be(asked, answer.assigned, answer.cost)
    assert left <= missing
    assert answer.bound <= answer.cost
    assert missing > left or answer.bound <= cost <= answer.cost


@quick
@given(small())
def test_who_cannot_be_served_is_named_and_really_cannot(asked: Assignment):
    told = refusal(replace(asked, must_assign=True))
    some = [arc for arc in rows(asked) if arc[0] in told]
    named = replace(asked, **{f"arc_{name}": np.array(column, dtype=np.int64) for name, column in columns(some)})
    served = asked.tasks - fullest(named)[0]
    assert bool(told) == (fullest(asked)[0] > 0)
    assert not told or served < len(told)


def refusal(asked: Assignment) -> tuple[int, ...]:
    try:
        assert (solve_assignment(asked).assigned >= 0).all()
    except Infeasible as told:
        return told.tasks
    return ()


def columns(arcs: list[Arc]) -> list[tuple[str, list[int]]]:
    names = ("task", "agent", "cost", "size")
    return list(zip(names, map(list, zip(*arcs, strict=True)) if arcs else ([], [], [], []), strict=True))


def hard(kind, agents, tasks, seed=1) -> Assignment:
    """Dear where small: the literature's type D, or costs and sizes by chance, type C."""
    dice = np.random.default_rng(seed)
    if kind == "D":
        size = dice.integers(1, 101, (agents, tasks))
        cost = 111 - size + dice.integers(-10, 11, (agents, tasks))
    else:
        size, cost = dice.integers(5, 26, (agents, tasks)), dice.integers(10, 51, (agents, tasks))
    arcs = [(t, a, int(cost[a, t]), int(size[a, t])) for a in range(agents) for t in range(tasks)]
    return problem(tasks, (size.sum(axis=1) * 8 // (10 * agents)).tolist(), arcs)


def test_a_hard_one_is_close_to_its_bound():
    answer = solve_assignment(hard("D", 5, 60), effort=1_000_000)
    assert answer.gap < 0.005
    assert answer.method.startswith("lagrange")


def test_the_tree_proves_what_prices_alone_do_not():
    answer = solve_assignment(hard("C", 5, 40))
    assert (answer.optimal, answer.method) == (True, generalised.BRANCHED)


def shuffled(asked: Assignment, seed: int) -> tuple[Assignment, np.ndarray, np.ndarray]:
    """The same with arcs, tasks and agents in another order; the new numbers of tasks and agents."""
    dice = np.random.default_rng(seed)
    arcs, task, agent = (dice.permutation(n) for n in (len(asked.arc_task), asked.tasks, asked.agents))
    other = replace(
        asked, capacity=asked.capacity[np.argsort(agent)], arc_task=task[asked.arc_task][arcs],
        arc_agent=agent[asked.arc_agent][arcs], arc_cost=asked.arc_cost[arcs], arc_size=asked.arc_size[arcs],
    )  # fmt: skip
    return other, task, agent


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_in_any_order_and_again(seed: int):
    asked = hard("D", 4, 30)
    other, task, agent = shuffled(asked, seed)
    one, two = (solve_assignment(each, effort=400_000) for each in (asked, other))
    assert (one.cost, one.bound) == (two.cost, two.bound)
    assert (agent[one.assigned] == two.assigned[task]).all()


def test_short_of_room_the_most_are_served_and_that_is_proven():
    asked = hard("C", 4, 24)
    answer = solve_assignment(replace(asked, capacity=asked.capacity * 2 // 5, must_assign=False))
    assert answer.optimal
    assert 0 < (answer.assigned < 0).sum() < 12
    with pytest.raises(Infeasible):
        solve_assignment(replace(asked, capacity=asked.capacity * 2 // 5))


def test_a_task_too_large_for_everybody_is_named():
    with pytest.raises(Infeasible) as told:
        solve_assignment(problem(2, [5, 5], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 1, 9), (1, 1, 1, 9)]))
    assert told.value.tasks == (1,)


TIGHT = problem(
    4, [10, 10], [(t, a, 1, s) for a, row in enumerate(((5, 7, 5, 4), (6, 9, 2, 4))) for t, s in enumerate(row)]
)


def test_what_was_not_found_is_not_said_to_be_impossible():
    with pytest.raises(BadProblem) as told:
        solve_assignment(TIGHT, effort=1)
    assert told.value.code == "no_plan_found"


def test_what_prices_cannot_tell_the_tree_proves_impossible():
    with pytest.raises(Infeasible) as told:
        solve_assignment(TIGHT)
    assert told.value.tasks == (0, 1, 2, 3)
