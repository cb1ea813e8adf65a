"""The two prices beside a score, in words: how full somebody is, and who else wants them."""

from __future__ import annotations

from . import prices, score
from .plan import Reason
from .problem import Helper, Need, Problem


def of_pair(
    problem: Problem, need: Need, helper: Helper, *, taken: int, price: int, another: bool
) -> tuple[Reason, ...]:
    """Six parts and two prices. `taken`: households this plan gives the helper; `price`: of one more place.

    `another`: the helper does not have this need in the plan, so it would come on top.
    """
    fair = prices.step_cost(problem.weights, helper, taken, another=another)
    return (
        *score.reasons(problem, need, helper),
        fairness(fair, helper.load + taken, helper.capacity),
        scarcity(max(0, price - fair), problem.weights.unserved),
    )


def fairness(points: int, hands: int, capacity: int) -> Reason:
    return Reason(
        "fairness", -points, f"手上{hands}户，最多{capacity}户", f"households on hand: {hands}, at most {capacity}"
    )


def scarcity(points: int, unserved: int) -> Reason:
    """`unserved`: from this price on a place decides whether one more need is served at all."""
    if not points:
        return Reason("scarcity", 0, "没有别的户在等这位", "no other need is waiting for this person")
    if points >= unserved:
        text, text_en = "名额不够，多一个就能多帮一户", "short of places: one more would let one more need be served"
    else:
        text, text_en = f"别的户也想请这位，抵{points}分", f"others want this person too, worth {points} points"
    return Reason("scarcity", -points, text, text_en)
