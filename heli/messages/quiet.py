"""Quiet hours, as data: nobody's telephone rings between eight in the evening and eight in the morning."""

from datetime import datetime, timedelta

from heli.common.days import at_hour, local, local_day

QUIET_FROM, QUIET_UNTIL = 20, 8


def is_quiet(at: datetime) -> bool:
    return not QUIET_UNTIL <= local(at).hour < QUIET_FROM


def earliest(at: datetime) -> datetime:
    """`at` itself, or the next morning's end of the quiet hours."""
    if not is_quiet(at):
        return at
    today = local_day(at)
    day = today if local(at).hour < QUIET_UNTIL else today + timedelta(days=1)
    return at_hour(day, QUIET_UNTIL)
