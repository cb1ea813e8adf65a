"""What rooms above add to a household's file: needs, people who help, later clocks, agreements and payments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import Household


@dataclass(frozen=True)
class FilePanel:
    """`facts(household, person)` gives the template's context, or None where there is nothing to say."""

    template: str
    order: int
    facts: Callable[[Household, Any], Mapping[str, Any] | None]


Subjects = Callable[[Household], list[tuple[str, str]]]
_panels: list[FilePanel] = []
_subjects: list[Subjects] = []


def add(panel: FilePanel, subjects: Subjects | None = None) -> None:
    """Called in `AppConfig.ready` of a room above; `subjects` names what else belongs into the file's history."""
    _panels.append(panel)
    if subjects:
        _subjects.append(subjects)


def of(household: Household, person: Any) -> list[tuple[str, Mapping[str, Any]]]:
    told = ((panel, panel.facts(household, person)) for panel in sorted(_panels, key=lambda panel: panel.order))
    return [(panel.template, facts) for panel, facts in told if facts is not None]


def subjects(household: Household) -> list[tuple[str, str]]:
    return [pair for find in _subjects for pair in find(household)]
