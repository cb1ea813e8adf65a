"""The proof stands without the solver, and falls when one number of it is changed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heli.engines.matching import certificate as proof
from heli.engines.matching import solve, verify
from heli.engines.matching.arcs import arcs
from heli.engines.matching.company import company
from heli.engines.matching.frame import frame
from heli.engines.matching.network import network
from heli.engines.matching.plan import Plan
from heli.engines.matching.problem import Helper, Need, Official, Problem

from .worlds import problems, quick

VILLAGE = "331081100201"
PROBLEM = Problem(
    needs=(
        Need("n1", "moving_help", VILLAGE, {"moving_help": 1}, official="required"),
        Need("n2", "small_matter", VILLAGE, slots=2, trusted=("h2",)),
    ),
    helpers=(Helper("h1", VILLAGE, {"moving_help": 3}), Helper("h2", VILLAGE), Helper("h3", "331081101201")),
    officials=(Official("o1"), Official("o2")),
)


def with_potential(plan: Plan, at: int, change: int) -> Plan:
    prices = list(plan.certificate.potentials)
    prices[at] += change
    return replace(plan, certificate=replace(plan.certificate, potentials=tuple(prices)))


@quick
@given(problems(most_needs=6, most_helpers=6, pairs=True))
def test_every_plan_is_verified(problem: Problem):
    assert verify(problem, solve(problem)) == ()


@quick
@given(problems(), st.data())
def test_no_prices_prove_more_than_the_truth(problem: Problem, data: st.DataObject):
    """Weak duality: whatever somebody writes into the certificate, the bound stays below the best plan."""
    allowed = arcs(frame(problem))
    net = network(allowed, company(allowed.frame))
    plan = solve(problem)
    changed = with_potential(plan, data.draw(st.integers(0, net.sink)), data.draw(st.integers(-(10**9), 10**9)))
    assert proof.plain_bound(net, proof.np.array(changed.certificate.potentials)) <= plan.objective


@pytest.mark.parametrize("at", range(len(solve(PROBLEM).certificate.potentials)))
@pytest.mark.parametrize("change", [-1, 1, 10**9])
def test_one_changed_price_fails(at: int, change: int):
    assert verify(PROBLEM, with_potential(solve(PROBLEM), at, change))


@pytest.mark.parametrize("field", ["objective", "bound"])
def test_one_changed_figure_fails(field: str):
    plan = solve(PROBLEM)
    assert field in verify(PROBLEM, replace(plan, **{field: getattr(plan, field) - 1}))


def test_one_changed_person_fails():
    plan = solve(PROBLEM)
    first, *others = plan.assigned
    assert "hard_rule" in verify(PROBLEM, replace(plan, assigned=(replace(first, helper="h2"), *others)))
