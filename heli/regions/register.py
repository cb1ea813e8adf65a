"""The tree of regions as a standard list, for those who keep it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action
from heli.common import codes
from heli.common.templatetags.heli import day
from heli.lists import Cell, Column, Filter, Part, Register, Search, View

from . import names, selectors
from .models import Region

STATES = {
    "live": (gettext_lazy("现在有的"), Q(ended_on=None)),
    "ended": (gettext_lazy("并走或撤了的"), Q(ended_on__isnull=False)),
    "all": (gettext_lazy("全部"), Q()),
}
LEVELS = [(level.value, level.label) for level in (Region.Level.TOWN, Region.Level.VILLAGE, Region.Level.TEAM)]


def _said(n: int) -> str:
    return ngettext("%(n)s 个", "%(n)s 个", n) % {"n": n}


def _name(line: selectors.Line) -> Cell:
    return Cell(line.region.name, line.region.code, url=reverse("regions:region", args=[line.pk]))


def _ended(line: selectors.Line) -> Any:
    return day(line.region.ended_on)


COLUMNS = [
    Column("name", gettext_lazy("名称"), _name, (
        Part("code", gettext_lazy("代码"), lambda line: line.region.code),
        Part("name", gettext_lazy("名称"), lambda line: line.region.name),
    ), sort=("code",), fixed=True),
    Column("place", gettext_lazy("属于"), lambda line: Cell(line.place), (
        Part("place", gettext_lazy("属于"), lambda line: line.place),
    )),
    Column("level", gettext_lazy("哪一级"), lambda line: Cell(line.region.get_level_display()), (
        Part("level", gettext_lazy("哪一级"), lambda line: line.region.get_level_display()),
    ), wide=True),
    Column("ended", gettext_lazy("到哪天为止"), lambda line: Cell(_ended(line)), (
        Part("ended", gettext_lazy("到哪天为止"), lambda line: line.region.ended_on, "day"),
    ), on=False),
]  # fmt: skip

REGIONS = Register(
    key="regions",
    url="regions:list",
    label=gettext_lazy("镇村"),
    model=Region,
    action=Action.REGION_VIEW,
    columns=COLUMNS,
    lines=selectors.lines,
    count_word=_said,
    search=Search(
        gettext_lazy("名称、拼音、代码"),
        lambda person, words: selectors.named(words),
        lambda person, words: (names.nearest_first(words),),
    ),
    filters=[
        Filter("town", gettext_lazy("镇街"), selectors.towns, lambda person, code: codes.under(code, "code")),
        Filter("level", gettext_lazy("哪一级"), lambda person: LEVELS, lambda person, level: Q(level=level)),
        Filter(
            "state",
            gettext_lazy("还在不在"),
            lambda person: [(key, label) for key, (label, _q) in STATES.items()],
            lambda person, key: STATES[key][1],
        ),
    ],
    views=[View(key, label, {"state": key}) for key, (label, _q) in STATES.items()],
    start={"state": "live"},
    default_order=("code",),
)
