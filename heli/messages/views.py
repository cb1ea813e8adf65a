from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from heli.access import Action, collection, own
from heli.access.requests import SignedInRequest
from heli.access.selectors import works_on_phone
from heli.common import days

from . import access, selectors, services

A_PAGE = 20


@collection(Action.MESSAGE_READ)
def inbox(request: SignedInRequest) -> HttpResponse:
    page = Paginator(selectors.inbox(request.user), A_PAGE).get_page(request.GET.get("page"))
    facts: dict[str, Any] = {
        "layout": "phone.html" if works_on_phone(request.user) else "desk.html",
        "page": page,
        "lines": [selectors.line(message) for message in page],
    }
    return render(request, "messages/inbox.html", facts)


@own(Action.MESSAGE_READ, "POST")
def message_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Marks it read and goes where it leads."""
    message = access.message_for(request.user, pk, Action.MESSAGE_READ)
    services.message_read(message, at=days.now())
    return redirect(selectors.target(message))
