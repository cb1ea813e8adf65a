"""The register of people who help as a standard list. Staff stands elsewhere: this is `social` only."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action
from heli.access.doors import may_ever
from heli.common import codes, days, wording
from heli.common.templatetags.heli import day
from heli.lists import Cell, Column, Filter, Part, Register, Search, View
from heli.regions import names

from . import acts, lines, selectors
from .models import Helper
from .words import KINDS, LANGUAGES, LINES, SKILLS, STATES, number_said

MARKS = {"active": "cel"}


def said(n: int) -> str:
    return ngettext("%(n)s 位", "%(n)s 位", n) % {"n": n}


def _name(line: selectors.ListLine) -> Cell:
    return Cell(line.helper.name, line.kinds, url=reverse("helpers:file", args=[line.pk]))


def _capacity(line: selectors.ListLine) -> Cell:
    return Cell(line.helper.capacity, _("默认") if line.helper.capacity_assumed else "")


def _state(line: selectors.ListLine) -> Cell:
    return Cell(line.helper.get_state_display(), mark=MARKS.get(line.helper.state, "plain"))


def _own_lines(person: Any) -> list[View]:
    """For who sits at a line: its people over all towns."""
    if not may_ever(person, Action.HELPER_VET_LINE):
        return []
    said = dict(LINES)
    return [View(f"line_{line}", said[line], {"line": line}) for line in sorted(lines.lines_of(person))]


KEPT = {
    "stale": (gettext_lazy("半年没确认"), selectors.stale),
    "expiring": (gettext_lazy("证照快到期"), selectors.expiring),
}
COLUMNS = [
    Column("name", gettext_lazy("姓名"), _name, (
        Part("number", gettext_lazy("编号"), lambda line: number_said(line.pk)),
        Part("name", gettext_lazy("姓名"), lambda line: line.helper.name),
        Part("kinds", gettext_lazy("类别"), lambda line: line.kinds),
    ), sort=("name",), fixed=True),
    Column("skills", gettext_lazy("专长"), lambda line: Cell(wording.listed(line.skills)), (
        Part("skills", gettext_lazy("专长"), lambda line: "、".join(line.skills)),
    )),
    Column("place", gettext_lazy("在哪里"), lambda line: Cell(line.place), (
        Part("place", gettext_lazy("所在村（居）"), lambda line: line.place),
    ), sort=("region_code",), wide=True),
    Column("capacity", gettext_lazy("可接户数"), _capacity, (
        Part("capacity", gettext_lazy("可接户数"), lambda line: line.helper.capacity, "number"),
    ), sort=("capacity",), number=True, wide=True),
    Column("state", gettext_lazy("状态"), _state, (
        Part("state", gettext_lazy("状态"), lambda line: line.helper.get_state_display()),
    ), sort=("state",)),
    Column("line", gettext_lazy("归口单位"), lambda line: Cell(line.helper.get_line_display(), line.helper.get_line_word_display() if line.helper.line else ""), (
        Part("line", gettext_lazy("归口单位"), lambda line: line.helper.get_line_display()),
        Part("line_word", gettext_lazy("归口意见"), lambda line: line.helper.get_line_word_display()),
    ), sort=("line",), on=False),
    Column("confirmed", gettext_lazy("资料确认"), lambda line: Cell(day(line.helper.confirmed_on)), (
        Part("confirmed", gettext_lazy("资料确认"), lambda line: line.helper.confirmed_on, "day"),
    ), sort=("confirmed_on",), on=False),
    Column("licence", gettext_lazy("证照到期"), lambda line: Cell(day(line.licence)), (
        Part("licence", gettext_lazy("证照到期"), lambda line: line.licence, "day"),
    ), on=False),
    Column("occupation", gettext_lazy("现状"), lambda line: Cell(line.helper.occupation), (
        Part("occupation", gettext_lazy("现状"), lambda line: line.helper.occupation),
        Part("free_times", gettext_lazy("可服务时间"), lambda line: line.helper.free_times),
    ), on=False),
    Column("phone", gettext_lazy("电话"), lambda line: Cell(line.phone), (
        Part("phone", gettext_lazy("电话"), lambda line: line.phone, "phone"),
    ), on=False),
    Column("id", gettext_lazy("证件"), lambda line: Cell(line.id_number), (
        Part("id_number", gettext_lazy("证件号码"), lambda line: line.id_number, "id"),
    ), on=False),
]  # fmt: skip

HELPERS = Register(
    key="helpers",
    url="helpers:list",
    label=gettext_lazy("社会力量"),
    model=Helper,
    action=Action.HELPER_VIEW,
    columns=COLUMNS,
    lines=selectors.lines,
    count_word=said,
    search=Search(
        gettext_lazy("姓名、拼音"),
        lambda person, words: selectors.named(words),
        lambda person, words: (names.nearest_first(words),),
    ),
    filters=[
        Filter(
            "kind",
            gettext_lazy("类别"),
            lambda person: [pair for pair in KINDS if pair[0] != "official"],
            lambda person, kind: selectors.of_kind([kind]),
        ),
        Filter("skill", gettext_lazy("专长"), lambda person: SKILLS, lambda person, skill: selectors.of_skill(skill)),
        Filter("state", gettext_lazy("状态"), lambda person: STATES, lambda person, state: Q(state=state)),
        Filter("town", gettext_lazy("镇"), selectors.towns, lambda person, code: codes.under(code), more=True),
        Filter(
            "line", gettext_lazy("归口"), lambda person: LINES, lambda person, line: selectors.of_line(line), more=True
        ),
        Filter(
            "speaks",
            gettext_lazy("会讲"),
            lambda person: LANGUAGES,
            lambda person, language: Q(languages__icontains=f'"{language}"'),
            more=True,
        ),
        Filter(
            "afar",
            gettext_lazy("在外地"),
            lambda person: [("1", gettext_lazy("在外地，叫得应"))],
            lambda person, value: Q(reachable_from_afar=True),
            more=True,
        ),
        Filter(
            "kept",
            gettext_lazy("资料"),
            lambda person: [(key, label) for key, (label, _q) in KEPT.items()],
            lambda person, key: KEPT[key][1](days.today()),
            more=True,
        ),
        Filter("batch", gettext_lazy("哪一份登记表"), None, lambda person, batch: Q(batch=batch)),
    ],
    views=[
        View("all", gettext_lazy("全部"), {}),
        View("active", gettext_lazy("可以请"), {"state": "active"}),
        View("proposed", gettext_lazy("待审核"), {"state": "proposed"}),
        View("stale", gettext_lazy("半年没确认"), {"kept": "stale"}),
        View("expiring", gettext_lazy("证照快到期"), {"kept": "expiring"}),
    ],
    own_views=_own_lines,
    acts=list(acts.ALL),
    default_order=("region_code", "pk"),
    within=Q(relation="social"),
    parts=("kinds", "skills", "credentials"),
    empty="helpers/_empty.html",
)
