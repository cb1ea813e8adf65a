"""The one source of "now" and of "which day".

A day is the local day in `TIME_ZONE`, never `at.date()`. On a demonstration database the domain's day is set back to
the demonstration's day; security time (sessions, lock-outs, `recorded_at`) never comes from here.
"""

import os
import time
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


class Seen(NamedTuple):
    """What this process read last of the installation, and when."""

    read_at: float
    day: date | None
    made_by: str
    scale: str


NOTHING_SEEN = Seen(0.0, None, "", "")
_seen = NOTHING_SEEN
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
    return _installation().day


def made_by() -> str:
    """Who made this database: `install`, `demo` or `test`."""
    return _installation().made_by


def scale() -> str:
    """Of which world the demonstration is; empty elsewhere."""
    return _installation().scale


def _installation() -> "Seen":
    """Every page asks for these; they are read again after a while."""
    global _seen
    if time.monotonic() - _seen.read_at > FRESH_SECONDS or not _seen.read_at:
        from .models import Installation

        made_by, stored, scale = Installation.facts()
        asked = os.environ.get("HELI_TODAY")
        day = (date.fromisoformat(asked) if asked else stored) if made_by in {"demo", "test"} else None
        _seen = Seen(time.monotonic(), day, made_by, scale)
    return _seen


def demo_day_moved(day: date) -> None:
    """The demonstration's day was just set to this one: this process need not read it."""
    global _seen
    _seen = _seen._replace(day=day) if _seen.day and not os.environ.get("HELI_TODAY") else NOTHING_SEEN


def forget_demo_day() -> None:
    """Read it again at the next question (after it was changed, and between tests)."""
    global _seen
    _seen = NOTHING_SEEN


def seconds(n: float) -> timedelta:
    return timedelta(seconds=n)
