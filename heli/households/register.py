"""The household register as a standard list."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action
from heli.common import codes
from heli.lists import Cell, Column, Filter, Part, Register, Search, View

from . import acts, search, selectors
from .models import Household


def said(n: int) -> str:
    return ngettext("%(n)s 户", "%(n)s 户", n) % {"n": n}


def _head(line: selectors.ListLine) -> Cell:
    return Cell(line.head, line.code, url=reverse("households:file", args=[line.pk]))


def _place(line: selectors.ListLine) -> Cell:
    size = _("%(people)s 人 · %(bays)s 间") % {"people": line.people, "bays": line.bays}
    return Cell(" ".join(filter(None, (line.village, line.group))), size)


def _needs(line: selectors.ListLine) -> Cell:
    return Cell(line.needs[0] if line.needs else "", more=line.needs[1:])


COLUMNS = [
    Column("head", gettext_lazy("户主"), _head, (
        Part("code", gettext_lazy("户号"), lambda line: line.code),
        Part("head", gettext_lazy("户主"), lambda line: line.head),
    ), sort=("code",), fixed=True),
    Column("place", gettext_lazy("村组"), _place, (
        Part("village", gettext_lazy("村"), lambda line: line.village),
        Part("group", gettext_lazy("组"), lambda line: line.group),
        Part("people", gettext_lazy("人口"), lambda line: line.people, "number"),
        Part("bays", gettext_lazy("间数"), lambda line: line.bays, "number"),
    ), sort=("region_code", "group_name")),
    Column("needs", gettext_lazy("要帮的忙"), _needs, (
        Part("needs", gettext_lazy("要帮的忙"), lambda line: "；".join(line.needs)),
    )),
    Column("block", gettext_lazy("区块"), lambda line: Cell(line.block), (
        Part("block", gettext_lazy("区块"), lambda line: line.block),
    ), sort=("block__name",), wide=True),
    Column("people", gettext_lazy("人口"), lambda line: Cell(line.people), (), sort=("people_count",), on=False,
           number=True),
    Column("bays", gettext_lazy("间数"), lambda line: Cell(line.bays), (), sort=("bays",), on=False, number=True),
    Column("serial", gettext_lazy("序号"), lambda line: Cell(line.serial), (
        Part("serial", gettext_lazy("花名册序号"), lambda line: line.serial),
    ), sort=("serial",), on=False),
    Column("wish", gettext_lazy("安置想法"), lambda line: Cell(line.wish), (
        Part("wish", gettext_lazy("安置想法"), lambda line: line.wish),
    ), on=False),
    Column("id", gettext_lazy("证件"), lambda line: Cell(line.id_number), (
        Part("id_number", gettext_lazy("证件号码"), lambda line: line.id_number, "id"),
    ), on=False),
    Column("phone", gettext_lazy("电话"), lambda line: Cell(line.phone), (
        Part("phone", gettext_lazy("电话"), lambda line: line.phone, "phone"),
    ), on=False),
]  # fmt: skip

HOUSEHOLDS = Register(
    key="households",
    url="households:list",
    label=gettext_lazy("住户"),
    model=Household,
    action=Action.HOUSEHOLD_VIEW,
    columns=COLUMNS,
    lines=selectors.lines,
    count_word=said,
    search=Search(
        gettext_lazy("姓名、拼音、户号"),
        lambda person, words: search.found(words, selectors.marks(person)),
        lambda person, words: (search.nearest_first(words, selectors.marks(person)),),
    ),
    filters=[
        Filter(
            "region",
            gettext_lazy("村"),
            selectors.villages,
            lambda person, code: codes.under(code),
        ),
        Filter(
            "block",
            gettext_lazy("区块"),
            lambda person: [(block.code, block.name) for block in selectors.blocks_of(person)],
            lambda person, code: Q(block__code=code),
        ),
    ],
    sums={"people": "people_count", "bays": "bays"},
    views=[View("all", gettext_lazy("全部"), {})],
    acts=list(acts.ALL),
    default_order=("code",),
    related=("block",),
    parts=(selectors.HEAD_FIRST,),
    empty="households/_empty.html",
)
