"""What moves when villages are joined or codes change: each room says how many of its rows lie there, and moves them.

A room adds its mover in `AppConfig.ready`; all of them run in the transaction of the change, old code → new code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Move(Protocol):
    def __call__(self, moved: Mapping[str, str], *, actor: Any, at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Mover:
    """`said(n)` names n rows in words; `count(codes)` counts those at these codes; `move` moves them with entries."""

    order: int
    said: Callable[[int], str]
    count: Callable[[list[str]], int]
    move: Move


@dataclass(frozen=True, slots=True)
class Moved:
    """What an entry about rows that moved together is about: the region they left."""

    pk: str
    ledger_kind: str
    chain: str

    def ledger_chain(self) -> str:
        return self.chain


_movers: list[Mover] = []


def add(mover: Mover) -> None:
    _movers.append(mover)


def look(codes: list[str]) -> list[str]:
    """What would move, in words, room by room."""
    counted = ((mover, mover.count(codes)) for mover in sorted(_movers, key=lambda mover: mover.order))
    return [mover.said(n) for mover, n in counted if n]


def any_at(codes: list[str]) -> bool:
    return bool(codes) and any(mover.count(codes) for mover in _movers)


def move(moved: Mapping[str, str], *, actor: Any, at: datetime) -> int:
    """All rooms, in their order. Returns how many rows."""
    return sum(mover.move(moved, actor=actor, at=at) for mover in sorted(_movers, key=lambda mover: mover.order))
