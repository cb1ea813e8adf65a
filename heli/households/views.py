from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from heli.access import Action, collection, row
from heli.access import services as access_services
from heli.access.doors import may_ever
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError, NotVisible
from heli.common.htmx import page_or_part
from heli.common.listing import listing
from heli.ledger import selectors as history
from heli.regions import selectors as regions

from . import access, forms, panels, selectors
from .map import picture


@collection(Action.HOUSEHOLD_VIEW)
def households(request: SignedInRequest) -> HttpResponse:
    form = _filter(request)
    chosen = form.cleaned_data if form.is_valid() else {}
    filters = {"q": chosen.get("q", ""), "region": chosen.get("region", ""), "block": chosen.get("block", "")}
    found = selectors.households(request.user, words=filters["q"], region=filters["region"], block=filters["block"])
    part = listing(found, request.GET, filters)
    facts: dict[str, Any] = {
        "form": form,
        "listing": part,
        "lines": selectors.lines(part.page, request.user),
        "totals": selectors.totals(found),
        "may_import": may_ever(request.user, Action.IMPORT_RUN),
        "filtered": any(filters.values()),
        "map": picture(request.user, found),
    }
    return page_or_part(request, "households/list.html", "households/_list.html", **facts)


def _filter(request: SignedInRequest) -> forms.FilterForm:
    villages = selectors.villages(request.user)
    return forms.FilterForm(
        request.GET,
        regions=sorted(regions.names(villages).items()),
        blocks=[(block.code, block.name) for block in selectors.blocks_of(request.user)],
    )


@row(Action.HOUSEHOLD_VIEW)
def household(request: SignedInRequest, pk: int) -> HttpResponse:
    """一户一档. Opening it is remembered."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_VIEW)
    access_services.look_note(request.user, household, at=days.true_now())
    facts: dict[str, Any] = {
        "household": household,
        "file": selectors.file(household, request.user),
        "place": regions.place(household.region_code),
        "panels": panels.of(household, request.user),
        "history": history.history([("household", str(pk)), *panels.subjects(household)], 30),
        "reasons": access_services.REVEAL_REASONS.items(),
        "may_raise": may_ever(request.user, Action.NEED_RAISE),
    }
    return render(request, "households/file.html", facts)


@row(Action.HOUSEHOLD_REVEAL, "POST")
def member_reveal(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Show one covered value for a minute, with the reason on record."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_REVEAL)
    member = selectors.member_of(household, member_pk)
    if member is None:
        raise NotVisible("not_found", "")
    form = forms.RevealForm(request.POST)
    if not form.is_valid():
        raise DomainError("reveal_reason", next(iter(form.errors.values()))[0])
    value = access_services.value_reveal(member, **form.cleaned_data, actor=request.user, at=days.now())
    facts = {"value": value, "member": member, "household": household, "field": form.cleaned_data["field"]}
    response = page_or_part(request, "households/revealed.html", "households/_revealed.html", **facts)
    response["Cache-Control"] = "no-store"
    return response
