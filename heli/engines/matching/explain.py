"""Why this one, why not that one: any person seen from one need, in a plan that is already made.

For a need the plan compares score + fairness + scarcity (`net`): "720 − 40 = 680 against 760 − 110 = 650". By the
flow's prices the chosen one has the highest net; the difference is what the whole plan would lose at least.
"""

from __future__ import annotations

from collections import Counter

from . import candidates, reasons
from .plan import Assigned, Candidate, Plan, Reason
from .problem import PARTS, Helper, Id, Need, Problem, order


def exclusions(problem: Problem, need_id: Id) -> dict[Id, str]:
    """Every helper who may not be sent to this need, with the code of the first rule that says so."""
    return candidates.exclusions(problem, need_id)


def ranked(problem: Problem, need_id: Id, plan: Plan, limit: int = 5) -> tuple[Candidate, ...]:
    """The chosen first, then the next best by net, `limit` in all; nobody whom a hard rule keeps out."""
    need = candidates.need_of(problem, need_id)
    allowed = [helper for helper in problem.helpers if candidates.bar(problem, need, helper) is None]
    seen = Look(problem, plan, need)
    rows = sorted(
        (
            (not seen.has(helper), -seen.net(helper), -seen.score(helper), order(helper.id), helper)
            for helper in allowed
        ),
        key=lambda row: row[:4],
    )
    return tuple(seen.candidate(row[-1]) for row in rows[:limit])


def explain(problem: Problem, plan: Plan, need_id: Id, helper_id: Id) -> Candidate:
    """Any named person: chosen, not chosen, kept out by a rule, or put there by hand."""
    seen = Look(problem, plan, candidates.need_of(problem, need_id))
    return seen.candidate(candidates.helper_of(problem, helper_id))


class Look:
    """One need of a plan, looked at: who has it, and what everybody would bring."""

    def __init__(self, problem: Problem, plan: Plan, need: Need) -> None:
        self.problem, self.plan, self.need = problem, plan, need
        self.taken = Counter(one.helper for one in plan.assigned)
        self.chosen = {one.helper: one for one in plan.assigned if one.need == need.id}

    def has(self, helper: Helper) -> bool:
        return helper.id in self.chosen

    def reasons(self, helper: Helper) -> tuple[Reason, ...]:
        return reasons.of_pair(
            self.problem,
            self.need,
            helper,
            taken=self.taken[helper.id],
            price=self.plan.prices.get(helper.id, 0),
            another=not self.has(helper),
        )

    def net(self, helper: Helper) -> int:
        return sum(reason.value for reason in self.reasons(helper))

    def score(self, helper: Helper) -> int:
        return sum(reason.value for reason in self.reasons(helper) if reason.term in PARTS)

    def candidate(self, helper: Helper) -> Candidate:
        code = candidates.bar(self.problem, self.need, helper)
        excluded = None if code is None else candidates.refusal(code)
        mine = self.chosen.get(helper.id)
        why = excluded if excluded and not mine else self.why(helper)
        return Candidate(
            need=self.need.id,
            helper=helper.id,
            official=mine.official if mine else None,
            chosen=mine is not None,
            excluded=excluded,
            score=self.score(helper),
            net=self.net(helper),
            loss=0 if mine else self.loss(helper),
            reasons=self.reasons(helper),
            why=why,
        )

    def rival(self) -> tuple[Assigned, Helper] | None:
        """The chosen one with the lowest net: whom somebody else would have to beat."""
        rows = [(one, candidates.helper_of(self.problem, one.helper)) for one in self.chosen.values()]
        return min(rows, key=lambda row: (self.net(row[1]), order(row[1].id)), default=None)

    def loss(self, helper: Helper) -> int:
        rival = self.rival()
        return max(0, self.net(rival[1]) - self.net(helper)) if rival else 0

    def why(self, helper: Helper) -> Reason:
        if self.has(helper):
            return Reason("chosen", 0, "这次建议请这位", "suggested this time")
        rival = self.rival()
        return self.against(helper, *rival) if rival else self.nobody_chosen()

    def nobody_chosen(self) -> Reason:
        open_need = next((one for one in self.plan.unassigned if one.need == self.need.id), None)
        text, text_en = (open_need.text, open_need.text_en) if open_need else ("这次没有排到", "not planned this time")
        return Reason(open_need.reason if open_need else "not_planned", 0, text, text_en)

    def against(self, helper: Helper, made: Assigned, rival: Helper) -> Reason:
        """The one thing that decided it, the most telling first."""
        if (helper.id, made.official) in self.problem.pair_exclude or helper.id == made.official:
            return Reason("pair", 0, "与陪同干部不便同去", "may not go together with the official")
        price = {reason.term: reason.value for reason in self.reasons(helper)}
        ahead = self.score(rival) - self.score(helper)
        only = self.only_one_for(helper)
        if only and price["scarcity"] < 0:
            return Reason(
                "scarcity",
                price["scarcity"],
                f"这次另有{only}户只有这位能帮，先留给那边",
                f"other households that only this person can help: {only}",
            )
        if price["scarcity"] < 0 and ahead <= -price["scarcity"]:
            return next(reason for reason in self.reasons(helper) if reason.term == "scarcity")
        if ahead > 0:
            return Reason("lower", -ahead, f"合计少{ahead}分", f"{ahead} points fewer in all")
        if self.net(helper) < self.net(rival):
            return Reason(
                "fairness",
                price["fairness"],
                "手上已经多，让给手上少的",
                "has much on hand; somebody with less goes first",
            )
        return Reason("tie", 0, "一样合适，按固定的抽签次序", "equally fit; decided by a fixed lot")

    def only_one_for(self, helper: Helper) -> int:
        """How many needs this plan gives `helper` that nobody else may take."""
        mine = {one.need for one in self.plan.assigned if one.helper == helper.id}
        needs = [need for need in self.problem.needs if need.id in mine]
        others = [other for other in self.problem.helpers if other.id != helper.id]
        return sum(all(candidates.bar(self.problem, need, other) for other in others) for need in needs)
