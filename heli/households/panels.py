"""What rooms above add to a household's file: needs, people who help, later clocks, agreements and payments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import Household


@dataclass(frozen=True)
class FilePanel:
    """`facts(household, person)` gives the template's context, or None where there is nothing to say. A wide one
    stands below the houses, the others beside them."""

    template: str
    order: int
    facts: Callable[[Household, Any], Mapping[str, Any] | None]
    wide: bool = False


Subjects = Callable[[Household], list[tuple[str, str]]]
_panels: list[FilePanel] = []
_subjects: list[Subjects] = []


def add(panel: FilePanel, subjects: Subjects | None = None) -> None:
    """Called in `AppConfig.ready` of a room above; `subjects` names what else belongs into the file's history."""
    _panels.append(panel)
    if subjects:
        _subjects.append(subjects)


def of(household: Household, person: Any, *, wide: bool = False) -> list[tuple[str, Mapping[str, Any]]]:
    wanted = sorted((panel for panel in _panels if panel.wide == wide), key=lambda panel: panel.order)
    told = ((panel, panel.facts(household, person)) for panel in wanted)
    return [(panel.template, facts) for panel, facts in told if facts is not None]


def subjects(household: Household) -> list[tuple[str, str]]:
    return [pair for find in _subjects for pair in find(household)]
