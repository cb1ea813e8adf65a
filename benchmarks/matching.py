"""The matching engine beside the raw network simplex and beside other solvers, on seeded worlds."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from heli.engines.matching import Split, flow, solve, solve_counties
from heli.engines.matching.best import best
from heli.engines.matching.repair import barred_pairs, violations

from . import rivals
from .instances import Province, city, with_officials

Row = dict[str, Any]


def run() -> Iterator[Row]:
    yield columns_to_plan()
    yield reasons()
    yield from officials()
    yield from rivals.run()
    yield one_piece_or_counties()
    yield province()


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """CPU seconds of the shortest of some runs (other work on the machine does not count), and what the last gave."""
    took, found = [], None
    for _ in range(times):
        began = time.process_time()
        found = work()
        took.append(time.process_time() - began)
    return min(took), found


def waited(work: Callable[[], Any]) -> tuple[float, Any]:
    """Wall seconds of work that other processes do."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def row(what: str, side: float, reference: float, **facts: Any) -> Row:
    return {"what": what, "side": side, "reference": reference, "ratio": side / reference} | facts


def columns_to_plan() -> Row:
    problem = city()
    side, made = timed(lambda: best(problem), 5)
    raw, _ = timed(lambda: flow.solve(made.network), 5)
    facts = {"arcs": len(made.arcs.need), "served": len(made.final.need), "gap": made.objective - made.bound}
    return row("city 10,000 x 2,000: problem to proven plan / raw network simplex", side, raw, **facts)


def reasons() -> Row:
    problem = city()
    side, plan = timed(lambda: solve(problem, cover=True))
    raw, _ = timed(lambda: best(problem))
    return row(
        "city: plan with reasons and proof of coverage / plan", side, raw, gap=plan.gap, covered=plan.coverage.proven
    )


def officials() -> Iterator[Row]:
    problem = with_officials(city())
    side, made = timed(lambda: best(problem), 2)
    raw, _ = timed(lambda: flow.solve(made.network), 2)
    facts = {"served": len(made.final.need), "gap": made.objective - made.bound}
    yield row("city with officials: problem to proven plan / raw network simplex", side, raw, **facts)
    problem = with_officials(city(), excluded=0.03)
    side, made = timed(lambda: best(problem), 1)
    broken = int(violations(made.arcs.frame, barred_pairs(made.arcs.frame), made.first).sum())
    facts = {"served": len(made.final.need), "lost": len(made.first.need) - len(made.final.need), "mended": broken,
             "above_bound": (made.objective - made.bound) / abs(made.bound)}  # fmt: skip
    yield row("city with officials, 3 % of pairs excluded / the same without", side, raw, **facts)


def one_piece_or_counties() -> Row:
    """Three counties without crossings: the same optimum."""
    source = Province(3)
    parts = [source.county(code) for code in source.codes()]
    whole = type(parts[0])(sum((p.needs for p in parts), ()), sum((p.helpers for p in parts), ()))
    one, made = waited(lambda: best(whole))
    side, found = waited(lambda: solve_counties(Split(whole), workers=2))
    return row("three counties, two processes / one piece", side, one, difference=found.objective - made.objective)


def province() -> Row:
    """1,000,000 x 100,000, every allowed pair, two processes: wall against half of the CPU of all."""
    counties = int(os.environ.get("HELI_BENCH_COUNTIES", "100"))
    source = Province(counties)
    side, found = waited(lambda: solve_counties(source, workers=2))
    cpu = sum(county.cpu for county in found.counties)
    peak = max(county.peak_kib for county in found.counties) / 1024
    facts = {"served": found.served, "gap": found.gap, "worker_mib": round(peak), "cpu": round(cpu, 1)}
    return row(f"province {counties * 10_000:,} x {counties * 1_000:,}: wall / half of the CPU", side, cpu / 2, **facts)
