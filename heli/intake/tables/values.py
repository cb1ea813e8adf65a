"""From what is written in a cell to a value, or why not; and from values to words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from heli.common import wording
from heli.common.changes import Change, Changed
from heli.common.templatetags.heli import day
from heli.intake.reading.cells import DAY, bare, narrow
from heli.intake.reading.errors import Bad

from .kinds import Line, Told


def day_of(told: Told, name: str) -> tuple[date | None, Bad | None]:
    if not told[name]:
        return None, None
    found = DAY.fullmatch(narrow(told[name]))
    try:
        return (date(*(int(part) for part in found.groups())), None) if found else (None, _unread(told, name))
    except ValueError:
        return None, _unread(told, name)


def _unread(told: Told, name: str) -> Bad:
    return told.wrong(name, "day_unread", value=told[name][:20])


def choice_of(told: Told, name: str, choices: Sequence[tuple[Any, Any]], code: str = "") -> tuple[Any, Bad | None]:
    """The value of a choice by its word in either language; nothing where nothing is written."""
    if not told[name]:
        return None, None
    known = _known(tuple(choices))
    if bare(told[name]) in known:
        return known[bare(told[name])], None
    if code:
        return None, told.wrong(name, code, value=told[name][:20])
    labels = "、".join(str(label) for _value, label in choices)
    return None, told.wrong(name, "not_a_choice", value=told[name][:20], choices=labels)


def _known(choices: tuple[tuple[Any, Any], ...]) -> dict[str, Any]:
    """Each word in every language that a list may have been exported in."""
    found = {bare(str(value)): value for value, _label in choices}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {bare(str(label)): value for value, label in choices}
    return found


def otherwise(pk: int, stored: Mapping[str, Any], facts: Iterable[tuple[str, Any]]) -> Changed | None:
    """What the file says otherwise of a row; what it leaves empty says nothing."""
    changes = tuple(
        Change(name, _plain(stored[name]), _plain(new)) for name, new in facts if new not in (None, "") and new != stored[name]
    )  # fmt: skip
    return Changed(pk, 0, changes) if changes else None


def _plain(value: Any) -> Any:
    """As it can be kept: a day as text, several things as a list."""
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, (list, tuple, set)) else value


def lines(changed: Changed, labels: Mapping[str, Any], words: Mapping[str, Mapping[Any, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(labels[one.field], "", _said(one.old, words.get(one.field, {})), _said(one.new, words.get(one.field, {})))
        for one in changed.changes
    )


def _said(value: Any, words: Mapping[Any, Any]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return wording.listed(str(words.get(one, one)) for one in value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return str(day(date.fromisoformat(value)))
    return str(words.get(value, value))


def old_and_new(one: Changed, days: Iterable[str] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """For the room's verb: what must stand there, and what shall."""
    dated = set(days)
    old = {change.field: _back(change.old, change.field in dated) for change in one.changes}
    return old, {change.field: _back(change.new, change.field in dated) for change in one.changes}


def _back(value: Any, is_day: bool) -> Any:
    return date.fromisoformat(value) if is_day and value else value
