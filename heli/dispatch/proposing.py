"""Solve a region's open needs and keep what was proposed, with reasons. A person decides; this only suggests."""

import time
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from typing import Any

from heli import ledger
from heli.access.models import Person
from heli.common.errors import DomainError
from heli.engines import matching

from . import selectors, snapshot
from .models import DispatchRun, Proposal
from .wording import candidate_document, reason_document

A_SLICE = 500  # rows a statement, within SQLite's limit on variables
SHOWN = 3  # candidates kept with a proposal, the chosen one among them


def region_propose(
    region: str, *, actor: Person, at: datetime, needs: Iterable[int] = (), apply: bool = True
) -> DispatchRun:
    """A run over the open needs of `region`; with `apply` its proposals become the latest ones of their needs.

    The solving happens outside the transaction that stores it: nobody waits for it.
    """
    clock = Clock()
    taken = snapshot.take(region, at=at, extra=needs, rules=selectors.rules_in_force())
    clock.step("snapshot")
    try:
        plan = matching.solve(taken.problem, cover=True)
    except matching.BadProblem as error:
        raise DomainError(error.code, str(error)) from error
    clock.seconds |= plan.seconds
    clock.step("coverage", besides=plan.seconds.values())
    lists = matching.shortlists(taken.problem, plan, SHOWN)
    clock.step("shortlists")
    run = _run(region, taken, plan, actor, at)
    clock.step("documents")
    run.seconds = {name: round(took, 4) for name, took in clock.seconds.items()}
    if apply:
        run_store(run, _proposals(run, taken, plan, lists), actor=actor, at=at)
    return run


class Clock:
    """How long each step took, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.last = time.perf_counter()

    def step(self, name: str, *, besides: Iterable[float] = ()) -> None:
        """The time since the step before, without what was counted already."""
        now = time.perf_counter()
        self.seconds[name] = now - self.last - sum(besides)
        self.last = now


def _run(region: str, taken: snapshot.Snapshot, plan: matching.Plan, actor: Person, at: datetime) -> DispatchRun:
    return DispatchRun(
        region_code=region,
        at=at,
        by=actor,
        problem=matching.problem_document(taken.problem),
        plan=matching.plan_document(plan),
        solver=f"pylmcf {version('pylmcf')}",
        needs=len(taken.needs),
        helpers=len(taken.helpers),
        objective=plan.objective,
        bound=plan.bound,
    )


@ledger.written
def run_store(run: DispatchRun, proposals: list[Proposal], *, actor: Person, at: datetime) -> DispatchRun:
    """Keep the run and make its proposals the latest of their needs."""
    run.save(force_insert=True)
    needs = [proposal.need_id for proposal in proposals]
    for start in range(0, len(needs), A_SLICE):
        Proposal.objects.filter(need_id__in=needs[start : start + A_SLICE], is_latest=True).update(is_latest=False)
    Proposal.objects.bulk_create(proposals, batch_size=A_SLICE)
    facts: dict[str, Any] = {"needs": run.needs, "helpers": run.helpers, "objective": run.objective, "bound": run.bound}
    ledger.append("dispatch.propose", subject=run, actor=actor, at=at, solver=run.solver, **facts)
    return run


def _proposals(
    run: DispatchRun, taken: snapshot.Snapshot, plan: matching.Plan, lists: dict[matching.Id, matching.Shortlist]
) -> list[Proposal]:
    open_ = {left.need: left for left in plan.unassigned}
    return [_proposal(run, need, lists[need], open_.get(need)) for need in taken.needs]


def _proposal(run: DispatchRun, need: int, short: matching.Shortlist, left: matching.Unassigned | None) -> Proposal:
    chosen = next((candidate for candidate in short.best if candidate.chosen), None)
    return Proposal(
        run=run,
        need_id=need,
        helper_id=chosen.helper if chosen else None,
        official_id=chosen.official if chosen else None,
        score=chosen.score if chosen else 0,
        candidates=[candidate_document(candidate) for candidate in short.best],
        excluded=short.excluded,
        nobody=reason_document(matching.Reason(left.reason, 0, left.text, left.text_en)) if left else {},
    )
