"""Why this one, why not that one: any person seen from one need, in a plan that is already made.

For a need the plan compares score + fairness + scarcity (`net`): "720 − 40 = 680 against 760 − 110 = 650". By the
flow's prices the chosen one has the highest net; the difference is what the whole plan would lose at least.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np

from . import arcs as pairs
from . import candidates, reasons
from .frame import frame
from .plan import Assigned, Candidate, Plan, Reason, Unassigned
from .problem import PARTS, Helper, Id, Need, Problem, order


def exclusions(problem: Problem, need_id: Id) -> dict[Id, str]:
    """Every helper who may not be sent to this need, with the code of the first rule that says so."""
    return candidates.exclusions(problem, need_id)


def ranked(problem: Problem, need_id: Id, plan: Plan, limit: int = 5) -> tuple[Candidate, ...]:
    """The chosen first, then the next best by net, `limit` in all; nobody whom a hard rule keeps out."""
    book = Book(problem, plan)
    need = book.needs[need_id]
    allowed = [helper for helper in problem.helpers if candidates.bar(problem, need, helper) is None]
    return book.best_of(need, allowed, limit)


def explain(problem: Problem, plan: Plan, need_id: Id, helper_id: Id) -> Candidate:
    """Any named person: chosen, not chosen, kept out by a rule, or put there by hand."""
    return Book(problem, plan).explain(need_id, helper_id)


class Book:
    """A problem and its plan, opened for many questions: who has what is looked up once."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.needs = {need.id: need for need in problem.needs}
        self.helpers = {helper.id: helper for helper in problem.helpers}
        self.taken = Counter(one.helper for one in plan.assigned)
        self.chosen: dict[Id, dict[Id, Assigned]] = {}
        for one in plan.assigned:
            self.chosen.setdefault(one.need, {})[one.helper] = one
        self.open: dict[Id, Unassigned] = {one.need: one for one in plan.unassigned}

    def explain(self, need_id: Id, helper_id: Id) -> Candidate:
        return Look(self, self.needs[need_id]).candidate(self.helpers[helper_id])

    def best_of(self, need: Need, allowed: list[Helper], limit: int) -> tuple[Candidate, ...]:
        seen = Look(self, need)
        rows = sorted(
            (
                (not seen.has(helper), -seen.net(helper), -seen.score(helper), order(helper.id), helper)
                for helper in allowed
            ),
            key=lambda row: row[:4],
        )
        return tuple(seen.candidate(row[-1]) for row in rows[:limit])

    @cached_property
    def only(self) -> Counter[Id]:
        """Helper → how many of their needs in this plan nobody else may take."""
        allowed = pairs.arcs(frame(self.problem))
        alone = np.bincount(allowed.need, minlength=len(allowed.frame.needs)) == 1
        mine = {need.id for need, one in zip(allowed.frame.needs, alone.tolist(), strict=True) if one}
        return Counter(one.helper for one in self.plan.assigned if one.need in mine)


class Look:
    """One need of a plan, looked at: who has it, and what everybody would bring."""

    def __init__(self, book: Book, need: Need) -> None:
        self.book, self.problem, self.plan, self.need = book, book.problem, book.plan, need
        self.chosen = book.chosen.get(need.id, {})
        self.told: dict[Id, tuple[Reason, ...]] = {}

    def has(self, helper: Helper) -> bool:
        return helper.id in self.chosen

    def reasons(self, helper: Helper) -> tuple[Reason, ...]:
        if helper.id not in self.told:
            self.told[helper.id] = reasons.of_pair(
                self.problem,
                self.need,
                helper,
                taken=self.book.taken[helper.id],
                price=self.plan.prices.get(helper.id, 0),
                another=not self.has(helper),
            )
        return self.told[helper.id]

    def net(self, helper: Helper) -> int:
        return sum(reason.value for reason in self.reasons(helper))

    def score(self, helper: Helper) -> int:
        return sum(reason.value for reason in self.reasons(helper) if reason.term in PARTS)

    def candidate(self, helper: Helper) -> Candidate:
        code = candidates.bar(self.problem, self.need, helper)
        excluded = None if code is None else candidates.refusal(code)
        mine = self.chosen.get(helper.id)
        told = self.reasons(helper)
        why = excluded if excluded and not mine else self.why(helper, told)
        return Candidate(
            need=self.need.id,
            helper=helper.id,
            official=mine.official if mine else None,
            chosen=mine is not None,
            excluded=excluded,
            score=sum(reason.value for reason in told if reason.term in PARTS),
            net=sum(reason.value for reason in told),
            loss=0 if mine else self.loss(told),
            reasons=told,
            why=why,
        )

    @cached_property
    def rival(self) -> tuple[Assigned, Helper, int] | None:
        """The chosen one with the lowest net, and that net: whom somebody else would have to beat."""
        rows = [(one, self.book.helpers[one.helper]) for one in self.chosen.values()]
        best = min(rows, key=lambda row: (self.net(row[1]), order(row[1].id)), default=None)
        return (*best, self.net(best[1])) if best else None

    def loss(self, told: tuple[Reason, ...]) -> int:
        return max(0, self.rival[2] - sum(reason.value for reason in told)) if self.rival else 0

    def why(self, helper: Helper, told: tuple[Reason, ...]) -> Reason:
        if self.has(helper):
            return Reason("chosen", 0, "这次建议请这位", "suggested this time")
        return self.against(helper, told, *self.rival) if self.rival else self.nobody_chosen()

    def nobody_chosen(self) -> Reason:
        left = self.book.open.get(self.need.id)
        text, text_en = (left.text, left.text_en) if left else ("这次没有排到", "not planned this time")
        return Reason(left.reason if left else "not_planned", 0, text, text_en)

    def against(
        self, helper: Helper, told: tuple[Reason, ...], made: Assigned, rival: Helper, rival_net: int
    ) -> Reason:
        """The one thing that decided it, the most telling first."""
        if (helper.id, made.official) in self.problem.pair_exclude or helper.id == made.official:
            return Reason("pair", 0, "与陪同干部不便同去", "may not go together with the official")
        price = {reason.term: reason.value for reason in told}
        ahead = self.score(rival) - sum(reason.value for reason in told if reason.term in PARTS)
        only = self.book.only[helper.id] if price["scarcity"] < 0 else 0
        if only:
            return Reason(
                "scarcity",
                price["scarcity"],
                f"这次另有{only}户只有这位能帮，先留给那边",
                f"other households that only this person can help: {only}",
            )
        if price["scarcity"] < 0 and ahead <= -price["scarcity"]:
            return next(reason for reason in told if reason.term == "scarcity")
        if ahead > 0:
            return Reason("lower", -ahead, f"比建议的那位少{ahead}分", f"{ahead} points fewer than the one suggested")
        if sum(reason.value for reason in told) < rival_net:
            return Reason(
                "fairness",
                price["fairness"],
                "手上已经多，让给手上少的",
                "has much on hand; somebody with less goes first",
            )
        return Reason("tie", 0, "一样合适，按固定的抽签次序", "equally fit; decided by a fixed lot")
