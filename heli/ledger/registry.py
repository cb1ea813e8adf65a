"""What rooms register: how rows follow from entries, and what an entry says in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

State = Any
# (state so far or None, verb, payload) -> state
Reducer = Callable[[State | None, str, Mapping[str, Any]], State | None]
# () -> (subject id, state as its row says now)
Stored = Callable[[], Iterable[tuple[str, State]]]


@dataclass(frozen=True)
class Replay:
    kind: str
    reducer: Reducer
    stored: Stored


_replays: dict[str, Replay] = {}
_sentences: dict[str, Any] = {}


def replays(kind: str, reducer: Reducer, stored: Stored) -> None:
    """`heli verify` runs `reducer` over the entries of every subject of `kind` and compares with `stored`."""
    _replays[kind] = Replay(kind, reducer, stored)


def registered_replays() -> dict[str, Replay]:
    return _replays


def sentences(words: Mapping[str, Any]) -> None:
    """What each verb says to a person reading the history. A test holds that every verb has one."""
    _sentences.update(words)


def sentence_of(verb: str) -> Any:
    return _sentences.get(verb, verb)


def known_verbs() -> set[str]:
    return set(_sentences)
