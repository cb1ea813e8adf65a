"""Where a helper and an official may not go together: no such pair remains, and the distance is stated."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given

from heli.engines.matching import solve
from heli.engines.matching.problem import Helper, Need, Official, Problem

from .worlds import apart, best_by_trying, picks_of, problems, quick

VILLAGE = "331081100201"


@quick
@given(problems(pairs=True))
def test_no_excluded_pair_remains_and_the_bound_holds(problem: Problem):
    plan = solve(problem)
    assert all(apart(problem, helper, official) for _, helper, official in picks_of(plan))
    assert plan.bound <= best_by_trying(problem) <= plan.objective
    assert plan.bound == solve(replace(problem, pair_exclude=())).bound


def test_two_teams_that_may_not_go_as_drawn_change_officials():
    needs = tuple(Need(name, "moving_help", VILLAGE, official="required", prefer=(who,)) for name, who in WISHES)
    helpers = (Helper("a", VILLAGE, capacity=1), Helper("b", VILLAGE, capacity=1))
    officials = (Official("x", 1), Official("y", 1))
    for barred in (("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")):
        plan = solve(Problem(needs, helpers, officials, pair_exclude=(barred,)))
        assert len(plan.assigned) == 2
        assert plan.optimal


WISHES = (("n1", "a"), ("n2", "b"))


def test_a_need_without_another_official_gets_another_helper():
    need = Need("n", "moving_help", VILLAGE, official="required", trusted=("a",), officials=("x",))
    helpers = (Helper("a", VILLAGE), Helper("b", VILLAGE))
    plan = solve(Problem((need,), helpers, (Official("x"),), pair_exclude=(("a", "x"),)))
    assert picks_of(plan) == (("n", "b", "x"),)
    assert plan.method == "flow and repair"
    assert plan.gap > 0


def tight(seed: int) -> Problem:
    """Few places on both sides, and one pair in ten excluded."""
    random = Random(seed)
    helpers = tuple(Helper(f"h{at}", VILLAGE, capacity=random.randint(1, 2)) for at in range(3))
    officials = tuple(Official(f"o{at}", random.randint(1, 2)) for at in range(3))
    wishes = [(random.choice(helpers).id, random.sample([one.id for one in officials], 2)) for _ in range(4)]
    return Problem(
        tuple(
            Need(f"n{at}", "moving_help", VILLAGE, official="required", trusted=(who,), officials=tuple(may))
            for at, (who, may) in enumerate(wishes)
        ),
        helpers,
        officials,
        tuple((helper.id, one.id) for helper in helpers for one in officials if random.random() < 0.1),
    )


@pytest.mark.parametrize("seed", range(30))
def test_no_need_is_lost_that_could_be_kept(seed: int):
    problem = tight(seed)
    assert solve(problem).objective < best_by_trying(problem) + problem.weights.unserved
