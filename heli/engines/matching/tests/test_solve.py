"""The plan is the best there is, keeps every hard rule, and does not depend on the order of the input."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import candidates, choice, flow, second, solve, verify
from heli.engines.matching.arcs import arcs
from heli.engines.matching.certificate import cost
from heli.engines.matching.company import company
from heli.engines.matching.frame import frame
from heli.engines.matching.network import network
from heli.engines.matching.problem import PARTS, Helper, Need, Official, Problem

from .worlds import apart, best_by_trying, greedy, objective, picks_of, problems, quick


@quick
@given(problems())
def test_nothing_better_is_found_by_trying_everything(problem: Problem):
    plan = solve(problem)
    assert plan.objective == best_by_trying(problem)
    assert plan.objective == objective(problem, picks_of(plan))
    assert (plan.bound, plan.gap, plan.optimal) == (plan.objective, 0, True)


@quick
@given(problems(most_needs=8, most_helpers=8))
def test_a_second_solver_finds_the_same_price_and_the_same_people(problem: Problem):
    allowed = arcs(frame(problem))
    going = company(allowed.frame)
    net = network(allowed, going)
    one, other = flow.solve(net).units, second.solve(net)
    assert cost(net, one) == cost(net, other)
    assert picks(choice.of_flow(net, allowed, going, one)) == picks(choice.of_flow(net, allowed, going, other))


def picks(made: choice.Choice) -> list[list[int]]:
    return [made.need.tolist(), made.helper.tolist(), made.official.tolist()]


@quick
@given(problems(most_needs=8, most_helpers=8, pairs=True), st.integers())
def test_shuffled_input_gives_the_same_plan(problem: Problem, seed: int):
    first, second_time = solve(problem), solve(shuffled(problem, Random(seed)))
    assert replace(first, seconds={}) == replace(second_time, seconds={})


def shuffled(problem: Problem, random: Random) -> Problem:
    def mixed(values: tuple[object, ...]) -> tuple:
        return tuple(random.sample(values, len(values)))

    return replace(
        problem,
        needs=mixed(problem.needs),
        helpers=mixed(problem.helpers),
        officials=mixed(problem.officials),
        pair_exclude=mixed(problem.pair_exclude),
    )


@quick
@given(problems(most_needs=6, most_helpers=6), st.integers(0, 5), st.integers(0, 5))
def test_a_refusal_more_never_makes_the_plan_better(problem: Problem, need_at: int, helper_at: int):
    changed = tuple(
        replace(need, refuse=(*need.refuse, *(helper.id for helper in problem.helpers[helper_at : helper_at + 1])))
        if at == need_at
        else need
        for at, need in enumerate(problem.needs)
    )
    assert solve(replace(problem, needs=changed)).objective >= solve(problem).objective


@quick
@given(problems(most_needs=8, most_helpers=6))
def test_never_fewer_places_filled_than_the_plain_way(problem: Problem):
    assert len(solve(problem).assigned) >= greedy(problem)


@quick
@given(problems(most_needs=8, most_helpers=6, pairs=True))
def test_no_hard_rule_is_broken(problem: Problem):
    plan = solve(problem)
    need_of = {need.id: need for need in problem.needs}
    assert not verify(problem, plan)
    assert objective(problem, picks_of(plan)) == plan.objective  # None if somebody is over capacity
    assert all(candidates.bar(problem, need_of[one.need], helper(problem, one.helper)) is None for one in plan.assigned)
    assert all((need_of[one.need].official == "required") == (one.official is not None) for one in plan.assigned)
    assert all(apart(problem, one.helper, one.official) for one in plan.assigned)


def helper(problem: Problem, helper_id: object) -> Helper:
    return next(one for one in problem.helpers if one.id == helper_id)


@quick
@given(problems(most_needs=6, most_helpers=6))
def test_every_place_is_filled_or_its_emptiness_has_a_reason(problem: Problem):
    plan = solve(problem)
    missing = sum(one.missing for one in plan.unassigned)
    assert len(plan.assigned) + missing == sum(need.slots for need in problem.needs)
    assert all(one.text and one.text_en for one in plan.unassigned)


@quick
@given(problems(most_needs=6, most_helpers=6))
def test_the_six_parts_sum_to_the_score(problem: Problem):
    plan = solve(problem)
    assert all(tuple(reason.term for reason in one.reasons[:6]) == PARTS for one in plan.assigned)
    assert all(sum(reason.value for reason in one.reasons[:6]) == one.score for one in plan.assigned)
    assert all(reason.value <= 0 for one in plan.assigned for reason in one.reasons[6:])
    assert all(reason.text and reason.text_en for one in plan.assigned for reason in one.reasons)


def test_a_scarce_helper_goes_where_nobody_else_can():
    village = "331081100201"
    star = Helper("star", village, {"legal_advice": 5, "moving_help": 5}, capacity=1)
    other = Helper("other", village, {"moving_help": 1}, capacity=1)
    easy = Need("easy", "moving_help", village, {"moving_help": 1}, urgency=1, trusted=("star",))
    hard = Need("hard", "legal_consultation", village, {"legal_advice": 1}, urgency=1)
    plan = solve(Problem((easy, hard), (star, other)))
    assert picks_of(plan) == (("easy", "other", None), ("hard", "star", None))


def test_a_need_with_official_goes_out_together_or_not_at_all():
    village = "331081100201"
    need = Need("n", "moving_help", village, official="required")
    problem = Problem((need,), (Helper("h", village),), (Official("o", capacity=0),))
    plan = solve(problem)
    assert not plan.assigned
    assert plan.unassigned[0].reason == "official_busy"
    assert solve(replace(problem, officials=())).unassigned[0].reason == "official_missing"


def test_nobody_goes_along_with_themselves():
    village = "331081100201"
    cadre = Helper("c", village, relation="staff")
    plan = solve(Problem((Need("n", "moving_help", village, official="required"),), (cadre,), (Official("c"),)))
    assert [one.reason for one in plan.unassigned] == ["pair_conflict"]
