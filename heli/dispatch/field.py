"""Phone pages of people who help: what they are invited to, step by step, and what they are at."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, collection, own
from heli.access.requests import SignedInRequest
from heli.common import days, navigation
from heli.common.errors import DomainError

from . import access, forms, selectors, services
from .models import Dispatch


@collection(Action.INVITATION_ANSWER)
def field(request: SignedInRequest) -> HttpResponse:
    """Today: invitations that wait, help under way, households accompanied."""
    mine = list(selectors.of_helper(request.user)[:40])
    facts: dict[str, Any] = {
        "invited": [selectors.invitation(row) for row in mine if row.state == "invited"],
        "cases": [selectors.case_of(row) for row in mine if row.state in ("accepted", "under_way")],
        "past": [row for row in mine if row.state == "done"][:5],
        "accompanied": list(selectors.accompanied_by(request.user)[:20]),
        "panels": navigation.told(request.user),
    }
    return render(request, "dispatch/field.html", facts)


@own(Action.INVITATION_ANSWER)
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    dispatch = _own(request, pk)
    if dispatch.state in ("accepted", "under_way"):
        return redirect("dispatch:case", pk)
    facts = {"invitation": selectors.invitation(dispatch), "form": forms.TieForm()}
    page = "dispatch/invitation.html" if dispatch.state == "invited" else "dispatch/invitation_past.html"
    return render(request, page, facts)


@own(Action.INVITATION_ANSWER)
def invitation_tie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which sort of tie: two lists, nothing else."""
    dispatch = _own(request, pk)
    facts = {"invitation": selectors.invitation(dispatch), "hard": forms.TIE_KINDS, "close": forms.CLOSE_KINDS}
    return render(request, "dispatch/tie.html", facts)


@own(Action.INVITATION_ANSWER, "POST")
def invitation_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of: clear (no tie), accept, decline, tie."""
    dispatch = _own(request, pk)
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        raise DomainError("bad_answer", _("请从三个答复里选一个。"), kept=_("邀请还在，没有变。"))
    return ANSWERS[answer](request, dispatch)


def _clear(request: SignedInRequest, dispatch: Dispatch) -> HttpResponse:
    services.invitation_clear(dispatch, actor=request.user, at=days.now())
    return redirect("dispatch:invitation", dispatch.pk)


def _accept(request: SignedInRequest, dispatch: Dispatch) -> HttpResponse:
    services.invitation_accept(dispatch, actor=request.user, at=days.now())
    messages.success(request, _("谢谢您。已经告诉镇里和陪同干部。"))
    return redirect("dispatch:case", dispatch.pk)


def _decline(request: SignedInRequest, dispatch: Dispatch) -> HttpResponse:
    services.invitation_decline(dispatch, actor=request.user, at=days.now())
    messages.success(request, _("好的，这次不打扰您。不用说原因，也不影响以后。"))
    return redirect("dispatch:field")


def _tie(request: SignedInRequest, dispatch: Dispatch) -> HttpResponse:
    form = forms.TieForm(request.POST)
    if not form.is_valid():
        raise DomainError("tie_missing", _("请选一下是哪一种。"), kept=_("邀请还在，没有变。"))
    facts = {"kind": form.cleaned_data["kind"], "actor": request.user, "at": days.now()}
    if form.cleaned_data["weight"] == "may_not":
        services.invitation_bar(dispatch, **facts)
        messages.success(request, _("谢谢您说明。这次不请您去，是哪一种关联不会有人看到。"))
    else:
        services.invitation_ask_parties(dispatch, **facts)
        messages.success(request, _("谢谢您说明。先问过住户，再给您消息。"))
    return redirect("dispatch:field")


ANSWERS = {"clear": _clear, "accept": _accept, "decline": _decline, "tie": _tie}


@own(Action.INVITATION_ANSWER)
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    dispatch = _own(request, pk)
    if dispatch.state not in ("accepted", "under_way"):
        return redirect("dispatch:invitation", pk)
    return render(request, "dispatch/case.html", {"case": selectors.case_of(dispatch)})


@own(Action.INVITATION_ANSWER, "POST")
def case_begin(request: SignedInRequest, pk: int) -> HttpResponse:
    services.dispatch_begin(_own(request, pk), actor=request.user, at=days.now())
    return redirect("dispatch:case", pk)


def _own(request: SignedInRequest, pk: int) -> Dispatch:
    return access.dispatch_for(request.user, pk, Action.INVITATION_ANSWER)
