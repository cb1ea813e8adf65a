"""The tour's own pages: its front, a step with its screens, and what one has seen at the end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import public
from heli.common.errors import NotVisible
from heli.demo import cast
from heli.demo.doors import person
from heli.demo.gate import only_in_demonstration

from . import doors, screens
from .doors import DOORS, GAINS, Door, Screen


@public()
def front(request: HttpRequest) -> HttpResponse:
    only_in_demonstration()
    return render(request, "demo/tour/front.html", {"doors": [_card(one) for one in DOORS]})


@public("GET", "POST")
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """A door. Opening it (POST) brings its moment about and sits its people down; looking at it does neither."""
    only_in_demonstration()
    door = doors.door(slug)
    if door is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    if request.method == "POST":
        return _open(request, door)
    shown = [_screen(request, name, screen) for name, screen in door.screens]
    number = doors.place(door)
    facts: dict[str, Any] = {
        "door": door,
        "number": number,
        "doors": DOORS,
        "screens": shown,
        "next": DOORS[number] if number < len(DOORS) else None,
        "open": all(one["sits"] for one in shown),
        "people": [one["part"].called for one in shown],
    }
    response = render(request, "demo/tour/step.html", facts)
    screens.show_frames(response)
    return response


@public()
def end(request: HttpRequest) -> HttpResponse:
    only_in_demonstration()
    return render(request, "demo/tour/end.html", {"gains": GAINS})


def _open(request: HttpRequest, door: Door) -> HttpResponse:
    door.ready()
    response = redirect("demo:step", door.slug)
    screens.remember(response, door.slug)
    for name, screen in door.screens:
        who = person(screen.who)
        assert who is not None  # the doors name people of the cast
        screens.sign_in(request, response, name, who)
    return response


def _card(door: Door) -> dict[str, Any]:
    return {"door": door, "number": doors.place(door), "people": [cast.part(one.who) for _name, one in door.screens]}


def _screen(request: HttpRequest, name: str, screen: Screen) -> dict[str, Any]:
    who = person(screen.who)
    sits = who is not None and screens.sits(request, name, who)
    return {"name": name, "part": cast.part(screen.who), "sits": sits, "src": screens.on(name, screen.path())}
