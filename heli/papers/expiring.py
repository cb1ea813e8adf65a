"""Papers whose time has come: somebody decides, with a reason; nothing is destroyed by itself. The row stays as a shell."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from heli import ledger
from heli.access.models import Person
from heli.common.days import local_day
from heli.common.errors import Conflict

from . import holds, store
from .models import Paper
from .services import THERE

SOON = timedelta(days=90)


def due(today: date) -> Q:
    """Kept until a day that has passed."""
    return THERE & Q(keep_until__lt=today)


def soon(today: date) -> Q:
    return THERE & Q(keep_until__gte=today, keep_until__lte=today + SOON)


def barred(papers: Sequence[Paper], today: date) -> dict[int, Any]:
    """By pk, why one is not to be destroyed."""
    kept: dict[int, Any] = {paper.pk: _early(paper, today) for paper in papers if _early(paper, today)}
    return {**holds.why([paper for paper in papers if paper.pk not in kept]), **kept}


def _early(paper: Paper, today: date) -> str:
    if paper.is_gone:
        return _("已经拿掉或销毁了")
    return "" if paper.keep_until < today else _("还没到保存期")


@ledger.written
def papers_expire(papers: Sequence[Paper], *, reason: str, actor: Person, at: datetime) -> int:
    """Destroy what is kept of these papers; all or none. The files go once the rows say so."""
    if barred(papers, local_day(at)):
        raise Conflict("paper_needed", _("有的材料刚刚又用得着，或者已经没有了。"), kept=_("一份都没有销毁。"),
                       todo=_("请再看一遍，再办。"))  # fmt: skip
    places = [place for paper in papers for place in (paper.file, paper.preview, paper.original)]
    for paper in papers:
        _expire(paper, reason, actor, at)
    transaction.on_commit(lambda: store.forget(places))
    return len(papers)


def _expire(paper: Paper, reason: str, actor: Person, at: datetime) -> None:
    shell = {"title": "", "original_name": "", "file": "", "preview": "", "original": ""}
    facts = {"destroyed_at": at, "destroyed_by": actor, "destroyed_why": reason}
    if not Paper.objects.filter(THERE, pk=paper.pk).update(**shell, **facts):
        raise Conflict(
            "paper_gone", _("有一份材料刚刚被拿掉了。"), kept=_("一份都没有销毁。"), todo=_("请再看一遍，再办。")
        )
    ledger.append(
        "paper.expire", subject=paper, actor=actor, at=at, state="destroyed", sha256=paper.sha256, reason=reason,
        keep_until=paper.keep_until,
    )  # fmt: skip
