"""One text for one value, so that its hash means something on any machine."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any


def canonical(value: Any) -> str:
    return _encoder.encode(value)


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class MerkleRoot:
    """Root over hex digests in order; leaves and nodes are told apart by a prefix, an odd one goes up as it is.

    Holds one node a level, however many digests come: those that wait for their right neighbour.
    """

    def __init__(self) -> None:
        self._waiting: list[str] = []  # '' where none waits

    def add(self, digests: Iterable[str]) -> None:
        for digest in digests:
            self._up(sha256(f"0|{digest}"))

    def _up(self, node: str) -> None:
        for level, left in enumerate(self._waiting):
            if not left:
                self._waiting[level] = node
                return
            self._waiting[level] = ""
            node = sha256(f"1|{left}|{node}")
        self._waiting.append(node)

    def value(self) -> str:
        node = ""
        for left in filter(None, self._waiting):
            node = sha256(f"1|{left}|{node}") if node else left
        return node or sha256("empty")


def merkle_root(digests: Iterable[str]) -> str:
    root = MerkleRoot()
    root.add(digests)
    return root.value()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
