"""The files handed over, as a standard list: the newest first."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action
from heli.lists import Cell, Column, Filter, Part, Register, Search, View

from . import selectors
from .models import Batch
from .wording import STATES

MARKS = {"done": "cel"}
KINDS = [
    ("households", gettext_lazy("花名册")), ("helpers", gettext_lazy("社会力量登记表")), ("parcels", gettext_lazy("宗地")),
    ("blocks", gettext_lazy("区块")), ("needs", gettext_lazy("要帮的忙")), ("regions", gettext_lazy("镇村")),
]  # fmt: skip


def _said(n: int) -> str:
    return ngettext("%(n)s 份", "%(n)s 份", n) % {"n": n}


def _file(line: selectors.BatchLine) -> Cell:
    more = " · ".join(filter(None, (line.batch.code, line.batch.block.name if line.batch.block else "")))
    return Cell(line.batch.file_name, more, url=reverse("intake:batch", args=[line.pk]))


def _state(line: selectors.BatchLine) -> Cell:
    return Cell(STATES[line.batch.state], mark=MARKS.get(line.batch.state, "plain"))


COLUMNS = [
    Column("file", gettext_lazy("文件"), _file, (
        Part("code", gettext_lazy("编号"), lambda line: line.batch.code),
        Part("file", gettext_lazy("文件"), lambda line: line.batch.file_name),
    ), sort=("file_name",), fixed=True),
    Column("at", gettext_lazy("什么时候、谁"), lambda line: Cell(line.at, line.batch.by.name), (
        Part("at", gettext_lazy("什么时候"), lambda line: line.batch.at, "day"),
        Part("by", gettext_lazy("谁"), lambda line: line.batch.by.name),
    ), sort=("at",)),
    Column("rows", gettext_lazy("读到的行"), lambda line: Cell(line.batch.rows), (
        Part("rows", gettext_lazy("读到的行"), lambda line: line.batch.rows, "number"),
    ), sort=("rows",), number=True),
    Column("written", gettext_lazy("写入"), lambda line: Cell(line.batch.written), (
        Part("written", gettext_lazy("写入"), lambda line: line.batch.written, "number"),
    ), sort=("written",), number=True),
    Column("state", gettext_lazy("怎么样了"), _state, (
        Part("state", gettext_lazy("怎么样了"), lambda line: STATES[line.batch.state]),
    ), sort=("state",)),
]  # fmt: skip

IMPORTS = Register(
    key="imports",
    url="intake:list",
    label=gettext_lazy("交来过的文件"),
    model=Batch,
    action=Action.IMPORT_VIEW,
    columns=COLUMNS,
    lines=selectors.batch_lines,
    count_word=_said,
    search=Search(
        gettext_lazy("文件名、编号"),
        lambda person, words: Q(file_name__contains=words.strip()) | Q(code=words.strip().upper()),
    ),
    filters=[
        Filter("kind", gettext_lazy("哪一种"), lambda person: KINDS, lambda person, kind: Q(kind=kind)),
        Filter(
            "state", gettext_lazy("怎么样了"), lambda person: list(STATES.items()), lambda person, state: Q(state=state)
        ),
    ],
    views=[View("all", gettext_lazy("全部"), {}), View("ready", gettext_lazy("等着写入"), {"state": "ready"})],
    default_order=("-at", "-pk"),
    related=("by", "block"),
    empty="intake/_empty.html",
)
