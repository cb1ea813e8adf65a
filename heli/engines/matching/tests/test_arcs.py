"""The fast form of rules and scores gives the same as the words, pair by pair."""

from hypothesis import given

from heli.engines.matching import arcs, candidates, score
from heli.engines.matching.frame import frame
from heli.engines.matching.problem import Problem

from .worlds import problems, quick


@quick
@given(problems(most_needs=6, most_helpers=8))
def test_all_pairs_at_once_equal_one_pair_at_a_time(problem: Problem):
    fast = arcs.arcs(frame(problem))
    found = {
        (fast.frame.needs[need].id, fast.frame.helpers[helper].id): points
        for need, helper, points in zip(fast.need.tolist(), fast.helper.tolist(), fast.score.tolist(), strict=True)
    }
    assert found == {
        (need.id, helper.id): sum(score.parts(problem, need, helper))
        for need in problem.needs
        for helper in problem.helpers
        if candidates.bar(problem, need, helper) is None
    }


@quick
@given(problems(most_needs=6, most_helpers=8))
def test_pairs_come_sorted_and_once(problem: Problem):
    keys = arcs.arcs(frame(problem)).keys.tolist()
    assert keys == sorted(set(keys))
