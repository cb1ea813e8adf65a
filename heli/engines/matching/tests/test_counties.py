"""County by county: the same answer as in one piece where nobody crosses a border, and a true bound where somebody does."""

import random

import pytest

from heli.engines.matching import Split, solve, solve_counties
from heli.engines.matching.problem import Helper, Need, Official, Problem


def province(seed: int, *, crossing: float, officials: bool = False) -> Problem:
    """Three counties of 60 needs and 14 helpers."""
    dice = random.Random(seed)
    needs, helpers, going = [], [], []
    for n, county in enumerate(("331081", "331082", "331083")):
        beside = ("331082", "331083", "331081")[n]
        if officials:
            going.append(Official(f"o{county}", capacity=50))
        for k in range(14):
            serves = (f"{beside}100",) if dice.random() < crossing else ()
            skills = {f"s{dice.randrange(3)}": dice.randrange(1, 6) for _ in range(2)}
            helpers.append(Helper(f"{county}-{k}", f"{county}100{200 + k}", skills, serves, capacity=5))
        for k in range(60):
            more = {"official": "required", "officials": (f"o{county}",)} if officials and k % 2 else {}
            needs.append(
                Need(f"{county}/{k}", "moving_help", f"{county}100{200 + dice.randrange(20)}",
                     {f"s{dice.randrange(3)}": 1}, urgency=dice.randrange(1, 6), **more)
            )  # fmt: skip
    return Problem(tuple(needs), tuple(helpers), tuple(going))


@pytest.mark.parametrize("officials", [False, True])
def test_without_crossings_the_counties_are_the_whole(officials):
    problem = province(1, crossing=0, officials=officials)
    whole, one = solve_counties(Split(problem), workers=1), solve(problem)
    assert (whole.objective, whole.bound, whole.served) == (one.objective, one.objective, len(one.assigned))


@pytest.mark.parametrize("seed", range(6))
def test_with_crossings_the_bound_is_true_and_the_border_pass_helps(seed):
    problem = province(seed, crossing=0.4)
    whole, one = solve_counties(Split(problem), workers=1), solve(problem)
    apart = sum(county.objective for county in whole.counties)
    assert whole.bound <= one.objective <= whole.objective <= apart
    assert whole.served <= len(one.assigned)


def test_two_processes_give_the_same_and_say_how_far_they_are():
    problem = province(2, crossing=0.4)
    heard = []
    two = solve_counties(Split(problem), workers=2, report=lambda done, total: heard.append((done, total)))
    one = solve_counties(Split(problem), workers=1)
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert (two.objective, two.bound, two.changed) == (one.objective, one.bound, one.changed)


def test_whoever_stops_it_ends_the_workers():
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve_counties(Split(province(3, crossing=0)), workers=2, report=stop)
