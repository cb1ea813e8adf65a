"""One text for one value, so that its hash means something on any machine."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any


def canonical(value: Any) -> str:
    return _encoder.encode(value)


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def merkle_root(digests: Sequence[str]) -> str:
    """Root over hex digests in order; leaves and nodes are told apart by a prefix, an odd one goes up as it is."""
    level = [sha256(f"0|{digest}") for digest in digests]
    while len(level) > 1:
        pairs = [sha256(f"1|{a}|{b}") for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0] if level else sha256("empty")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
