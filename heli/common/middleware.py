"""A number for each request, and the one place where a refusal becomes an HTTP answer."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from . import errors, logs, views

Next = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Gives the request a short number that people can read out on the telephone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = logs.request_id.set(f"E-{secrets.token_hex(4)}")
        try:
            response = self.get_response(request)
            response.headers.setdefault("X-Request-Id", logs.request_id.get())
            return response
        finally:
            logs.request_id.reset(token)


class Language:
    """Chinese, unless the person chose otherwise by the switch. What the browser would like is not asked."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response


class Refusals:
    """Turns a DomainError into a page (or a part, for htmx) with its status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return views.refused(request, error) if isinstance(error, errors.DomainError) else None
