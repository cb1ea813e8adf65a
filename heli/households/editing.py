"""Two editors of one thing: what the second sees, field by field, and what comes of their choice. No rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page edits: its title, its form, what stands there now, how it is saved and how it is taken away."""

    title: Any
    form: Callable[..., Any]
    now: Mapping[str, Any]
    save: Callable[..., Any]
    remove: Callable[..., Any] | None = None
    new: bool = False


CHOICE, WAS = "choose-", "was-"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that both changed: what stands there now, and what this person wrote."""

    name: str
    label: Any
    theirs: str
    mine: str


def merged(data: QueryDict, now: Mapping[str, Any]) -> QueryDict:
    """The form's data with what stands there now wherever this person changed nothing, or chose theirs.

    `was-<field>` is the value that the form was opened with; without it nothing can be told apart, and mine stays.
    """
    made = data.copy()
    for name, value in now.items():
        untouched = f"{WAS}{name}" in data and data.get(name, "") == data[f"{WAS}{name}"]
        if untouched or data.get(f"{CHOICE}{name}") == "theirs":
            made[name] = plain(value)
    return made


def differences(form: forms.Form, data: QueryDict, now: Mapping[str, Any]) -> list[Difference]:
    """Fields that both changed to different things, and for which nothing was chosen yet."""
    return [
        Difference(name, form.fields[name].label, say(form, name, value), say(form, name, data.get(name, "")))
        for name, value in now.items()
        if name in form.fields and _both_changed(data, name, plain(value)) and f"{CHOICE}{name}" not in data
    ]


def _both_changed(data: QueryDict, name: str, theirs: str) -> bool:
    mine, was = data.get(name, ""), data.get(f"{WAS}{name}", "")
    return theirs not in (mine, was) and mine != was


def plain(value: Any) -> str:
    """A value as a form hands it back."""
    return "" if value is None else str(value)


def say(form: forms.Form, name: str, value: Any) -> str:
    """A value as its field shows it."""
    choices = getattr(form.fields[name], "choices", None)
    labels = {str(key): str(label) for key, label in choices} if choices is not None else {}
    return labels.get(plain(value), plain(value)) or "–"
