from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from heli import lists
from heli.access import Action, collection, row
from heli.access import services as access_services
from heli.access.doors import covers, may_ever
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError, NotVisible
from heli.common.htmx import page_or_part
from heli.households import access, forms, history, panels, selectors
from heli.households.map import picture
from heli.households.models import Household
from heli.households.register import HOUSEHOLDS
from heli.regions import selectors as regions


@collection(Action.HOUSEHOLD_VIEW)
def households(request: SignedInRequest) -> HttpResponse:
    listed = lists.listed(request, HOUSEHOLDS)
    facts: dict[str, Any] = {
        "listed": listed,
        "may_import": may_ever(request.user, Action.IMPORT_RUN),
        "may_edit": may_ever(request.user, Action.HOUSEHOLD_EDIT),
    }
    return page_or_part(request, "households/list.html", "lists/_list.html", **facts)


@collection(Action.HOUSEHOLD_VIEW)
def households_map(request: SignedInRequest) -> HttpResponse:
    """The working map beside the list; the page asks for it once the list is there."""
    asked = lists.read(request, HOUSEHOLDS)
    drawn = picture(request.user, cast("QuerySet[Household]", asked.found()))
    facts: dict[str, Any] = {"map": drawn, "may_import": may_ever(request.user, Action.IMPORT_RUN)}
    return page_or_part(request, "households/map.html", "households/_map_part.html", **facts)


@row(Action.HOUSEHOLD_VIEW)
def household(request: SignedInRequest, pk: int) -> HttpResponse:
    """一户一档. Opening it is remembered."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_VIEW, shape=selectors.as_a_file)
    access_services.look_note(request.user, household, at=days.true_now())
    facts: dict[str, Any] = {
        "household": household,
        "file": selectors.file(household, request.user),
        "place": regions.place(household.region_code),
        "panels": panels.of(household, request.user),
        "wide": panels.of(household, request.user, wide=True),
        "history": history.of(household, request.user, 30),
        "reasons": access_services.REVEAL_REASONS.items(),
        "may_raise": may_ever(request.user, Action.NEED_RAISE),
        "may_edit": covers(request.user, household, Action.HOUSEHOLD_EDIT),
        "back": lists.back_to(request, HOUSEHOLDS, pk),
        "kept": request.GET.get("in", ""),
    }
    return render(request, "households/file.html", facts)


@row(Action.HOUSEHOLD_REVEAL, "POST")
def member_reveal(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Show one covered value for a minute, with the reason on record."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_REVEAL)
    member = selectors.member_of(household, member_pk)
    if member is None:
        raise NotVisible("not_found", "")
    return _revealed(request, household, member, forms.RevealForm(request.POST), member.name)


@row(Action.HOUSEHOLD_REVEAL, "POST")
def remark_reveal(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for what was noted of the household as a whole."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_REVEAL)
    return _revealed(request, household, household, forms.RemarkRevealForm(request.POST), _("备注"))


def _revealed(request: SignedInRequest, household: Any, subject: Any, form: Any, whose: str) -> HttpResponse:
    if not form.is_valid():
        raise DomainError("reveal_reason", next(iter(form.errors.values()))[0])
    value = access_services.value_reveal(subject, **form.cleaned_data, actor=request.user, at=days.now())
    facts = {"value": value, "whose": whose, "household": household}
    response = page_or_part(request, "households/revealed.html", "parts/_revealed.html", **facts)
    response["Cache-Control"] = "no-store"
    return response
