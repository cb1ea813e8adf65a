"""Desk pages of a need and its dispatch. The invited helper's phone pages stand in `field.py`."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, row
from heli.access.doors import rows
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError
from heli.common.htmx import page_or_part
from heli.fieldwork import access as fieldwork_access
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.households import access as household_access
from heli.households import selectors as households
from heli.households.models import Household
from heli.ledger import once
from heli.ledger import selectors as history

from . import access, forms, proposing, selectors, services
from .models import Dispatch

PAGE, MATCH = "dispatch/need.html", "dispatch/_match.html"


@row(Action.NEED_RAISE, "GET", "POST")
def need_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Raise a need of household `pk`, and look at once who fits."""
    household = household_access.household_for(request.user, pk, Action.NEED_RAISE)
    form = forms.NeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = days.now()
        need = fieldwork.need_raise(household, actor=request.user, at=at, **form.cleaned_data)
        if rows(Need, request.user, Action.DISPATCH_PROPOSE).filter(pk=need.pk).exists():
            proposing.region_propose(need.region_code[:9], actor=request.user, at=at)
        messages.success(request, _("已记下：%(title)s") % {"title": need.title})
        return redirect("dispatch:need", need.pk)
    facts = {"form": form, "household": household, "head": households.head_as_seen(household, request.user)}
    return render(request, "dispatch/need_new.html", facts, status=422 if form.errors else 200)


@row(Action.NEED_VIEW)
def need(request: SignedInRequest, pk: int) -> HttpResponse:
    """The match page while nobody is asked; then the invitation, the help under way, and what came of it."""
    need = fieldwork_access.need_for(request.user, pk, Action.NEED_VIEW)
    return page_or_part(request, PAGE, MATCH, **_facts(request, need))


def _facts(request: SignedInRequest, need: Need) -> dict[str, Any]:
    match, dispatch = selectors.match_of(need), selectors.last_dispatch(need)
    official = match.official if match else None
    return {
        "need": need,
        "asked": selectors.household_line(need, request.user),
        "match": match,
        "dispatch": dispatch,
        "official": official,
        "official_busy": selectors.official_busy(official, days.now()) if official else None,
        "officials": selectors.officials_for(need),
        "may_open_file": rows(Household, request.user, Action.HOUSEHOLD_VIEW).filter(pk=need.household_id).exists(),
        "may_close": rows(Need, request.user, Action.NEED_CLOSE).filter(pk=need.pk).exists(),
        "may_approve": rows(Need, request.user, Action.DISPATCH_APPROVE).filter(pk=need.pk).exists(),
        "may_word": dispatch is not None
        and rows(Dispatch, request.user, Action.DISPATCH_WORD).filter(pk=dispatch.pk).exists(),
        "form": forms.ApproveForm(),
        "approve_key": secrets.token_hex(8),
        "dispatch_parts": selectors.parts(dispatch.reasons) if dispatch else (),
        "finish_form": forms.FinishForm(),
        "heard_form": forms.HeardForm(),
        "history": history.history(_subjects(need), 20),
    }


def _subjects(need: Need) -> list[tuple[str, str]]:
    own = [("dispatch", str(pk)) for pk in need.dispatches.values_list("pk", flat=True)]
    return [("need", str(need.pk)), *own]


@row(Action.DISPATCH_PROPOSE, "POST")
def need_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Solve the town's open needs again."""
    need = fieldwork_access.need_for(request.user, pk, Action.DISPATCH_PROPOSE)
    proposing.region_propose(need.region_code[:9], actor=request.user, at=days.now(), needs=[need.pk])
    return redirect("dispatch:need", pk)


@row(Action.DISPATCH_APPROVE)
def need_others(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody one by one, with the reason for or against: to pick another."""
    need = fieldwork_access.need_for(request.user, pk, Action.DISPATCH_APPROVE)
    words = request.GET.get("q", "").strip()
    facts = {"need": need, "others": selectors.others(need, words), "words": words, "key": secrets.token_hex(8),
             "asked": selectors.household_line(need, request.user), "officials": selectors.officials_for(need)}  # fmt: skip
    return render(request, "dispatch/others.html", facts)


@row(Action.DISPATCH_APPROVE)
def need_what_if(request: SignedInRequest, pk: int) -> HttpResponse:
    """If the proposed one could not come: asked of the town's whole plan, nothing changes."""
    need = fieldwork_access.need_for(request.user, pk, Action.DISPATCH_APPROVE)
    facts: dict[str, Any] = {"need": need, "answer": selectors.what_if_not(need)}
    return page_or_part(request, "dispatch/what_if.html", "dispatch/_what_if.html", **facts)


@row(Action.DISPATCH_APPROVE, "POST")
def need_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    need = fieldwork_access.need_for(request.user, pk, Action.DISPATCH_APPROVE)
    form = forms.ApproveForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        raise DomainError("bad_form", first, kept=_("还没有邀请任何人。"), todo=_("请回到上一页再选。"))
    chosen = {"helper": form.cleaned_data["helper"], "official": form.cleaned_data["official"]}
    at, key = days.now(), form.cleaned_data["key"]

    def approve() -> str:
        made = services.dispatch_approve(need, **chosen, actor=request.user, at=at, meet_at=form.meet_at())
        return str(made.pk)

    body = {name: form.data.get(name, "") for name in ("helper", "official", "meet_on", "meet_hour")}
    once.once(actor=request.user, key=key, what=f"approve/{pk}", body=body, at=at, do=approve)
    messages.success(request, _("已批准，邀请发给了%(name)s。") % {"name": chosen["helper"].name})
    return redirect("dispatch:need", pk)


@row(Action.DISPATCH_APPROVE, "POST")
def dispatch_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    dispatch = access.dispatch_for(request.user, pk, Action.DISPATCH_APPROVE)
    services.dispatch_recall(dispatch, actor=request.user, at=days.now())
    messages.success(request, _("邀请已收回，可以另请一位。"))
    return redirect("dispatch:need", dispatch.need_id)


@row(Action.DISPATCH_WORD, "POST")
def household_agree(request: SignedInRequest, pk: int) -> HttpResponse:
    dispatch = access.dispatch_for(request.user, pk, Action.DISPATCH_WORD)
    services.household_agree(dispatch, heard=request.POST.get("heard", ""), actor=request.user, at=days.now())
    return redirect("dispatch:need", dispatch.need_id)


@row(Action.DISPATCH_WORD, "POST")
def household_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    dispatch = access.dispatch_for(request.user, pk, Action.DISPATCH_WORD)
    services.household_refuse(dispatch, heard=request.POST.get("heard", ""), actor=request.user, at=days.now())
    messages.success(request, _("已记下。以后不会再请这位去这户。"))
    return redirect("dispatch:need", dispatch.need_id)


@row(Action.DISPATCH_WORD, "POST")
def dispatch_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    dispatch = access.dispatch_for(request.user, pk, Action.DISPATCH_WORD)
    form = forms.FinishForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        raise DomainError("bad_form", first, kept=_("还没有办结。"), todo=_("请回到上一页补上。"))
    services.dispatch_finish(dispatch, **form.cleaned_data, actor=request.user, at=days.now())
    messages.success(request, _("办结了。帮忙的人已经收到住户的话。"))
    return redirect("dispatch:need", dispatch.need_id)
