"""Who acts, in which role and in which request: set once per request, command or job."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from heli.common import logs


@dataclass(frozen=True, slots=True)
class Actor:
    person: Any = None
    role: str = ""

    @property
    def request_id(self) -> str:
        return logs.request_id.get()


_actor: ContextVar[Actor] = ContextVar("ledger_actor", default=Actor())


def current_actor() -> Actor:
    return _actor.get()


@contextmanager
def acting(person: Any, role: str) -> Iterator[None]:
    token = _actor.set(Actor(person, role))
    try:
        yield
    finally:
        _actor.reset(token)


def act_as(person: Any, role: str) -> None:
    """Name the role more closely, once it is known under which right the request goes on."""
    _actor.set(Actor(person, role))
