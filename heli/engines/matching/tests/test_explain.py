"""Why this one, why not that one, in words."""

from hypothesis import given

from heli.engines.matching import candidates, exclusion_counts, exclusions, explain, ranked, shortlists, solve
from heli.engines.matching.problem import Exclusion, Helper, Need, Official, Problem

from .worlds import problems, quick

HERE, NEXT_TOWN = "331081100201", "331081101201"
NEED = Need(
    "n",
    "family_partition",
    HERE,
    {"family_mediation": 1},
    trusted=("named",),
    refuse=("refused",),
    exclude=(Exclusion("kin", "kin"), Exclusion("raw", "untrained")),
)


def mediator(name: str, **more: object) -> Helper:
    return Helper(**{"id": name, "home": HERE, "skills": {"family_mediation": 2}, **more})


PROBLEM = Problem(
    (NEED,),
    (
        mediator("near"),
        mediator("named", home=NEXT_TOWN),
        mediator("refused"),
        mediator("kin"),
        mediator("raw"),
        mediator("cadre", relation="staff"),
        mediator("unskilled", skills={}),
        mediator("far", home=NEXT_TOWN),
        mediator("full", load=3),
    ),
)


def test_each_rule_gives_its_code():
    assert exclusions(PROBLEM, "n") == {
        "refused": "refused",
        "kin": "barred",
        "raw": "untrained",
        "cadre": "third_party",
        "unskilled": "not_skilled",
        "far": "out_of_area",
        "full": "full",
    }
    assert sum(exclusion_counts(PROBLEM, "n").values()) == 7


def test_the_kind_of_a_tie_is_never_told():
    shown = explain(PROBLEM, solve(PROBLEM), "n", "kin")
    assert shown.why.text == "与当事人有关联。细节封存，谁也不能倒查"
    assert "kin" not in shown.why.text_en


def test_the_household_may_name_somebody_from_elsewhere():
    assert [one.helper for one in ranked(PROBLEM, "n", solve(PROBLEM), 5)] == ["named", "near"]


def test_the_next_best_is_told_why_not():
    chosen, second = ranked(PROBLEM, "n", solve(PROBLEM), 2)
    assert (chosen.chosen, chosen.loss, chosen.why.term) == (True, 0, "chosen")
    assert (second.chosen, second.why.term) == (False, "lower")
    assert second.loss == chosen.net - second.net > 0


def test_somebody_better_is_kept_for_the_one_who_has_nobody_else():
    star = Helper("star", HERE, {"legal_advice": 5, "moving_help": 5}, capacity=1)
    other = Helper("other", HERE, {"moving_help": 1}, capacity=1)
    easy = Need("easy", "moving_help", HERE, {"moving_help": 1}, urgency=1)
    hard = Need("hard", "legal_consultation", HERE, {"legal_advice": 1}, urgency=1)
    problem = Problem((easy, hard), (star, other))
    _, kept = ranked(problem, "easy", solve(problem), 2)
    assert (kept.helper, kept.why.term) == ("star", "scarcity")
    assert kept.why.text == "这次另有1户只有这位能帮，先留给那边"


def test_who_may_not_go_with_the_official_is_told_so():
    need = Need("n", "moving_help", HERE, official="required", trusted=("a",))
    problem = Problem((need,), (Helper("a", HERE), Helper("b", HERE)), (Official("x"),), (("a", "x"),))
    assert explain(problem, solve(problem), "n", "a").why.term == "pair"


@quick
@given(problems(most_needs=6, most_helpers=6))
def test_the_prices_speak_for_the_chosen(problem: Problem):
    """Nobody in reach has a higher net than the chosen of a need: the prices explain the plan."""
    plan = solve(problem)
    for need in problem.needs:
        rows = ranked(problem, need.id, plan, 99)
        nets = [row.net for row in rows if row.chosen] or [10**9]
        assert all(row.net <= min(nets) + 1 for row in rows if not row.chosen)  # prices are rounded to points


@quick
@given(problems(most_needs=4, most_helpers=6, pairs=True))
def test_anybody_can_be_asked_about(problem: Problem):
    plan = solve(problem)
    for need in problem.needs:
        rows = [explain(problem, plan, need.id, helper.id) for helper in problem.helpers]
        assert all(row.why.text and row.why.text_en for row in rows)
        assert {row.helper: row.excluded.term for row in rows if row.excluded} == candidates.exclusions(
            problem, need.id
        )


@given(problems(most_needs=5, most_helpers=6))
@quick
def test_shortlists_of_all_needs_are_those_of_each(problem):
    plan = solve(problem)
    lists = shortlists(problem, plan, 3)
    assert {need.id: lists[need.id].best for need in problem.needs} == {
        need.id: ranked(problem, need.id, plan, 3) for need in problem.needs
    }
    assert {need.id: lists[need.id].excluded for need in problem.needs} == {
        need.id: exclusion_counts(problem, need.id) for need in problem.needs
    }
