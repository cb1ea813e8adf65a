"""The one source of "now" and of "which day".

A day is the local day in `TIME_ZONE`, never `at.date()`. On a demonstration database the domain's day is set back to
the demonstration's day; security time (sessions, lock-outs, `recorded_at`) never comes from here.
"""

import os
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_seen: tuple[float, date | None, str] = (0.0, None, "")
FRESH_SECONDS = 2.0  # how long a process may go on with the demonstration's day that it read


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def true_now() -> datetime:
    """The machine's time, for what must not be moved."""
    return timezone.now()


def now() -> datetime:
    """The time at which domain events happen."""
    real = true_now()
    day = demo_day()
    return real if day is None else real + (day - local_day(real))


def local_day(at: datetime) -> date:
    return timezone.localtime(at, zone()).date()


def local(at: datetime) -> datetime:
    return timezone.localtime(at, zone())


def today() -> date:
    return demo_day() or local_day(true_now())


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """`day` at a local hour, as a moment."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone())


def whole_days(later: date, earlier: date) -> int:
    return (later - earlier) // timedelta(days=1)


def demo_day() -> date | None:
    """The demonstration's day, or None on a real installation."""
    return _installation()[0]


def made_by() -> str:
    """Who made this database: `install`, `demo` or `test`."""
    return _installation()[1]


def _installation() -> tuple[date | None, str]:
    """Every page asks for these two; they are read again after a while."""
    global _seen
    read_at, day, made_by = _seen
    if time.monotonic() - read_at > FRESH_SECONDS or not read_at:
        from .models import Installation

        made_by, stored = Installation.facts()
        asked = os.environ.get("HELI_TODAY")
        day = (date.fromisoformat(asked) if asked else stored) if made_by in {"demo", "test"} else None
        _seen = (time.monotonic(), day, made_by)
    return day, made_by


def demo_day_moved(day: date) -> None:
    """The demonstration's day was just set to this one: this process need not read it."""
    global _seen
    read_at, known, made_by = _seen
    _seen = (read_at, day, made_by) if known and not os.environ.get("HELI_TODAY") else (0.0, None, "")


def forget_demo_day() -> None:
    """Read it again at the next question (after it was changed, and between tests)."""
    global _seen
    _seen = (0.0, None, "")


def seconds(n: float) -> timedelta:
    return timedelta(seconds=n)
