"""Papers of households as a standard list: first those whose time has come, to be looked through and destroyed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heli.access import Action, rows
from heli.access.classes import Shown
from heli.common import codes, days
from heli.common.templatetags.heli import day
from heli.lists import Act, Cell, Changed, Column, Filter, Part, Register, View
from heli.papers import expiring, holds, kinds
from heli.papers import selectors as papers
from heli.papers.models import Paper
from heli.papers.services import THERE
from heli.regions import selectors as regions

from . import filing

STATES = {
    "due": (gettext_lazy("到期的"), lambda: expiring.due(days.today())),
    "soon": (gettext_lazy("90 天内到期"), lambda: expiring.soon(days.today())),
    "kept": (gettext_lazy("在存的"), lambda: THERE),
    "destroyed": (gettext_lazy("销毁了的"), lambda: Q(destroyed_at__isnull=False)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the paper as its card, whose it is, and what still needs it."""

    pk: int
    card: papers.Card
    household: str
    place: str
    needed: Any


def lines(page: Iterable[Paper], person: Any) -> list[Line]:
    found = list(page)
    codes_ = filing.codes_of({paper.subject_id for paper in found})
    places, needed = regions.names({paper.region_code for paper in found}), holds.why(found)
    return [
        Line(paper.pk, papers.card(paper, person), codes_.get(paper.subject_id, ""), places[paper.region_code],
             needed.get(paper.pk, "") if not paper.is_gone else "")
        for paper in found
    ]  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("凭什么销毁"), max_length=200, help_text=gettext_lazy("比如：档案鉴定小组哪天的意见")
    )


def _expire(found: Sequence[Paper], *, reason: str, actor: Any, at: datetime) -> Changed:
    return Changed(expiring.papers_expire(found, reason=reason, actor=actor, at=at))


def said(n: int) -> str:
    return ngettext("%(n)s 份材料", "%(n)s 份材料", n) % {"n": n}


def _kind(line: Line) -> Cell:
    title: Shown = line.card.title
    return Cell(line.card.kind, title.text, url=reverse("papers:paper", args=[line.pk]))


def _until(line: Line) -> Cell:
    if line.card.destroyed:
        gone = line.card.destroyed
        return Cell(_("%(day)s销毁") % {"day": day(gone.at)}, f"{gone.who} · {gone.why}")
    return Cell(day(line.card.keep_until))


def _villages(person: Any) -> list[tuple[str, str]]:
    return regions.having(rows(Paper, person, Action.PAPER_OPEN).order_by().filter(region_code=OuterRef("code")))


PAPERS = Register(
    key="papers",
    url="kept:list",
    label=gettext_lazy("材料"),
    model=Paper,
    action=Action.PAPER_OPEN,
    within=Q(subject_kind="household", removed_at__isnull=True),
    columns=[
        Column("kind", gettext_lazy("是什么"), _kind, (
            Part("kind", gettext_lazy("种类"), lambda line: line.card.kind),
            Part("title", gettext_lazy("名称"), lambda line: line.card.title),
        ), sort=("kind",), fixed=True),
        Column("household", gettext_lazy("哪一户"), lambda line: Cell(line.household, line.place), (
            Part("household", gettext_lazy("户号"), lambda line: line.household),
            Part("place", gettext_lazy("村"), lambda line: line.place),
        ), sort=("region_code", "subject_id")),
        Column("until", gettext_lazy("保存到"), _until, (
            Part("until", gettext_lazy("保存到"), lambda line: line.card.keep_until, "day"),
        ), sort=("keep_until",)),
        Column("needed", gettext_lazy("还用得着"), lambda line: Cell(line.needed or "–"), (
            Part("needed", gettext_lazy("还用得着"), lambda line: line.needed),
        )),
        Column("at", gettext_lazy("收下"), lambda line: Cell(day(line.card.at), line.card.who), (
            Part("at", gettext_lazy("收下"), lambda line: days.local_day(line.card.at), "day"),
        ), sort=("uploaded_at",), on=False),
    ],
    lines=lines,
    count_word=said,
    filters=[
        Filter("state", gettext_lazy("到没到期"), lambda person: [(key, label) for key, (label, _q) in STATES.items()],
               lambda person, key: STATES[key][1]()),
        Filter("region", gettext_lazy("村"), _villages, lambda person, code: codes.under(code)),
        Filter("kind", gettext_lazy("种类"), lambda person: kinds.choices(), lambda person, kind: Q(kind=kind)),
    ],
    views=[View(key, label, {"state": key}) for key, (label, _q) in STATES.items()],
    acts=[Act(
        key="expire", label=gettext_lazy("销毁"), action=Action.PAPER_REMOVE,
        title=lambda said: _("销毁 %(said)s") % {"said": said}, do=_expire, form=lambda person: ReasonForm,
        barred=lambda found: expiring.barred(found, days.today()),
        final=True,
        note=gettext_lazy("文件和预览图从服务器上删掉，找不回来；谁、哪天、凭什么销毁的，留着可查。"),
    )],
    start={"state": "due"},
    default_order=("keep_until", "pk"),
    related=("uploaded_by", "destroyed_by"),
    empty="households/_papers_empty.html",
)  # fmt: skip
