"""After the plan: who would move if something changed, and new plans that move nobody for nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import BadProblem, Questions, moves, pairs_of, replan, solve, verify, without_strangers
from heli.engines.matching.problem import Helper, Need, Problem

from .worlds import problems, quick

HERE = "331081100201"
SKILL = {"moving_help": 1}


def need(name: str, **more: object) -> Need:
    return Need(**{"id": name, "kind": "moving_help", "region": HERE, "skills": SKILL, **more})


def helper(name: str, level: int, capacity: int = 1) -> Helper:
    return Helper(name, home=HERE, skills={"moving_help": level}, capacity=capacity)


TWO = Problem(
    (need("first", trusted=("best",)), need("second")), (helper("best", 5), helper("good", 3), helper("plain", 1))
)


def test_who_would_move_if_somebody_were_away():
    answer = Questions(TWO).without("best")
    assert [(move.need, move.gone, move.come) for move in answer.moves] == [("first", ("best",), ("plain",))]
    assert answer.cost == 150 + 350 - 350 * 70 // 100


def test_the_best_alternative_and_what_it_costs_the_whole():
    """Changing places costs only the household's trust; sending the third person would cost skill as well."""
    answer = Questions(TWO).alternative("first")
    assert [(move.need, move.come) for move in answer.moves] == [("first", ("good",)), ("second", ("best",))]
    assert answer.cost == 150


def test_for_a_newcomer_somebody_moves_only_where_it_is_worth_it():
    newcomer = helper("new", 5)
    assert Questions(TWO).newcomer(newcomer).moves == ()
    answer = Questions(TWO, keep=0).newcomer(newcomer)
    assert [(move.need, move.come) for move in answer.moves] == [("second", ("new",))]
    assert answer.cost == 350 * 95 // 100 - 350


@given(problems(), st.data())
@quick
def test_every_answer_is_the_plan_of_the_changed_problem(problem, data):
    """With no bonus for staying, an answer's cost is exactly the difference of two plans."""
    if not problem.helpers:
        return
    away = data.draw(st.sampled_from(problem.helpers))
    asked = Questions(problem, keep=0)
    gone = replace(problem, helpers=tuple(replace(h, capacity=0) if h is away else h for h in problem.helpers))
    assert asked.without(away.id).cost == solve(gone).objective - solve(problem).objective


@given(problems())
@quick
def test_planning_again_moves_nobody_when_nothing_changed(problem):
    plan = solve(problem)
    again = replan(problem, pairs_of(plan))
    assert again.moves == ()
    assert again.plan.objective == plan.objective
    assert verify(problem, again.plan) == ()


@given(problems(), st.integers(0, 400))
@quick
def test_staying_is_never_worse_than_its_price(problem, keep):
    """Moves of a plan made anew bring at least `keep` each, or they are not made."""
    before = pairs_of(solve(problem))
    changed = without_strangers(replace(problem, helpers=problem.helpers[1:]))
    again, best = replan(changed, before, keep=keep), solve(changed)
    places = sum(need.slots for need in problem.needs)
    assert best.objective <= again.plan.objective <= best.objective + keep * places
    assert again.plan.bound == best.objective


def test_a_pinned_need_keeps_its_people():
    before = {"first": ("plain",), "second": ("best",)}
    free, held = replan(TWO, before), replan(TWO, before, pinned=("first",))
    assert {move.need for move in free.moves} == {"first", "second"}
    assert pairs_of(held.plan)["first"] == ("plain",)
    assert moves(before, pairs_of(held.plan)) == held.moves


def test_a_pin_that_a_rule_forbids_is_told():
    barred = replace(TWO, needs=(replace(TWO.needs[0], refuse=("plain",)), TWO.needs[1]))
    with pytest.raises(BadProblem) as fault:
        replan(barred, {"first": ("plain",)}, pinned=("first",))
    assert fault.value.code == "pin_not_allowed"
