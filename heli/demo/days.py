"""The demonstration's own days."""

import os
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from heli.common import days
from heli.common.errors import DomainError
from heli.common.models import Installation

TODAY = date(2023, 10, 25)
THEN = date(2022, 12, 31)  # the city after the year of its first blocks
THEN_IN_A_VILLAGE = date(2023, 3, 31)  # a village has no 2022: its spring, surveyed and with its first helpers


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """Sets the demonstration's day and gives a moment of it: what is written is known on its own day."""
    if days.demo_day() != day:
        Installation.objects.update(demo_day=day)
        days.demo_day_moved(day)
    return days.at_hour(day, hour, minute)


def then() -> date:
    """The day that the band looks back on."""
    return THEN_IN_A_VILLAGE if days.scale() == "village" else THEN


def next_day() -> date:
    """The demonstration's next day begins, for everybody in it. There is no way back: what is written stays written."""
    if os.environ.get("HELI_TODAY"):
        raise DomainError(
            "day_is_set", _("这里的日子是启动时用 HELI_TODAY 定的，走不动。"), kept=_("什么都没有变。"),
            todo=_("请不带 HELI_TODAY 再启动。"),
        )  # fmt: skip
    day = days.today() + timedelta(days=1)
    Installation.objects.update(demo_day=day)
    days.forget_demo_day()
    return day
