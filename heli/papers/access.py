"""Which papers, and how much of each: the door says whether one may know of it, the sight whether one may look in."""

from collections.abc import Callable
from typing import Any

from heli.access import door
from heli.access.classes import Sight, sight
from heli.common.classes import PRIVILEGED, FieldClass

from .models import Paper

paper_for = door(Paper)

# Who may read a privileged paper: its author and the client, as the room says that knows them. Nobody said: nobody.
Reads = Callable[[Any, Paper], bool]
_privileged: list[Reads] = []


def privileged(reads: Reads) -> None:
    """Registered in `AppConfig.ready` by the room that has authors and clients."""
    _privileged.append(reads)


def sight_of(person: Any, paper: Paper) -> Sight:
    """FULL: looks at it; REVEAL: with a reason; otherwise only that it is there."""
    if paper.cls == PRIVILEGED:
        return Sight.FULL if any(reads(person, paper) for reads in _privileged) else Sight.NONE
    return sight(person, FieldClass(paper.cls))
