"""The desk page of the match's rules: look, try on this week's needs, put in force."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, collection
from heli.access.doors import may_ever, regions_of
from heli.access.requests import SignedInRequest
from heli.common import days

from . import rules_form, selectors, services, simulating
from .rules import Rules, refusals


@collection(Action.MATCHING_VIEW)
def rules(request: SignedInRequest) -> HttpResponse:
    return _page(request, selectors.rules_in_force())


@collection(Action.MATCHING_RULE, "POST")
def rules_try(request: SignedInRequest) -> HttpResponse:
    """Who would be asked instead, with what was typed; nothing changes."""
    tried = rules_form.typed(request.POST, selectors.rules_in_force())
    wrong = refusals(tried)
    facts: dict[str, Any] = {"wrong": wrong, "tried": True}
    if not wrong:
        ranges = regions_of(request.user, Action.MATCHING_RULE)
        facts["simulation"] = simulating.simulate(tried, ranges, at=days.now())
    return _page(request, tried, **facts)


@collection(Action.MATCHING_RULE, "POST")
def rules_publish(request: SignedInRequest) -> HttpResponse:
    new = rules_form.typed(request.POST, selectors.rules_in_force())
    based_on = request.POST.get("version", "")
    services.rules_publish(
        new, based_on=int(based_on) if based_on.isdecimal() else -1, note=request.POST.get("note", "")[:200],
        actor=request.user, at=days.now(),
    )  # fmt: skip
    messages.success(request, _("新的规则启用了，从下一次算起。"))
    return redirect("dispatch:rules")


def _page(request: SignedInRequest, shown: Rules, **facts: Any) -> HttpResponse:
    facts |= rules_form.shown(shown)
    facts |= {
        "may_rule": may_ever(request.user, Action.MATCHING_RULE),
        "versions": selectors.rules_versions(),
        "in_force": selectors.rules_in_force().version,
    }
    return render(request, "dispatch/rules.html", facts, status=422 if facts.get("wrong") else 200)
