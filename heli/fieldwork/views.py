from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from heli import lists
from heli.access import Action, collection, row
from heli.access.doors import may_ever
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.htmx import page_or_part

from . import access, services
from .register import NEEDS


@collection(Action.NEED_VIEW)
def needs(request: SignedInRequest) -> HttpResponse:
    facts: dict[str, Any] = {
        "listed": lists.listed(request, NEEDS),
        "may_raise": may_ever(request.user, Action.NEED_RAISE),
    }
    return page_or_part(request, "fieldwork/needs.html", "lists/_list.html", **facts)


@row(Action.NEED_CLOSE, "POST")
def need_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    need = access.need_for(request.user, pk, Action.NEED_CLOSE)
    services.need_withdraw(need, actor=request.user, at=days.now())
    return redirect("dispatch:need", pk)
