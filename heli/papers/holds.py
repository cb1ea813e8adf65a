"""What still needs a paper whose time has come. A room that knows of such a thing registers it in `AppConfig.ready`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .models import Paper

# These papers → by their pk, in words, why one is still needed.
Hold = Callable[[Sequence[Paper]], Mapping[int, Any]]
_holds: list[Hold] = []


def still_needed(hold: Hold) -> None:
    _holds.append(hold)


def why(papers: Sequence[Paper]) -> dict[int, Any]:
    """By pk the first reason; papers that nothing needs are left out."""
    found: dict[int, Any] = {}
    for hold in _holds:
        found = {**hold(papers), **found}
    return found
