"""Two people in one browser: what lies under `/tour/on/desk/` and `/tour/on/phone/` is the whole of Heli once more,
each with a session of its own.

Links, forms and redirects stay on their screen, because all addresses are made with the screen's prefix; the cookies of
a screen are not sent to any other. Only these pages may stand in a frame, and only in a frame of ours. On a database
that no demonstration made, the addresses do not exist.
"""

import copy
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix

from heli.access import services as access_services
from heli.access.models import Person
from heli.common import days

ROOT = "/tour/on/"
SCREENS = ("desk", "phone")
OWN_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
BACKEND = "django.contrib.auth.backends.ModelBackend"
Next = Callable[[HttpRequest], HttpResponse]


def on(screen: str, path: str) -> str:
    """The address of a page on a screen."""
    return f"{ROOT}{screen}{path}"


class Screens:
    """Stands inside the security headers and outside the session, whose cookie it renames."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        screen = _screen_of(request.path_info)
        if not screen or days.made_by() != "demo":
            return self.get_response(request)
        _move_onto(request, screen)
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix("/")
        _keep_cookies_apart(response, screen)
        _allow_our_frame(response)
        return response


def is_framed(request: HttpRequest) -> bool:
    """Whether the page stands beside another in the tour, which then says all that the band would."""
    return bool(getattr(request, "screen", "")) and request.headers.get("Sec-Fetch-Dest") == "iframe"


def sign_in(request: HttpRequest, response: HttpResponse, screen: str, person: Person) -> None:
    """Sit this person down at the screen; who sits at another stays there."""
    inside = copy.copy(request)
    inside.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(inside, person, backend=BACKEND)
    inside.session.save()
    response.set_cookie(
        _cookie(screen, settings.SESSION_COOKIE_NAME), inside.session.session_key or "", path=f"{ROOT}{screen}/",
        httponly=True, samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    # The tour's own page asks only whether somebody sits there: which page it may show.
    response.set_cookie(
        _cookie(screen, "sits"), f"{person.pk}", path="/tour/", httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    access_services.sign_in_note(person, way="demo", at=days.now())


def show_frames(response: HttpResponse) -> None:
    """The tour's own page holds the screens, and nobody else's."""
    response._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]


def remember(response: HttpResponse, step: str) -> None:
    """At which step the visitor is, for the way back from a whole page."""
    response.set_cookie("heli-tour-step", step, path="/tour/", httponly=True, samesite="Lax", secure=settings.HTTPS)


def step_of(request: HttpRequest) -> str:
    """The step to go back to from a screen's whole page; empty elsewhere."""
    return request.COOKIES.get("heli-tour-step", "") if getattr(request, "screen", "") else ""


def sits(request: HttpRequest, screen: str, person: Person) -> bool:
    """Whether this person was sat down there last. A hint for the tour's page, never a right."""
    return request.COOKIES.get(_cookie(screen, "sits")) == f"{person.pk}"


def _screen_of(path: str) -> str:
    screen, slash, _rest = path.removeprefix(ROOT).partition("/")
    return screen if path.startswith(ROOT) and slash and screen in SCREENS else ""


def _move_onto(request: HttpRequest, screen: str) -> None:
    prefix = f"{ROOT}{screen}"
    request.screen = screen  # type: ignore[attr-defined]
    request.path_info = request.path_info.removeprefix(prefix)
    request.META["SCRIPT_NAME"], request.META["PATH_INFO"] = prefix, request.path_info
    set_script_prefix(f"{prefix}/")
    shared = {name: value for name, value in request.COOKIES.items() if name not in OWN_COOKIES}
    own = {name: request.COOKIES.get(_cookie(screen, name)) for name in OWN_COOKIES}
    request.COOKIES = shared | {name: value for name, value in own.items() if value is not None}


def _keep_cookies_apart(response: HttpResponse, screen: str) -> None:
    for name in OWN_COOKIES:
        if name not in response.cookies:
            continue
        said: Any = response.cookies.pop(name)
        response.cookies[_cookie(screen, name)] = said.value
        response.cookies[_cookie(screen, name)].update(dict(said) | {"path": f"{ROOT}{screen}/"})


def _allow_our_frame(response: HttpResponse) -> None:
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]


def _cookie(screen: str, name: str) -> str:
    """`__Host-` would ask for the whole site as its path."""
    return f"heli-{screen}-{name.removeprefix('__Host-')}"
