"""Looking at one pair once more, just before it becomes active: the same snapshot and rules as the match."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from heli.common.errors import DomainError
from heli.engines import matching
from heli.fieldwork.models import Need
from heli.helpers.models import Helper

from . import selectors, snapshot, table
from .models import Dispatch
from .wording import reason_document


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules may look at, and the score with its parts for the record."""

    facts: table.Facts
    score: int
    reasons: list[dict[str, Any]]


def look_at(
    need: Need,
    helper: Helper,
    official: Helper | None,
    *,
    at: datetime,
    by_hand: bool = False,
    dispatch: Dispatch | None = None,
) -> Look:
    """Facts about this pair as of now. `dispatch` is their own one, whose places do not count against them; an
    officer's own pick (`by_hand`) counts as wished for, so that the area does not matter."""
    own = frozenset([dispatch.pk] if dispatch else [])
    rules = selectors.rules_in_force()
    taken = snapshot.take("none", at=at, extra=[need.pk], leave_out=own, rules=rules, only=helper.pk)
    candidate = _seen(taken.problem, need.pk, helper.pk, by_hand) if helper.pk in taken.helpers else None
    excluded = candidate.excluded if candidate else None
    facts = table.Facts(
        helper_state="active" if helper.pk in taken.helpers else _state(helper),
        trained=helper.trainings.exists(),
        free=helper.capacity - taken.loads.get(helper.pk, 0),
        excluded=excluded.text if excluded and excluded.term != "full" else "",
        policy=rules.need_kinds[need.kind].official,
        has_official=official is not None and snapshot.covers(official, need.region_code),
        official_free=official.capacity - taken.official_loads.get(official.pk, 0) if official else 0,
        waits_for_household=bool(dispatch and dispatch.waits_for_household),
    )
    score = candidate.score if candidate else 0
    return Look(facts, score, [reason_document(reason) for reason in candidate.reasons] if candidate else [])


def _seen(problem: matching.Problem, need: int, helper: int, by_hand: bool) -> matching.Candidate:
    """This helper seen from this need alone."""
    row = problem.needs[0]
    if by_hand and helper not in row.prefer:
        row = replace(row, prefer=(*row.prefer, helper))
    alone = replace(problem, needs=(row,))
    return matching.explain(alone, matching.solve(alone), need, helper)


def _state(helper: Helper) -> str:
    return str(Helper.objects.values_list("state", flat=True).get(pk=helper.pk))


def stop_at(facts: table.Facts) -> None:
    """Raise the first reason why not."""
    for refusal in table.refusals(facts):
        raise DomainError(refusal.code, refusal.message)
