"""One-click doors into the demonstration. On any other database these pages do not exist."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import public
from heli.access import services as access_services
from heli.common import days
from heli.common.errors import DomainError, NotVisible
from heli.common.templatetags.heli import day as day_said
from heli.common.views import back

from . import as_of, cast, doors
from .days import next_day
from .gate import only_in_demonstration

BACKEND = "django.contrib.auth.backends.ModelBackend"


@public()
def demo(request: HttpRequest) -> HttpResponse:
    only_in_demonstration()
    return render(request, "demo/doors.html", {"parts": cast.CAST, "files": doors.FILES})


@public("POST")
def enter(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the cast."""
    only_in_demonstration()
    person = doors.person(username)
    if person is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    _sign_in(request, person)
    return redirect("home:front")


@public("GET", "POST")
def as_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """See an invitation on the invited one's phone: asks first, then signs in as them."""
    only_in_demonstration()
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
    only_in_demonstration()
    path = settings.HELI_HOME / "samples" / name
    if name not in doors.FILES or not path.is_file():
        raise NotVisible("not_found", _("没有找到这个文件。"))
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@public("POST")
def tomorrow(request: HttpRequest) -> HttpResponse:
    """The next day begins."""
    only_in_demonstration()
    messages.success(request, _("%(day)s了。示范里所有人都到了这一天。") % {"day": day_said(next_day())})
    return back(request)


@public()
def past(request: HttpRequest, said: str = "") -> HttpResponse:
    """How it stood at the end of a day, beside today. Nothing is moved by looking."""
    only_in_demonstration()
    day, today = _day(request.GET.get("day") or said), days.today()
    if day > today:
        raise DomainError(
            "day_to_come", _("这一天还没有到。"), kept=_("什么都没有变。"), todo=_("请选今天以前的一天。")
        )
    facts: dict[str, Any] = {
        "past": day,
        "then": as_of.known_on(day),
        "now": as_of.known_on(today),
        "today": today,
        "bars": as_of.months(day, today),
        "before": as_of.month_before(day),
        "after": min(as_of.month_after(day), today),
    }
    return render(request, "demo/past.html", facts)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise NotVisible("not_found", _("没有找到这一页。")) from error
