"""One-click doors into the demonstration. On any other database these pages do not exist."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import public
from heli.access import services as access_services
from heli.common import days
from heli.common.errors import NotVisible
from heli.common.models import Installation

from . import cast, doors

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _only_in_demonstration() -> None:
    if Installation.facts()[0] != "demo":
        raise NotVisible("not_found", _("没有找到这一页。"))


@public()
def demo(request: HttpRequest) -> HttpResponse:
    _only_in_demonstration()
    return render(request, "demo/doors.html", {"parts": cast.CAST, "files": doors.FILES})


@public("POST")
def enter(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the cast."""
    _only_in_demonstration()
    person = doors.person(username)
    if person is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    _sign_in(request, person)
    return redirect("home:front")


@public("GET", "POST")
def as_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """See an invitation on the invited one's phone: asks first, then signs in as them."""
    _only_in_demonstration()
    dispatch = doors.dispatch(pk)
    if dispatch is None or dispatch.helper.person is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    if request.method == "GET":
        return render(request, "demo/as_helper.html", {"dispatch": dispatch})
    _sign_in(request, dispatch.helper.person)
    return redirect("dispatch:invitation", pk)


def _sign_in(request: HttpRequest, person: Any) -> None:
    login(request, person, backend=BACKEND)
    access_services.sign_in_note(person, way="demo", at=days.now())


@public()
def sample(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    _only_in_demonstration()
    path = settings.HELI_HOME / "samples" / name
    if name not in doors.FILES or not path.is_file():
        raise NotVisible("not_found", _("没有找到这个文件。"))
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
