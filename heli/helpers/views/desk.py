from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heli import lists
from heli.access import Action, collection, row
from heli.access import services as access_services
from heli.access.doors import may_ever
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError
from heli.common.htmx import page_or_part
from heli.helpers import access, forms, lines, selectors, services
from heli.helpers.register import HELPERS
from heli.ledger import selectors as history
from heli.regions import selectors as regions


@collection(Action.HELPER_VIEW)
def helpers(request: SignedInRequest) -> HttpResponse:
    borrowed, to_answer = selectors.loans_around(request.user)
    facts: dict[str, Any] = {
        "listed": lists.listed(request, HELPERS),
        "may_admit": may_ever(request.user, Action.HELPER_ADMIT),
        "may_propose": may_ever(request.user, Action.HELPER_PROPOSE),
        "may_edit": may_ever(request.user, Action.HELPER_EDIT),
        "borrowed": borrowed,
        "to_answer": to_answer,
    }
    return page_or_part(request, "helpers/list.html", "lists/_list.html", **facts)


@row(Action.HELPER_VIEW)
def helper(request: SignedInRequest, pk: int) -> HttpResponse:
    helper = access.helper_for(request.user, pk, Action.HELPER_VIEW)
    facts: dict[str, Any] = {
        "card": selectors.card(helper, request.user),
        "place": regions.place(helper.region_code),
        "vettings": helper.vettings.select_related("by").order_by("-pk"),
        "trainings": helper.trainings.order_by("-passed_on"),
        "history": history.history([("helper", str(pk))], 20),
        "reasons": access_services.REVEAL_REASONS.items(),
        "may_admit": helper.state == "proposed" and access.may(request.user, helper, Action.HELPER_ADMIT),
        "may_edit": access.may(request.user, helper, Action.HELPER_EDIT),
        "may_lend": helper.state == "active" and access.may(request.user, helper, Action.HELPER_LEND),
        "may_agree": access.may(request.user, helper, Action.HELPER_LEND_AGREE),
        "may_vet": bool(lines.belongs_to(helper) & lines.lines_of(request.user)),
        "credentials": selectors.credentials(helper, request.user),
        "loans": selectors.loans_of(helper),
        "teams": helper.teams.order_by("ended_on", "name"),
        "organisation": selectors.organisation(helper),
        "back": lists.back_to(request, HELPERS, pk),
    }
    return render(request, "helpers/file.html", facts)


@collection(Action.HELPER_ADMIT, "GET", "POST")
def helpers_admit(request: SignedInRequest) -> HttpResponse:
    """Admit many at once: those ticked in the list, or everybody who waits under the given filter."""
    waiting = selectors.to_admit(request.user, request.POST.getlist("pk") or request.GET.getlist("pk"), _batch(request))
    form = forms.AdmitForm(request.POST if "reason" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        done = services.helpers_admit(list(waiting), **form.cleaned_data, actor=request.user, at=days.now())
        said = ngettext("录用了 %(n)d 位，可以请了。", "录用了 %(n)d 位，可以请了。", len(done)) % {"n": len(done)}
        messages.success(request, said)
        return redirect(f"{reverse('helpers:list')}?state=active")
    facts = {"form": form, "waiting": waiting, "lines": selectors.lines(waiting[:200]), "batch": _batch(request)}
    return render(request, "helpers/admit.html", facts, status=422 if form.errors else 200)


def _batch(request: SignedInRequest) -> str:
    return request.POST.get("batch") or request.GET.get("batch") or ""


@row(Action.HELPER_REVEAL, "POST")
def helper_reveal(request: SignedInRequest, pk: int) -> HttpResponse:
    helper = access.helper_for(request.user, pk, Action.HELPER_REVEAL)
    form = forms.RevealForm(request.POST)
    if not form.is_valid():
        raise DomainError("reveal_reason", next(iter(form.errors.values()))[0], todo=_("选好再按“露出”。"))
    value = access_services.value_reveal(helper, **form.cleaned_data, actor=request.user, at=days.now())
    facts = {"value": value, "helper": helper, "field": form.cleaned_data["field"]}
    response = page_or_part(request, "helpers/revealed.html", "parts/_revealed.html", **facts)
    response["Cache-Control"] = "no-store"
    return response
