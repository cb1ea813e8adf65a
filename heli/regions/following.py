"""Rows that come in under a code which ended meanwhile (an import that was being written while its village was joined
to another) go where the village went.

Asked after either side has committed, so that whichever comes last sees the other; and once an hour, for a process
that died in between.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from heli import ledger
from heli.common import days

from . import moving, selectors


def after_commit() -> None:
    """Called in the transaction that brings rows in, or that ends a code."""
    transaction.on_commit(catch_up)


def catch_up() -> int:
    """Returns how many rows followed."""
    went = selectors.went()
    if not moving.any_at(list(went)):
        return 0
    late = {old: new for old, (new, _by) in went.items() if moving.any_at([old])}
    return sum(rows_follow({old: new}, actor=went[old][1], at=days.now()) for old, new in late.items())


@ledger.written
def rows_follow(moved: Mapping[str, str], *, actor: Any, at: datetime) -> int:
    """Under the name of whoever ended the code: it is still that change."""
    return moving.move(moved, actor=actor, at=at)
