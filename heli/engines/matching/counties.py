"""A province county by county: each piece exact on its own, in two processes, then a pass over the borders.

A helper belongs to the county of their home, a need to its own; officials stay in their county. Inside a county nothing
is lost. People who also go to a neighbouring county are looked at once more afterwards: the prices of all counties
together prove how far the whole can be from the best (`bound`), and the needs that could gain are solved again with
the people from both sides of the border.

A `Source` hands out one county at a time, so that nobody holds a province in memory. Workers are forked: they read the
source without copying it and answer with a few arrays.
"""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from time import perf_counter, process_time
from typing import Protocol, TypeVar

from . import county
from .border import cross
from .county import County
from .problem import Helper, Id, Need, Problem, order
from .regions import COUNTY
from .validate import without_strangers

Row = TypeVar("Row")
Report = Callable[[int, int], None]
"""(counties done, counties in all); may raise to stop: then the workers end and nothing is kept."""


class Source(Protocol):
    """Where counties come from."""

    def codes(self) -> Sequence[str]:
        """The counties, in the order in which results are merged."""

    def county(self, code: str) -> Problem:
        """One county's needs, and the helpers and officials who live there."""

    def border(self) -> Problem:
        """Everybody who goes beyond their county, and the needs there that they could take; may be empty."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All counties. `changed`: need → helper, where the border pass did better. `objective`, `bound`, `gap` as in a
    plan, among plans whose officials stay in their county. `seconds`: wall of the counties and of the border."""

    counties: tuple[County, ...]
    changed: Mapping[Id, Id | None]
    objective: int
    bound: int
    gap: float
    served: int
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Split:
    """The source of a problem that is in memory as a whole."""

    problem: Problem
    needs: Mapping[str, list[Need]] = field(init=False)
    helpers: Mapping[str, list[Helper]] = field(init=False)
    officials: Mapping[str, list[Id]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", grouped(self.problem.needs, lambda need: need.region[:COUNTY]))
        object.__setattr__(self, "helpers", grouped(self.problem.helpers, lambda helper: helper.home[:COUNTY]))
        object.__setattr__(self, "officials", self._officials())

    def codes(self) -> Sequence[str]:
        return sorted(self.needs.keys() | self.helpers.keys())

    def county(self, code: str) -> Problem:
        return within(self.problem, self.needs.get(code, ()), self.helpers.get(code, ()), self.officials.get(code, ()))

    def border(self) -> Problem:
        """Who serves or is named in another county, and the needs of those counties."""
        home = {helper.id: helper.home[:COUNTY] for helper in self.problem.helpers}
        named = {one for need in self.problem.needs for one in need.named if home.get(one) != need.region[:COUNTY]}
        going = [one for one in self.problem.helpers if one.id in named or any(map(abroad(one), one.serves))]
        goals = {code for one in going for code in one.serves if abroad(one)(code)}
        needs = [need for need in self.problem.needs if named.intersection(need.named) or touches(need.region, goals)]
        return within(self.problem, needs, going, ())

    def _officials(self) -> dict[str, list[Id]]:
        """County → officials whose first need, by id, lies there; who has none belongs to the first county."""
        first: dict[Id, str] = {}
        for need in sorted(self.problem.needs, key=lambda need: order(need.id)):
            for one in need.officials or ():
                first.setdefault(one, need.region[:COUNTY])
        elsewhere = next(iter(self.codes()), "")
        return grouped([one.id for one in self.problem.officials], lambda one: first.get(one, elsewhere))


def abroad(helper: Helper) -> Callable[[str], bool]:
    """Whether a code lies, or reaches, outside the helper's county."""
    return lambda code: code[:COUNTY] != helper.home[:COUNTY]


def touches(region: str, goals: Iterable[str]) -> bool:
    return any(region.startswith(code) or code.startswith(region) for code in goals)


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def within(problem: Problem, needs: Iterable[Need], helpers: Iterable[Helper], officials: Iterable[Id]) -> Problem:
    """The part of `problem` with these people; mentions of others are dropped."""
    kept = frozenset(officials)
    part = replace(
        problem,
        needs=tuple(needs),
        helpers=tuple(helpers),
        officials=tuple(one for one in problem.officials if one.id in kept),
    )
    return without_strangers(part)


def solve_counties(source: Source, *, workers: int = 2, report: Report = lambda done, total: None) -> Whole:
    """Every county, then the borders. The answer does not depend on `workers` nor on who is finished first."""
    began = perf_counter()
    border = source.border()
    work = Work(source, frozenset(one.id for one in border.needs), frozenset(one.id for one in border.helpers))
    solved = tuple(sorted(work.all(workers, report), key=lambda one: one.code))
    parted = perf_counter()
    seats = {need: seat for one in solved for need, seat in one.seats.items()}
    desks = {helper: desk for one in solved for helper, desk in one.desks.items()}
    crossed = cross(border, seats, desks)
    objective = sum(one.objective for one in solved) - crossed.gain
    bound = sum(one.bound for one in solved) - crossed.most
    return Whole(
        solved,
        crossed.changed,
        objective,
        bound,
        (objective - bound) / max(1, abs(bound)),
        sum(one.served for one in solved) + gained(crossed.changed, seats),
        {"counties": parted - began, "border": perf_counter() - parted},
    )


def gained(changed: Mapping[Id, Id | None], seats: Mapping[Id, county.Seat]) -> int:
    """Needs that the border pass served or, for a more urgent one, gave up."""
    return sum((new is not None) - (seats[need].helper is not None) for need, new in changed.items())


@dataclass(frozen=True)
class Work:
    """What a worker does: a county's code in, a solved county out. Forked workers share `source` without a copy."""

    source: Source
    needs: frozenset[Id]
    helpers: frozenset[Id]

    def one(self, code: str) -> County:
        began = process_time()
        made = county.solved(code, self.source.county(code), self.needs, self.helpers)
        return replace(made, cpu=process_time() - began)

    def all(self, workers: int, report: Report) -> Iterator[County]:
        codes = self.source.codes()
        if workers == 1:
            found: Iterator[County] = map(self.one, codes)
            yield from counted(found, len(codes), report)
            return
        global _work
        _work = self
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))
        try:
            jobs = [pool.submit(_in_worker, code) for code in codes]
            yield from counted((job.result() for job in as_completed(jobs)), len(codes), report)
        finally:
            pool.shutdown(cancel_futures=True)  # a county in hand is finished, none is begun


_work: Work | None = None  # set just before the workers are forked, so that nothing has to be pickled


def _in_worker(code: str) -> County:
    assert _work is not None
    return _work.one(code)


def counted(found: Iterator[County], total: int, report: Report) -> Iterator[County]:
    for done, one in enumerate(found, 1):
        report(done, total)
        yield one
