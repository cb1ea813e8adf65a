"""Files in and out: nothing lost on the way, and a slip is named with its place."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from heli.engines.matching import (
    BadProblem,
    parse_plan,
    parse_problem,
    plan_document,
    problem_document,
    solve,
    without_strangers,
)
from heli.engines.matching.problem import Exclusion, Helper, Need, Problem
from heli.engines.matching.table import Fit

from .worlds import problems, quick

NEED = {"id": "n1", "kind": "moving_help", "region": "331081100201"}
HELPER = {"id": "h1", "home": "331081100202"}
GOOD = {"format": "heli-dispatch/1", "needs": [NEED], "helpers": [HELPER], "officials": [{"id": "o1"}]}


@quick
@given(problems(pairs=True))
def test_a_problem_survives_the_round_trip(problem: Problem):
    assert parse_problem(json.loads(json.dumps(problem_document(problem)))) == problem


@quick
@given(problems(pairs=True))
def test_a_plan_survives_the_round_trip(problem: Problem):
    plan = solve(problem)
    assert parse_plan(json.loads(json.dumps(plan_document(plan)))) == plan


def test_own_tables_travel_with_the_problem():
    own = replace(
        parse_problem(GOOD),
        feature_table={"river": Fit(frozenset({"worthy"}), frozenset({"boats"}))},
        third_party=frozenset({"quarrel"}),
    )
    assert parse_problem(problem_document(own)) == own


def test_the_plan_has_the_keys_of_the_contract():
    document = plan_document(solve(parse_problem(GOOD)))
    assert {"format", "assigned", "unassigned", "objective", "bound", "gap", "optimal", "seconds"} <= set(document)
    assert {"need", "helper", "official", "score", "reasons"} <= set(document["assigned"][0])
    assert {"term", "value", "text"} <= set(document["assigned"][0]["reasons"][0])


BAD = [
    ("wrong_format", {"format": "heli-plan/1"}),
    ("unknown_key", {"colour": 1}),
    ("unknown_key", {"needs": [NEED | {"attitude": "no"}]}),
    ("missing_key", {"needs": [{"id": "n1"}]}),
    ("wrong_type", {"needs": {}}),
    ("wrong_type", {"helpers": [{"id": "h1", "capacity": "3"}]}),
    ("wrong_type", {"helpers": [{"id": True}]}),
    ("wrong_type", {"seed": 0.5}),
    ("unknown_word", {"helpers": [{"id": "h1", "relation": "friend"}]}),
    ("out_of_range", {"needs": [NEED | {"urgency": 6}]}),
    ("out_of_range", {"needs": [NEED | {"skills": {"legal_advice": 0}}]}),
    ("bad_region", {"needs": [NEED | {"region": "33108"}]}),
    ("slots_with_official", {"needs": [NEED | {"slots": 2, "official": "required"}]}),
    ("duplicate_id", {"needs": [NEED, NEED]}),
    ("duplicate_id", {"helpers": [HELPER, HELPER]}),
    ("unknown_id", {"needs": [NEED | {"refuse": ["nobody"]}]}),
    ("unknown_id", {"needs": [NEED | {"exclude": [{"helper": "nobody", "reason": "kin"}]}]}),
    ("unknown_id", {"needs": [NEED | {"officials": ["h1"]}]}),
    ("unknown_id", {"pair_exclude": [["h1", "h1"]]}),
    ("bad_fairness", {"weights": {"fairness": [0, 60, 20]}}),
    ("out_of_range", {"weights": {"skill": -1}}),
]


@pytest.mark.parametrize(("code", "change"), BAD, ids=[f"{at}-{code}" for at, (code, _) in enumerate(BAD)])
def test_a_slip_is_named(code: str, change: dict[str, object]):
    with pytest.raises(BadProblem) as caught:
        parse_problem(GOOD | change)
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.message_en


def test_whoever_helped_before_may_have_left_the_list():
    assert solve(parse_problem(GOOD | {"needs": [NEED | {"current": "gone"}]})).assigned


def test_mentions_of_people_who_left_can_be_dropped_on_purpose():
    need = Need("n1", "moving_help", "331081100201", refuse=("gone", "h1"), exclude=(Exclusion("gone", "kin"),))
    kept = without_strangers(Problem((need,), (Helper("h1"),), pair_exclude=(("gone", "o1"),)))
    assert (kept.needs[0].refuse, kept.needs[0].exclude, kept.pair_exclude) == (("h1",), (), ())


def test_ids_may_be_numbers():
    plan = solve(parse_problem(GOOD | {"needs": [NEED | {"id": 7}], "helpers": [HELPER | {"id": 3}]}))
    assert (plan.assigned[0].need, plan.assigned[0].helper) == (7, 3)
