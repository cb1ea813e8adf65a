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

SHOWN = 3  # candidates kept with a proposal, the chosen one among them


def region_propose(
    region: str, *, actor: Person, at: datetime, needs: Iterable[int] = (), apply: bool = True
) -> DispatchRun:
    """A run over the open needs of `region`; with `apply` its proposals become the latest ones of their needs.

    The solving happens outside the transaction that stores it: nobody waits for it.
    """
    began = time.perf_counter()
    taken = snapshot.take(region, at=at, extra=needs, rules=selectors.rules_in_force())
    took = time.perf_counter() - began
    try:
        plan = matching.solve(taken.problem)
    except matching.BadProblem as error:
        raise DomainError(error.code, str(error)) from error
    run = _run(region, taken, plan, actor, at)
    run.seconds = {"snapshot": round(took, 4), **{k: round(v, 4) for k, v in plan.seconds.items()}}
    return run_store(run, taken, plan, actor=actor, at=at) if apply else run


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
def run_store(
    run: DispatchRun, taken: snapshot.Snapshot, plan: matching.Plan, *, actor: Person, at: datetime
) -> DispatchRun:
    """Keep the run and make its proposals the latest of their needs."""
    run.save(force_insert=True)
    Proposal.objects.filter(need_id__in=list(taken.needs), is_latest=True).update(is_latest=False)
    Proposal.objects.bulk_create(_proposal(run, taken, plan, need) for need in taken.needs)
    facts: dict[str, Any] = {"needs": run.needs, "helpers": run.helpers, "objective": run.objective, "bound": run.bound}
    ledger.append("dispatch.propose", subject=run, actor=actor, at=at, solver=run.solver, **facts)
    return run


def _proposal(run: DispatchRun, taken: snapshot.Snapshot, plan: matching.Plan, need: int) -> Proposal:
    best = matching.ranked(taken.problem, need, plan, SHOWN)
    chosen = next((candidate for candidate in best if candidate.chosen), None)
    nobody = next((left for left in plan.unassigned if left.need == need), None)
    return Proposal(
        run=run,
        need_id=need,
        helper_id=chosen.helper if chosen else None,
        official_id=chosen.official if chosen else None,
        score=chosen.score if chosen else 0,
        candidates=[candidate_document(candidate) for candidate in best],
        excluded=matching.exclusion_counts(taken.problem, need),
        nobody=reason_document(matching.Reason(nobody.reason, 0, nobody.text, nobody.text_en)) if nobody else {},
    )
