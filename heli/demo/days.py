"""The demonstration's own days."""

from datetime import date, datetime

from heli.common import days
from heli.common.models import Installation

TODAY = date(2023, 10, 25)


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """Sets the demonstration's day and gives a moment of it: what is written is known on its own day."""
    if days.demo_day() != day:
        Installation.objects.update(demo_day=day)
        days.demo_day_moved(day)
    return days.at_hour(day, hour, minute)
