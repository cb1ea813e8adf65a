from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from heli.access import public, signed_in
from heli.access.selectors import works_on_phone
from heli.common import navigation, views

from . import samples
from .shell import THEMES

YEAR = 60 * 60 * 24 * 365
healthz = public()(views.healthz)
readyz = public()(views.readyz)


@public()
def front(request: HttpRequest) -> HttpResponse:
    """To the person's own front page, or to the sign-in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect("dispatch:field" if works_on_phone(request.user) else "home:desk")


@signed_in()
def desk(request: HttpRequest) -> HttpResponse:
    """首页: what waits for this person, as rooms tell it."""
    return render(request, "home/desk.html", {"panels": navigation.told(request.user)})


@signed_in()
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html", {"layout": "phone.html" if works_on_phone(request.user) else "desk.html"})


@public()
def parts(request: HttpRequest) -> HttpResponse:
    """All parts of the pages on one page, for those who build them."""
    return render(request, "common/parts.html", samples.PARTS)


@public("POST")
def language(request: HttpRequest) -> HttpResponse:
    """Chinese or English, remembered by a cookie and with the account."""
    wanted = request.POST.get("language", "")
    response = views.back(request)
    if wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)
        _cookie(response, settings.LANGUAGE_COOKIE_NAME, wanted)
    return response


@public("POST")
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the machine says; or larger type."""
    response = views.back(request)
    if request.POST.get("theme") in THEMES:
        _cookie(response, "heli_theme", request.POST["theme"])
    if request.POST.get("elder") in {"0", "1"}:
        _cookie(response, "heli_elder", request.POST["elder"])
    return response


def _cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
