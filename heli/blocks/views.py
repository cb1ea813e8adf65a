from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli import lists
from heli.access import Action, collection
from heli.access.doors import may_ever, regions_of
from heli.access.requests import SignedInRequest
from heli.common import codes, days
from heli.common.htmx import page_or_part
from heli.regions import selectors as regions

from . import forms, services
from .register import BLOCKS


@collection(Action.BLOCK_VIEW)
def blocks(request: SignedInRequest) -> HttpResponse:
    facts: dict[str, Any] = {
        "listed": lists.listed(request, BLOCKS), "may_add": may_ever(request.user, Action.BLOCK_ADD)
    }  # fmt: skip
    return page_or_part(request, "blocks/list.html", "lists/_list.html", **facts)


@collection(Action.BLOCK_ADD, "GET", "POST")
def block_new(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        code = services.free_code(facts["town_code"])
        block = services.block_add(code=code, actor=request.user, at=days.now(), **facts)
        messages.success(request, _("划好了：%(name)s") % {"name": block.name})
        return redirect("blocks:list")
    return render(request, "blocks/new.html", {"form": form}, status=422 if form.errors else 200)


def _form(request: SignedInRequest) -> forms.BlockForm:
    ranges = regions_of(request.user, Action.BLOCK_ADD)
    towns = {town.code: town.name for code in ranges for town in regions.by_level("town", codes.town_of(code))}
    villages = [(village.code, village.name) for code in towns for village in regions.by_level("village", code)]
    return forms.BlockForm(
        request.POST if request.method == "POST" else None, towns=sorted(towns.items()), villages=villages
    )
