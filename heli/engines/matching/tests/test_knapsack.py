"""The best sets and what an arc costs them: as by trying every set, and never below it where sizes are rounded."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import knapsack
from heli.engines.matching.packing import Packing, packing

from .worlds import quick

Asked = tuple[Packing, np.ndarray]


@st.composite
def asked(draw: st.DrawFn, unit: int = 1) -> Asked:
    """Arcs of two agents, and prices of the tasks."""
    agent = np.array(sorted(draw(st.lists(st.integers(0, 1), min_size=1, max_size=10))))
    numbers = st.lists(st.integers(0, 9 * unit), min_size=len(agent), max_size=len(agent))
    task, cost, size = (np.array(draw(numbers)) for _ in range(3))
    capacity = np.array(draw(st.lists(st.integers(9 * unit + 1, 30 * unit), min_size=2, max_size=2)))
    made = packing(10, capacity, task % 10, agent, cost % 10, size + 1)
    return made, np.array(draw(st.lists(st.integers(0, 15), min_size=10, max_size=10))) << made.bits


def most(made: Packing, prices: np.ndarray, agent: int, arc: int = 0, is_in: bool | None = None) -> int:
    """What the agent's best set brings, by trying all; of those with or without the arc if asked."""
    arcs = np.flatnonzero(made.agent == agent).tolist()
    profit = prices[made.task] - made.fine
    sets = itertools.chain.from_iterable(itertools.combinations(arcs, n) for n in range(len(arcs) + 1))
    asked_for = (list(one) for one in sets if is_in is None or (arc in one) == is_in)
    return max(
        (int(profit[one].sum()) for one in asked_for if made.size[one].sum() <= made.room[agent]), default=-(1 << 62)
    )


@quick
@given(asked())
def test_the_best_sets(made: Asked):
    whole, prices = made
    sets = knapsack.best_sets(whole, prices)
    chosen = sets.chosen(whole)
    assert sets.worth.tolist() == [most(whole, prices, agent) for agent in range(2)]
    assert (prices[whole.task] - whole.fine)[chosen].sum() == sets.worth.sum()
    assert (np.bincount(whole.agent, whole.size * chosen, minlength=2) <= whole.room).all()


@quick
@given(asked())
def test_what_is_lost_with_and_without_an_arc(made: Asked):
    whole, prices = made
    worth, loss_in, loss_out = knapsack.losses(whole, prices)
    agents = whole.agent.tolist()
    assert (worth[agents] - loss_in).tolist() == [most(whole, prices, a, n, True) for n, a in enumerate(agents)]
    assert (worth[agents] - loss_out).tolist() == [most(whole, prices, a, n, False) for n, a in enumerate(agents)]


@quick
@given(asked(unit=1_000_003))
def test_rounded_sizes_never_make_a_set_worth_less(made: Asked):
    whole, prices = made
    worth, loss_in, loss_out = knapsack.losses_by_rate(whole, prices)
    agents = whole.agent.tolist()
    assert all(worth[agent] >= most(whole, prices, agent) for agent in range(2))
    assert all(worth[a] - loss_in[n] >= most(whole, prices, a, n, True) for n, a in enumerate(agents))
    assert all(worth[a] - loss_out[n] >= most(whole, prices, a, n, False) for n, a in enumerate(agents))


@pytest.mark.parametrize("prices", [[0, 0], [3, 0], [9, 9]])
def test_who_has_no_arc_or_no_use_for_one_is_worth_nothing(prices: list[int]):
    none = np.zeros(0, dtype=np.int64)
    empty = packing(2, np.array([5, 0]), none, none, none, none)
    assert knapsack.best_sets(empty, np.array(prices) << empty.bits).worth.tolist() == [0, 0]
