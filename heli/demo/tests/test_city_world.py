"""The whole city is built once: it has the consultation's figures, tells its stories, and its ledger is whole."""

from datetime import date

import pytest

from heli.blocks.models import Block
from heli.common import days, setting_up
from heli.common.models import Installation
from heli.demo import as_of, city
from heli.demo.days import THEN, TODAY
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.households.models import Household
from heli.ledger import verifying
from heli.ledger.models import Entry


@pytest.mark.django_db
def test_the_city_is_that_of_the_consultation():
    setting_up.fill("test")
    city.build(lambda what: None)
    days.forget_demo_day()

    assert (days.today(), Installation.facts()[1]) == (TODAY, TODAY)
    assert [(row.day, row.households) for row in (as_of.known_on(THEN), as_of.known_on(TODAY))] == [
        (THEN, 3_703), (TODAY, Household.objects.count())]  # fmt: skip
    assert Helper.objects.filter(relation="social").count() == 2_000
    assert Block.objects.filter(programme__kind="ecological").count() == 8
    assert not Entry.objects.filter(known_day__gt=TODAY).exclude(actor=None).exists()
    told()
    assert verifying.verify().bad == ()


def told():
    """Each story by what a visitor finds."""
    tiger = Need.objects.filter(household__block__name="虎头山区块", title__startswith="晒谷场边那棵樟树").get()
    assert tiger.dispatches.get().word.startswith("树留下来了")
    talking = Need.objects.get(title__startswith="还没商量好")
    assert [row.state for row in talking.dispatches.order_by("pk")] == ["refused_by_household", "done"]
    assert {need.state for need in talking.household.needs.all()} == {"done"}
    waiting = Need.objects.filter(title="评估报告说七月送来，还没见着")
    assert {need.state for need in waiting} == {"open"}
    assert max(need.raised_at for need in waiting) < days.at_hour(date(2023, 9, 15), 0)
