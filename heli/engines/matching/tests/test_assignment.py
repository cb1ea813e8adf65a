"""The bare assignment: exact, proven, and honest about what it cannot do."""

import itertools
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import BadProblem, Infeasible, parse_assignment, solve_assignment
from heli.engines.matching.assignment import Assignment

from .worlds import quick


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    tasks, agents = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    arcs = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, agents - 1), st.integers(-9, 9)), max_size=10))
    arcs = [arc for arc in arcs if arc[0] < tasks]
    sizes = draw(st.lists(st.integers(1, 3), min_size=agents, max_size=agents))
    return parse_assignment(
        {
            "tasks": tasks,
            "agents": agents,
            "capacity": draw(st.lists(st.integers(0, 4), min_size=agents, max_size=agents)),
            "arc_task": [arc[0] for arc in arcs],
            "arc_agent": [arc[1] for arc in arcs],
            "arc_cost": [arc[2] for arc in arcs],
            "arc_size": [sizes[arc[1]] for arc in arcs],
            "must_assign": False,
        }
    )


def by_trying(problem: Assignment) -> tuple[int, int]:
    """Tasks left out and cost of the best plan."""
    arcs = list(zip(problem.arc_task, problem.arc_agent, problem.arc_cost, problem.arc_size, strict=True))
    options = [[None, *(arc for arc in arcs if arc[0] == task)] for task in range(problem.tasks)]
    plans = (tuple(arc for arc in plan if arc is not None) for plan in itertools.product(*options))
    return min((problem.tasks - len(plan), int(sum(a[2] for a in plan))) for plan in plans if fits(problem, plan))


def fits(problem: Assignment, plan: tuple) -> bool:
    used = np.zeros(problem.agents, dtype=np.int64)
    np.add.at(used, [arc[1] for arc in plan], [arc[3] for arc in plan])
    return bool((used <= problem.capacity).all())


@quick
@given(assignments())
def test_nothing_better_is_found_by_trying_everything(problem: Assignment):
    answer = solve_assignment(problem)
    assert (int((answer.assigned < 0).sum()), answer.cost) == by_trying(problem)
    assert (answer.bound, answer.optimal) == (answer.cost, True)


@quick
@given(assignments())
def test_all_or_an_error_that_names_who_cannot_be_served(problem: Assignment):
    left_out, _ = by_trying(problem)
    strict = replace(problem, must_assign=True)
    with pytest.raises(Infeasible) if left_out else nullcontext() as caught:
        assert (solve_assignment(strict).assigned >= 0).all()
    named = caught.value.tasks if caught else ()
    assert len(named) > by_trying_room(problem, np.isin(problem.arc_task, named)) or not left_out


def by_trying_room(problem: Assignment, arcs: np.ndarray) -> int:
    """Places of all agents that these arcs lead to."""
    size = np.ones(problem.agents, dtype=np.int64)
    size[problem.arc_agent] = problem.arc_size
    return int((problem.capacity // size)[np.unique(problem.arc_agent[arcs])].sum())


def test_an_npz_is_read_like_json(tmp_path):
    document = {"tasks": 2, "agents": 1, "capacity": [2], "arc_task": [0, 1], "arc_agent": [0, 0], "arc_cost": [3, 4]}
    np.savez(tmp_path / "bare.npz", **document)
    with np.load(tmp_path / "bare.npz") as arrays:
        assert solve_assignment(parse_assignment(arrays)).cost == 7


BARE = {"tasks": 2, "agents": 1, "capacity": [3], "arc_task": [0, 1], "arc_agent": [0, 0], "arc_cost": [3, 4]}
BAD = [
    ("wrong_length", {"capacity": [1, 2]}),
    ("wrong_type", {"arc_cost": [0.5, 1]}),
    ("out_of_range", {"arc_agent": [0, 1]}),
    ("unknown_key", {"colour": 1}),
    ("wrong_format", {"format": "heli-dispatch/1"}),
]


@pytest.mark.parametrize(("code", "change"), BAD, ids=[code for code, _ in BAD])
def test_a_slip_is_named(code: str, change: dict[str, object]):
    with pytest.raises(BadProblem) as caught:
        solve_assignment(parse_assignment(BARE | change))
    assert caught.value.code == code
