"""What households ask for, as a standard list."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action
from heli.common import codes
from heli.lists import Cell, Column, Filter, Part, Register, Search, View

from . import selectors
from .models import Need
from .words import KIND_CHOICES

STATES = {
    "waiting": (gettext_lazy("等着的"), Q(state="open")),
    "asked": (gettext_lazy("已请人"), Q(state="asked")),
    "under_way": (gettext_lazy("正在办"), Q(state="under_way")),
    "done": (gettext_lazy("办好的"), Q(state="done")),
    "all": (gettext_lazy("全部"), Q()),
}


def said(n: int) -> str:
    return ngettext("%(n)s 件", "%(n)s 件", n) % {"n": n}


def _title(line: selectors.Line) -> Cell:
    url = reverse("dispatch:need", args=[line.need.pk])
    return Cell(line.title, f"{line.need.code} · {line.need.get_urgency_display()}", url=url)


def _words(words: str) -> Q:
    by_code = codes.beginning("code", words.upper()) | Q(household_id__in=selectors.households_coded(words))
    return by_code | Q(title__contains=words) | Q(household_id__in=selectors.households_of(words))


COLUMNS = [
    Column("title", gettext_lazy("什么忙"), _title, (
        Part("code", gettext_lazy("编号"), lambda line: line.need.code),
        Part("title", gettext_lazy("什么忙"), lambda line: line.title),
        Part("urgency", gettext_lazy("急不急"), lambda line: line.need.get_urgency_display()),
    ), sort=("code",), fixed=True),
    Column("household", gettext_lazy("住户"), lambda line: Cell(line.head, line.place), (
        Part("household", gettext_lazy("户号"), lambda line: line.need.household.code),
        Part("head", gettext_lazy("户主"), lambda line: line.head),
        Part("place", gettext_lazy("村"), lambda line: line.place),
    ), sort=("household_id",)),
    Column("kind", gettext_lazy("哪一类"), lambda line: Cell(line.need.get_kind_display()), (
        Part("kind", gettext_lazy("哪一类"), lambda line: line.need.get_kind_display()),
    ), wide=True),
    Column("raised", gettext_lazy("提出"), lambda line: Cell(line.raised), (
        Part("raised", gettext_lazy("提出"), lambda line: line.need.raised_at, "day"),
    ), sort=("raised_at",), wide=True),
    Column("wanted_by", gettext_lazy("想在哪天前"), lambda line: Cell(line.wanted_by), (
        Part("wanted_by", gettext_lazy("想在哪天前"), lambda line: line.need.wanted_by, "day"),
    ), sort=("wanted_by",)),
]  # fmt: skip

NEEDS = Register(
    key="needs",
    url="fieldwork:needs",
    label=gettext_lazy("要帮的忙"),
    model=Need,
    action=Action.NEED_VIEW,
    columns=COLUMNS,
    lines=selectors.lines,
    count_word=said,
    search=Search(gettext_lazy("户主、户号、什么忙"), lambda person, words: _words(words)),
    filters=[
        Filter(
            "state",
            gettext_lazy("到哪一步"),
            lambda person: [(key, label) for key, (label, _q) in STATES.items()],
            lambda person, key: STATES[key][1],
        ),
        Filter("kind", gettext_lazy("哪一类"), lambda person: list(KIND_CHOICES), lambda person, kind: Q(kind=kind)),
        Filter(
            "region",
            gettext_lazy("村"),
            selectors.villages,
            lambda person, code: codes.under(code),
        ),
    ],
    views=[View(key, label, {"state": key}) for key, (label, _q) in STATES.items()],
    default_order=("-urgency", "raised_at", "pk"),
    parts=("household",),
    start={"state": "waiting"},
    empty="fieldwork/_empty.html",
)
