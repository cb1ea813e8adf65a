"""Shared by all rooms' tests: the cast in 吉捕岙, on the demonstration's day."""

from datetime import date, datetime

import pytest

from heli.common import days, setting_up
from heli.common.models import Installation
from heli.regions.selectors import forget_names

DAY = date(2023, 10, 25)


@pytest.fixture(autouse=True)
def _fresh_day():
    days.forget_demo_day()
    forget_names()
    yield
    days.forget_demo_day()


@pytest.fixture
def at() -> datetime:
    return days.at_hour(DAY, 10, 42)


@pytest.fixture
def installed(db):
    """An installation made by a test, its domain day set to the demonstration's."""
    setting_up.fill("test")
    Installation.objects.update(demo_day=DAY)
    days.forget_demo_day()


@pytest.fixture
def cast(installed, at):
    """Username → person."""
    from heli.demo import cast as parts

    return parts.enter(parts.CAST, at=at, password=None)


@pytest.fixture
def village(cast, at):
    """吉捕岙 in small: one block, three households, four helpers, one official, one need."""
    from heli.demo import small

    return small.build(cast, at=at)


@pytest.fixture
def surveyed(village, cast, at):
    """The small village with the sample survey's 206 lots in its block."""
    from pathlib import Path

    from heli.demo import writing
    from heli.intake import land_planning, planning

    sample = Path(__file__).parent / "heli" / "demo" / "data" / "parcels-jibuao.zip"
    plan, _ = planning.read(sample, today=DAY, kind="parcels", block=village.block)
    lots = land_planning.new_parcels(plan.parcels, village.block)
    writing.parcels(lots, block=village.block, actor=cast["linmei"], at=at, batch="T-3")
    return village
