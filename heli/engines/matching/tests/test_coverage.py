"""Nobody is left out for the sake of a better match, and that is proven."""

from dataclasses import replace

from hypothesis import given

from heli.engines.matching import parse_plan, plan_document, solve, verify

from .worlds import greedy, problems, quick


@given(problems())
@quick
def test_the_proof_holds_and_no_plain_way_serves_more(problem):
    plan = solve(problem, cover=True)
    proof = plan.coverage
    assert verify(problem, plan) == ()
    assert proof.bound == sum(problem.weights.penalty(urgency) * places for urgency, places in proof.least)
    assert proof.bound <= proof.penalty
    assert sum(need.slots for need in problem.needs) - sum(places for _, places in proof.least) >= greedy(problem)


@given(problems(pairs=True))
@quick
def test_a_changed_proof_is_found_out(problem):
    plan = solve(problem, cover=True)
    proof = plan.coverage
    for wrong in (
        replace(proof, bound=proof.bound + 1),
        replace(proof, penalty=proof.penalty - 1),
        replace(proof, open=((9, 9),)),
        replace(proof, potentials=(*proof.potentials, 0)),
    ):
        assert "coverage" in verify(problem, replace(plan, coverage=wrong))


@given(problems())
@quick
def test_a_stored_proof_reads_back(problem):
    plan = solve(problem, cover=True)
    assert parse_plan(plan_document(plan)).coverage == plan.coverage
