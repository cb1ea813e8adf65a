from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from heli.access import Action, collection, row
from heli.access.doors import may_ever
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.htmx import page_or_part
from heli.common.listing import listing

from . import access, selectors, services


@collection(Action.NEED_VIEW)
def needs(request: SignedInRequest) -> HttpResponse:
    view = request.GET.get("view", "waiting")
    words = request.GET.get("q", "").strip()
    found = selectors.needs(request.user, view, words)
    part = listing(found, request.GET, {"view": view, "q": words})
    facts: dict[str, Any] = {
        "listing": part,
        "lines": selectors.lines(part.page),
        "counts": selectors.counts(request.user),
        "view": view,
        "words": words,
        "may_raise": may_ever(request.user, Action.NEED_RAISE),
    }
    return page_or_part(request, "fieldwork/needs.html", "fieldwork/_needs.html", **facts)


@row(Action.NEED_CLOSE, "POST")
def need_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    need = access.need_for(request.user, pk, Action.NEED_CLOSE)
    services.need_withdraw(need, actor=request.user, at=days.now())
    return redirect("dispatch:need", pk)
