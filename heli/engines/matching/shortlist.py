"""For every need of a plan at once: the best few with their reasons, and how many are kept out by which rule.

The same as `explain.ranked` and `candidates.counts` need by need (a test holds them together), from the tables of all
pairs: a city's ten thousand needs would else be ten thousand walks through all helpers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from . import arcs as pairs
from . import candidates, prices
from .arcs import Arcs
from .explain import Book, Look
from .frame import Frame, Ints, frame
from .plan import Candidate, Plan
from .problem import Id, Need, Problem


@dataclass(frozen=True, slots=True)
class Shortlist:
    """`best`: the chosen first, then the next best by net. `excluded`: rule → how many, the commonest first."""

    best: tuple[Candidate, ...]
    excluded: dict[str, int]


def shortlists(problem: Problem, plan: Plan, limit: int = 3) -> dict[Id, Shortlist]:
    book = Book(problem, plan)
    allowed = pairs.arcs(frame(problem))
    made = allowed.frame
    rows = best_rows(allowed, nets(allowed, book), limit)
    counts = Rules(made)
    found = {}
    for at, need in enumerate(made.needs):
        seen = Look(book, need)
        people = [made.helpers[one] for one in rows[at].tolist() if one >= 0]
        found[need.id] = Shortlist(tuple(map(seen.candidate, people)), counts.of(at, need))
    return found


def nets(allowed: Arcs, book: Book) -> tuple[Ints, Ints]:
    """Per allowed pair: whether it is chosen (0 first), and what the plan compares it by."""
    made, weights = allowed.frame, allowed.frame.problem.weights
    taken = np.array([book.taken[helper.id] for helper in made.helpers], dtype=np.int64)
    price = np.array([book.plan.prices.get(helper.id, 0) for helper in made.helpers], dtype=np.int64)
    last, more = (
        np.array(
            [
                prices.step_cost(weights, helper, count, another=another)
                for helper, count in zip(made.helpers, taken.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        for another in (False, True)
    )
    chosen = np.zeros(len(allowed.need), dtype=np.bool_)
    at, found = pairs.stand(
        allowed.keys, pairs.keys_of(made, ((at, book.chosen.get(need.id, {})) for at, need in enumerate(made.needs)))
    )
    chosen[at[found]] = True
    fair = np.where(chosen, last[allowed.helper], more[allowed.helper])
    scarce = np.maximum(0, price[allowed.helper] - fair)
    return (~chosen).astype(np.int64), allowed.score - fair - scarce


def best_rows(allowed: Arcs, ranks: tuple[Ints, Ints], limit: int) -> Ints:
    """Need → positions of its best few, −1 where there are fewer."""
    after, net = ranks
    ranked = np.lexsort((allowed.helper, -allowed.score, -net, after, allowed.need))
    need = allowed.need[ranked]
    place = np.arange(len(need)) - np.searchsorted(need, need)
    kept = place < limit
    rows = np.full((len(allowed.frame.needs), limit), -1, dtype=np.int64)
    rows[need[kept], place[kept]] = allowed.helper[ranked[kept]]
    return rows


class Rules:
    """How many people each rule keeps out, worked out once for each distinct demand and put right for single people."""

    def __init__(self, made: Frame) -> None:
        self.made = made
        self.known: dict[tuple[int, int, bool], tuple[Counter[str], Ints]] = {}

    def of(self, at: int, need: Need) -> dict[str, int]:
        made = self.made
        key = (int(made.skill_of[at]), int(made.region_of[at]), bool(made.third_party[at]))
        if key not in self.known:
            codes = self.codes(*key)
            told = Counter({CODES[code]: n for code, n in enumerate(np.bincount(codes, minlength=6).tolist())})
            self.known[key] = (told, codes)
        counts, codes = self.known[key]
        found = counts.copy()
        special = {*need.named, *need.refuse, *(bar.helper for bar in need.exclude)}
        for one in special & made.helper_at.keys():
            found[CODES[int(codes[made.helper_at[one]])]] -= 1
            found[candidates.bar(made.problem, need, made.helpers[made.helper_at[one]]) or ""] += 1
        kept_out = {code: n for code, n in found.items() if code and n > 0}
        return dict(sorted(kept_out.items(), key=lambda item: (-item[1], item[0])))

    def codes(self, skill: int, region: int, third_party: bool) -> Ints:
        """Per helper the place in CODES of the first rule that says no, 0 for nobody."""
        made = self.made
        codes = np.where(made.free, 0, 4)
        codes[~made.reach[region]] = 3
        codes[~made.skilled[skill]] = 2
        if third_party:
            codes[made.staff] = 1
        return codes


CODES = ("", "third_party", "not_skilled", "out_of_area", "full", "", "")
