"""What a file says otherwise than the register, as the page shows it: field by field, each value as far as this person
may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from heli.access.classes import shown_value
from heli.common import measures
from heli.common.changes import Change
from heli.common.wording import listed
from heli.helpers import words
from heli.helpers.models import Helper
from heli.households.models import House, Household, Member
from heli.regions import selectors as regions

from .planning import Difference, Ready
from .reading.helpers import HelperRow
from .tables.kinds import Otherwise

A_PAGE = 10
HEAD = {"name", "id_number", "phone"}
LABELS = {
    "region_code": _("村"), "group_name": _("小组"), "serial": _("户号"), "people_count": _("人口数"),
    "bays": _("间数"), "wish": _("安置想法"), "remark": _("备注"), "name": _("姓名"), "id_number": _("证件号码"),
    "phone": _("电话"), "house": _("房屋"), "structure": _("结构"), "built_year": _("建造年份"),
    "registered_dm2": _("登记面积"), "recognised_dm2": _("认定面积"), "status": _("认定情况"),
    "free_times": _("什么时候有空"), "occupation": _("现状"), "known_among": _("在哪里熟"),
    "capacity": _("可接户数"), "languages": _("会说的话"), "kinds": _("类别"), "skills": _("专长"),
}  # fmt: skip
CHOICES: dict[str, dict[str, Any]] = {
    "wish": dict(Household.Wish.choices), "structure": dict(House.Structure.choices),
    "status": dict(House.Status.choices), "kinds": dict(words.KINDS), "skills": dict(words.SKILLS),
}  # fmt: skip
COVERED = {"name": "name", "id_number": "id", "phone": "phone"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what stands in the register, what the file says."""

    label: Any
    part: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Differing:
    """One household or helper, with where its row is in the file."""

    label: str
    url: str
    sheet: str
    row: int
    lines: tuple[Any, ...]


def page_of(ready: Ready, person: Any, number: int) -> Page[Any]:
    page = Paginator(ready.differences, A_PAGE).get_page(number)
    found = list(page.object_list)
    changes = [
        change
        for one in found
        if isinstance(one, Difference)
        for change in one.changed.changes
        if change.field == "region_code"
    ]
    places = regions.names({code for change in changes for code in (change.old, change.new)})
    lines: Any = [_differing(one, person, places) for one in found]
    page.object_list = lines
    return page


def _differing(one: Difference | Otherwise, person: Any, places: dict[str, str]) -> Differing:
    if isinstance(one, Otherwise):  # its room has said it in words
        return Differing(one.row.label, one.url, one.row.sheet, one.row.row, one.lines)
    room = "households" if isinstance(one.stored, Household) else "helpers"
    lines = tuple(_line(change, room, person, places) for change in one.changed.changes)
    called = one.row.name if isinstance(one.row, HelperRow) else f"{_head(one.row.head, person)} {one.stored}"
    url = reverse(f"{room}:file", args=[one.stored.pk])
    return Differing(called, url, one.row.sheet, one.row.row, lines)


def _head(name: str, person: Any) -> str:
    return str(shown_value(person, Member, "name", name, kind="name"))


def _line(change: Change, room: str, person: Any, places: dict[str, str]) -> Line:
    old, new = (_said(change, value, room, person, places) for value in (change.old, change.new))
    return Line(LABELS[change.field], change.part, old, new)


def _said(change: Change, value: Any, room: str, person: Any, places: dict[str, str]) -> str:
    if change.field == "house":
        return listed(_house(value, person)) if value else ""
    if change.field in {"kinds", "skills"}:
        return _listed(change.field, value)
    model = Helper if room == "helpers" else House if change.part else Member if change.field in HEAD else Household
    text = _text(change.field, value, places)
    return str(shown_value(person, model, change.field, text, kind=COVERED.get(change.field, "")))


def _house(facts: dict[str, Any], person: Any) -> Iterable[str]:
    for name, value in facts.items():
        if value not in (None, "", []):
            yield str(shown_value(person, House, name, _text(name, value, {})))


def _listed(field: str, codes: list[str]) -> str:
    return listed(str(CHOICES[field].get(code, code)) for code in codes)


def _text(field: str, value: Any, places: dict[str, str]) -> str:
    """As people say it."""
    if value is None or value == "":
        return ""
    if field.endswith("_dm2"):
        return f"{measures.m2(value)} ㎡"
    if isinstance(value, list):
        return listed(map(str, value))
    return str(CHOICES.get(field, places).get(value, value))
