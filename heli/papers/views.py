"""One paper: looked at, taken along, named, taken away and back. What a subject has is shown by the subject's room."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heli.access import Action, row
from heli.access import services as access_services
from heli.access.classes import Sight
from heli.access.doors import may_ever
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError, NotPermitted

from . import access, answers, forms, kinds, names, selectors, services, subjects
from .models import Paper


@row(Action.PAPER_VIEW)
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper's page; what is covered is opened with a reason."""
    paper = access.paper_for(request.user, pk, Action.PAPER_VIEW)
    if access.sight_of(request.user, paper) == Sight.FULL:
        access_services.look_note(request.user, paper, at=days.true_now())
    return _page(request, paper)


@row(Action.PAPER_OPEN)
def picture(request: SignedInRequest, pk: int) -> HttpResponse:
    return answers.picture(selectors.picture(_open(request, pk)))


@row(Action.PAPER_OPEN)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    return _handed_out(_open(request, pk), "file")


@row(Action.PAPER_OPEN)
def original(request: SignedInRequest, pk: int) -> HttpResponse:
    """As it was handed over, byte by byte: only ever to be saved."""
    return _handed_out(_open(request, pk), "original")


@row(Action.PAPER_OPEN, "POST")
def reveal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at what is covered, with the reason on record: every look asks again."""
    paper = access.paper_for(request.user, pk, Action.PAPER_OPEN)
    form = forms.LookForm(request.POST)
    if access.sight_of(request.user, paper) not in (Sight.FULL, Sight.REVEAL) or paper.is_gone:
        raise _not_yours()
    if not form.is_valid():
        raise DomainError("reveal_reason", _("请先选一个看的原因。"), todo=_("选好再按“看这份材料”。"))
    services.paper_reveal(paper, reason=form.cleaned_data["reason"], actor=request.user, at=days.now())
    if form.cleaned_data["take"]:
        return _handed_out(paper, form.cleaned_data["take"])
    answer = _page(request, paper, seen=True, picture=answers.inside(selectors.picture(paper)))
    answer["Cache-Control"] = "no-store"
    return answer


@row(Action.PAPER_EDIT, "GET", "POST")
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = access.paper_for(request.user, pk, Action.PAPER_EDIT)
    form = forms.PaperForm(request.POST or None, initial={"kind": paper.kind, "title": paper.title})
    if request.method == "POST" and form.is_valid():
        services.paper_edit(paper, **form.cleaned_data, actor=request.user, at=days.now())
        messages.success(request, _("改好了。"))
        return redirect("papers:paper", paper.pk)
    facts = {"form": form, "card": selectors.card(paper, request.user), **_around(paper)}
    return render(request, "papers/edit.html", facts, status=422 if form.errors else 200)


@row(Action.PAPER_REMOVE, "POST")
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = access.paper_for(request.user, pk, Action.PAPER_REMOVE)
    services.paper_remove(paper, actor=request.user, at=days.now())
    undo = reverse("papers:restore", args=[paper.pk])
    messages.success(request, _("拿掉了，在回收站里放 30 天。"), extra_tags=undo)
    return redirect(_around(paper)["back"])


@row(Action.PAPER_REMOVE, "POST")
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = access.paper_for(request.user, pk, Action.PAPER_REMOVE)
    services.paper_restore(paper, actor=request.user, at=days.now())
    messages.success(request, _("撤回了，材料放回原处。"))
    return redirect(_around(paper)["back"])


def _open(request: SignedInRequest, pk: int) -> Paper:
    """A paper that this person looks at without giving a reason; that they did is remembered."""
    paper = access.paper_for(request.user, pk, Action.PAPER_OPEN)
    if access.sight_of(request.user, paper) != Sight.FULL or paper.is_gone:
        raise _not_yours()
    access_services.look_note(request.user, paper, at=days.true_now())
    return paper


def _not_yours() -> NotPermitted:
    return NotPermitted(
        "paper_not_open", _("这份材料不能这样看。"), kept=_("材料还在。"), todo=_("请回到材料页，选好原因再看。")
    )


def _handed_out(paper: Paper, part: str) -> HttpResponse:
    title = paper.title or str(kinds.KINDS[paper.kind].label)
    if part == "original" and paper.original:
        name = names.original(paper.original_name, title)
        return answers.download(selectors.content(paper, original=True), name, "application/octet-stream")
    return answers.download(selectors.content(paper), names.download(title, paper.media), paper.media)


def _page(request: SignedInRequest, paper: Paper, seen: bool = False, picture: str = "") -> HttpResponse:
    facts: dict[str, Any] = {
        "card": selectors.card(paper, request.user),
        "seen": seen,
        "picture": picture,
        "reasons": access_services.REVEAL_REASONS.items(),
        "may_edit": may_ever(request.user, Action.PAPER_EDIT),
        "may_remove": may_ever(request.user, Action.PAPER_REMOVE),
        **_around(paper),
    }
    return render(request, "papers/paper.html", facts)


def _around(paper: Paper) -> dict[str, str]:
    """Whose paper it is, and the way back there."""
    told = subjects.of(paper.subject_kind)
    return {"back": told.page(paper.subject_id), "called": told.called(paper.subject_id)}
