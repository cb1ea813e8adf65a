from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, row
from heli.access.doors import may_ever
from heli.access.requests import SignedInRequest
from heli.blocks.access import block_called
from heli.common import days
from heli.parcels import forms, pages, selectors, services
from heli.parcels.models import Boundary
from heli.regions import selectors as regions


@row(Action.BLOCK_VIEW)
def block(request: SignedInRequest, code: str) -> HttpResponse:
    """A block's own page: what it is, its land, and what other rooms know of it."""
    block = block_called(request.user, code, Action.BLOCK_VIEW)
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdigit() and len(asked) < 6 else 0
    facts: dict[str, Any] = {
        "land": pages.land(request.user, block, version),
        "version": version,
        "changes": selectors.changes(block, version)[:50] if version else [],
        "villages": regions.names(village.village_code for village in block.villages.all()).values(),
        "boundaries": selectors.boundaries(block)[:5],
        "surveys": selectors.surveys(block)[:5],
        "panels": pages.panels(block, request.user),
        "may_draw": may_ever(request.user, Action.BLOCK_BOUNDARY),
        "may_change": may_ever(request.user, Action.PARCEL_CHANGE),
        "may_import": may_ever(request.user, Action.IMPORT_RUN),
    }
    return render(request, "parcels/block.html", facts)


@row(Action.BLOCK_VIEW)
def block_print(request: SignedInRequest, code: str) -> HttpResponse:
    """The block on A3: outlines and plot numbers, nothing of anybody's state."""
    block = block_called(request.user, code, Action.BLOCK_VIEW)
    facts = {"land": pages.land(request.user, block), "place": regions.place(block.town_code)}
    return render(request, "parcels/print.html", facts)


@row(Action.BLOCK_BOUNDARY, "GET", "POST")
def boundary(request: SignedInRequest, code: str) -> HttpResponse:
    """Draw or type a block's outline; saving makes a new version."""
    block = block_called(request.user, code, Action.BLOCK_BOUNDARY)
    now = selectors.boundary(block)
    form = forms.BoundaryForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        shape = form.cleaned_data["corners"]
        services.boundary_set(block, shape=shape, how=Boundary.How.DRAWN, actor=request.user, at=days.now())
        messages.success(request, _("范围存好了，前一版还留着。"))
        return redirect("parcels:block", block.code)
    facts = {"land": {"block": block}, "form": form, "now": now, "drawing": pages.lots(request.user, block)}
    return render(request, "parcels/boundary.html", facts, status=422 if form.errors else 200)
