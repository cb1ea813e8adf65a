"""One answer for a page and for the part of it that an htmx swap wants."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def is_swap(request: HttpRequest) -> bool:
    """True for an htmx request for a part; boosted links and history restores want the whole page."""
    headers = request.headers
    return "HX-Request" in headers and not ("HX-Boosted" in headers or "HX-History-Restore-Request" in headers)


def whole_page() -> HttpResponse:
    """Tell an htmx swap to fetch the whole page anew: more has changed than its part."""
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


def page_or_part(request: HttpRequest, page: str, part: str, *, then: str = "", **context: Any) -> HttpResponse:
    """Answer an htmx swap with `part`; answer anything else with `page`, which includes `part`.

    After a POST pass `then`, the URL to go to: without htmx the answer is a redirect there.
    """
    if then and not is_swap(request):
        return HttpResponseRedirect(then)
    response = render(request, part if is_swap(request) else page, context)
    response["Vary"] = "HX-Request"
    return response
