"""The blocks as a standard list."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action
from heli.common import codes
from heli.lists import Cell, Column, Filter, Part, Register, Search, View

from . import selectors
from .models import Block, Programme


def _said(n: int) -> str:
    return ngettext("%(n)s 个区块", "%(n)s 个区块", n) % {"n": n}


def _name(line: selectors.Line) -> Cell:
    return Cell(line.block.name, line.block.code, url=reverse("parcels:block", args=[line.block.code]))


def _programme(line: selectors.Line) -> Cell:
    return Cell(line.block.programme.name, line.block.get_land_display())


COLUMNS = [
    Column("name", gettext_lazy("区块"), _name, (
        Part("code", gettext_lazy("区块编号"), lambda line: line.block.code),
        Part("name", gettext_lazy("区块"), lambda line: line.block.name),
    ), sort=("code",), fixed=True),
    Column("programme", gettext_lazy("项目"), _programme, (
        Part("programme", gettext_lazy("项目"), lambda line: line.block.programme.name),
        Part("land", gettext_lazy("土地"), lambda line: line.block.get_land_display()),
    ), sort=("programme__year", "programme__name")),
    Column("villages", gettext_lazy("在哪些村"), lambda line: Cell(line.villages), (
        Part("villages", gettext_lazy("在哪些村"), lambda line: line.villages),
    )),
    Column("households", gettext_lazy("户数"), lambda line: Cell(line.households), (
        Part("households", gettext_lazy("户数"), lambda line: line.households, "number"),
    ), number=True),
]  # fmt: skip

BLOCKS = Register(
    key="blocks",
    url="blocks:list",
    label=gettext_lazy("区块"),
    model=Block,
    action=Action.BLOCK_VIEW,
    columns=COLUMNS,
    lines=selectors.lines,
    count_word=_said,
    search=Search(
        gettext_lazy("区块、编号"), lambda person, words: Q(name__contains=words.strip()) | Q(code=words.strip())
    ),
    filters=[
        Filter(
            "programme",
            gettext_lazy("项目"),
            lambda person: [(str(row.pk), str(row)) for row in Programme.objects.order_by("-year", "name")],
            lambda person, pk: Q(programme_id=pk),
        ),
        Filter("town", gettext_lazy("镇"), selectors.towns, lambda person, code: codes.under(code, "town_code")),
    ],
    views=[View("all", gettext_lazy("全部"), {})],
    default_order=("code",),
    related=("programme",),
    parts=("villages",),
    empty="blocks/_empty.html",
)
