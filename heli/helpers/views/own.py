"""The helper's own record on the phone: look, say that it holds, answer a loan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, collection, own
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError
from heli.helpers import access, forms, keeping, lending, selectors
from heli.regions import selectors as regions


@collection(Action.HELPER_OWN)
def own_record(request: SignedInRequest) -> HttpResponse:
    """What the register says of this person, who never has to look for it."""
    helper = selectors.own_record(request.user)
    facts: dict[str, Any] = {"helper": helper}
    if helper is not None:
        facts |= {
            "card": selectors.card(helper, request.user),
            "place": regions.place(helper.region_code),
            "stale": selectors.is_stale(helper, days.today()),
            "loans": [(loan, regions.name_of(loan.to_code)) for loan in selectors.own_loans(request.user)],
        }
    return render(request, "helpers/own.html", facts)


@own(Action.HELPER_OWN, "POST")
def own_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    helper = access.helper_for(request.user, pk, Action.HELPER_OWN)
    keeping.helper_confirm(helper, actor=request.user, at=days.now())
    messages.success(request, _("谢谢，记下了。"))
    return redirect("helpers:own")


@own(Action.HELPER_OWN, "POST")
def loan_own(request: SignedInRequest, pk: int) -> HttpResponse:
    """Yes or no, both the same size; no reason is asked."""
    loan = access.loan_for(request.user, pk, Action.HELPER_OWN)
    form = forms.AnswerForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad_answer", _("请选愿意或不愿意。"), kept=_("什么都没有变。"))
    lending.loan_own(loan, agreed=form.cleaned_data["answer"] == "yes", actor=request.user, at=days.now())
    messages.success(request, _("好的，记下了。"))
    return redirect("helpers:own")
