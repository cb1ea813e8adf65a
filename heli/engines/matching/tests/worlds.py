"""Small worlds for the tests: random problems, and answers found by trying everything."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from hypothesis import settings
from hypothesis import strategies as st

from heli.engines.matching import candidates, score
from heli.engines.matching.problem import Exclusion, Helper, Need, Official, Problem, Weights

quick = settings(max_examples=30, deadline=None, derandomize=True, database=None)

VILLAGES = ("331081100201", "331081100202", "331081101201")
PLACES = (*VILLAGES, "331081100201-03", "331081100")
REACHES = (*VILLAGES, "331081100", "331081")
KINDS = ("family_partition", "moving_help", "small_matter")
FEATURES = ("elder", "debt", "away", "unheard_of")
HELPER_KINDS = ("worthy", "lawyer", "volunteer", "mediator")

Pick = tuple[str, str, str | None]


def some(values: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple) if values else st.just(())


def skills(most: int) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(("legal_advice", "moving_help")), st.integers(1, most), max_size=2)


@st.composite
def helpers(draw: st.DrawFn, name: str) -> Helper:
    return Helper(
        id=name,
        home=draw(st.sampled_from((*PLACES, ""))),
        skills=draw(skills(5)),
        serves=draw(some(REACHES, 2)),
        relation=draw(st.sampled_from(("social", "social", "staff"))),
        kinds=draw(some(HELPER_KINDS, 2)),
        capacity=draw(st.integers(0, 4)),
        load=draw(st.integers(0, 2)),
    )


@st.composite
def needs(draw: st.DrawFn, name: str, people: tuple[str, ...], officials: tuple[str, ...]) -> Need:
    official = draw(st.sampled_from(("none", "required")))
    return Need(
        id=name,
        kind=draw(st.sampled_from(KINDS)),
        region=draw(st.sampled_from(PLACES)),
        skills=draw(skills(2)),
        urgency=draw(st.integers(1, 5)),
        slots=1 if official == "required" else draw(st.integers(1, 2)),
        official=official,
        prefer=draw(some(people, 1)),
        trusted=draw(some(people, 1)),
        features=draw(some(FEATURES, 3)),
        refuse=draw(some(people, 1)),
        exclude=tuple(Exclusion(one, draw(st.sampled_from(("kin", "untrained")))) for one in draw(some(people, 1))),
        current=draw(st.sampled_from((None, *people))),
        officials=draw(st.none() | some(officials, 2)),
    )


@st.composite
def problems(draw: st.DrawFn, *, most_needs: int = 4, most_helpers: int = 4, pairs: bool = False) -> Problem:
    people = tuple(f"h{at}" for at in range(draw(st.integers(0, most_helpers))))
    officials = tuple(f"o{at}" for at in range(draw(st.integers(0, 2))))
    names = tuple(f"n{at}" for at in range(draw(st.integers(0, most_needs))))
    barred = tuple(itertools.product(people, officials))
    return Problem(
        needs=tuple(draw(needs(name, people, officials)) for name in names),
        helpers=tuple(draw(helpers(name)) for name in people),
        officials=tuple(Official(name, draw(st.integers(0, 3)), draw(st.integers(0, 1))) for name in officials),
        pair_exclude=tuple(draw(st.lists(st.sampled_from(barred), max_size=3))) if pairs and barred else (),
        seed=draw(st.integers(0, 3)),
    )


def allowed(problem: Problem, need: Need) -> list[Helper]:
    return [helper for helper in problem.helpers if candidates.bar(problem, need, helper) is None]


def choices(problem: Problem, need: Need) -> Iterator[tuple[Pick, ...]]:
    """Everything that can be done for one need by itself."""
    ids = [helper.id for helper in allowed(problem, need)]
    if need.official == "required":
        may = [one.id for one in problem.officials if need.officials is None or one.id in need.officials]
        yield ()
        yield from (((need.id, helper, one),) for helper in ids for one in may if apart(problem, helper, one))
    else:
        for size in range(need.slots + 1):
            yield from (tuple((need.id, one, None) for one in group) for group in itertools.combinations(ids, size))


def apart(problem: Problem, helper: str, official: str) -> bool:
    return (helper, official) not in problem.pair_exclude and helper != official


def objective(problem: Problem, picks: tuple[Pick, ...]) -> int | None:
    """The price of a plan by the words of the design; None if somebody is over their capacity."""
    weights = problem.weights
    need_of = {need.id: need for need in problem.needs}
    helper_of = {helper.id: helper for helper in problem.helpers}
    served = Counter(need for need, _, _ in picks)
    total = sum((need.slots - served[need.id]) * weights.penalty(need.urgency) for need in problem.needs)
    total -= sum(sum(score.parts(problem, need_of[need], helper_of[helper])) for need, helper, _ in picks)
    loads = [(helper, sum(pick[1] == helper.id for pick in picks)) for helper in problem.helpers]
    loads += [(one, sum(pick[2] == one.id for pick in picks)) for one in problem.officials]
    for person, taken in loads:
        if taken > person.free:
            return None
        total += sum(visit_price(weights, person.capacity, person.load + at) for at in range(1, taken + 1))
    return total


def visit_price(weights: Weights, capacity: int, visit: int) -> int:
    """'The 5th household of Zhang costs 20 points.'"""
    middle, high = (capacity * percent // 100 for percent in weights.fairness_until)
    return weights.fairness[0 if visit <= middle else 1 if visit <= high else 2]


def best_by_trying(problem: Problem) -> int:
    plans = itertools.product(*(choices(problem, need) for need in problem.needs))
    prices = (objective(problem, tuple(itertools.chain(*plan))) for plan in plans)
    return min(price for price in prices if price is not None)


def greedy(problem: Problem) -> int:
    """How many places the plain way fills: the most urgent first, each the best who is free."""
    room = Counter({helper.id: helper.free for helper in problem.helpers})
    seats = Counter({one.id: one.free for one in problem.officials})
    filled = 0
    for need in sorted(problem.needs, key=lambda need: -need.urgency):
        people = sorted(allowed(problem, need), key=lambda helper: -sum(score.parts(problem, need, helper)))
        free = [helper.id for helper in people if room[helper.id] > 0][: need.slots]
        if need.official == "required":
            may = seats if need.officials is None else need.officials
            going = [one for one in may if seats[one] > 0]
            free = free[: len(going)]
            seats.subtract(going[: len(free)])
        room.subtract(free)
        filled += len(free)
    return filled


def picks_of(plan: object) -> tuple[Pick, ...]:
    return tuple((one.need, one.helper, one.official) for one in plan.assigned)  # type: ignore[attr-defined]
