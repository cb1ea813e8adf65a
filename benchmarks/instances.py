"""Seeded worlds for the matching benchmarks: a city, the same with officials, a province as columns."""

import random
from collections.abc import Sequence
from dataclasses import replace

from heli.engines.matching import Helper, Need, Official, Problem

NEEDS, HELPERS, SKILLS, TOWNS = 10_000, 2_000, 14, 17


def city(
    needs: int = NEEDS, helpers: int = HELPERS, *, county: str = "331081", seed: int = 2023, first: int = 0
) -> Problem:
    """About forty people could come for each need; there are 1.2 places for each."""
    dice = random.Random(seed)
    towns = [f"{county}{100 + n}" for n in range(TOWNS)]
    people = tuple(
        Helper(
            first + n, home=f"{dice.choice(towns)}{200 + dice.randrange(40)}", capacity=dice.choice((5, 6, 7)),
            skills={f"s{dice.randrange(SKILLS)}": dice.randrange(1, 6) for _ in range(4)},
            serves=(dice.choice(towns),) if dice.random() < 0.45 else (),
        )
        for n in range(helpers)
    )  # fmt: skip
    asked = tuple(
        Need(first + n, kind="moving_help", region=f"{dice.choice(towns)}{200 + dice.randrange(40)}",
             skills={f"s{dice.randrange(SKILLS)}": 1}, urgency=dice.randrange(1, 6))
        for n in range(needs)
    )  # fmt: skip
    return Problem(asked, people)


def with_officials(problem: Problem, *, officials: int = 600, each: int = 25, excluded: float = 0.0) -> Problem:
    """Every need wants one of 25 officials of its town; `excluded`: share of pairs that may not go together."""
    dice = random.Random(7)
    towns = sorted({need.region[:9] for need in problem.needs})
    places = -(-len(problem.needs) * 13 // (10 * each * len(towns)))
    seats = tuple(Official(f"o{n}", capacity=places) for n in range(officials))
    of_town = {town: tuple(one.id for one in seats[n :: len(towns)][:each]) for n, town in enumerate(towns)}
    needs = tuple(replace(need, official="required", officials=of_town[need.region[:9]]) for need in problem.needs)
    pairs = tuple((h.id, o.id) for h in problem.helpers for o in seats if excluded and dice.random() < excluded)
    return replace(problem, needs=needs, officials=seats, pair_exclude=pairs)


class Province:
    """A hundred counties of a city's size, made when they are asked for: nobody holds them all."""

    def __init__(self, counties: int = 100, needs: int = NEEDS, helpers: int = HELPERS // 2) -> None:
        self.size = counties, needs, helpers

    def codes(self) -> Sequence[str]:
        return [str(330100 + n) for n in range(self.size[0])]

    def county(self, code: str) -> Problem:
        _counties, needs, helpers = self.size
        at = int(code) - 330100
        made = city(needs, helpers, county=code, seed=at, first=at * needs)
        return replace(made, helpers=tuple(replace(one, capacity=2 * one.capacity) for one in made.helpers))

    def border(self) -> Problem:
        return Problem((), ())
