"""Doors and home panels that rooms register in `AppConfig.ready`. Later rooms add theirs; nobody imports them here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Door:
    """One entry of the rail (desk) or the bottom bar (phone). `who(person)` says whether to show it."""

    url_name: str
    icon: str
    label: Any
    order: int
    who: Callable[[Any], bool]
    place: str = "desk"
    namespaces: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Panel:
    """A part of the front page: `facts(person)` gives its context, or None where it has nothing to say."""

    template: str
    order: int
    facts: Callable[[Any], Mapping[str, Any] | None]


_doors: list[Door] = []
_panels: list[Panel] = []


def door(entry: Door) -> None:
    _doors.append(entry)


def panel(entry: Panel) -> None:
    _panels.append(entry)


def doors(person: Any, place: str) -> list[Door]:
    return sorted((d for d in _doors if d.place == place and d.who(person)), key=lambda d: d.order)


def told(person: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """The panels that have something to say to this person, each with its context."""
    found = ((panel, panel.facts(person)) for panel in sorted(_panels, key=lambda p: p.order))
    return [(panel.template, facts) for panel, facts in found if facts is not None]
