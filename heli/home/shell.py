"""What the frame of every page shows: doors by right, the person, unread messages, the demonstration's day."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from heli.access import Action
from heli.access.doors import may_ever
from heli.access.selectors import desk_of, works_on_phone
from heli.common import days, navigation
from heli.messages.selectors import unread
from heli.regions.selectors import name_of

THEMES = ("light", "dark", "auto")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame. Nothing in it is about a household."""
    facts: dict[str, Any] = {"theme": theme(request), "demo_day": days.demo_day(), "elder": _elder(request)}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return facts
    place = "phone" if works_on_phone(request.user) else "desk"
    return facts | {
        "nav": [_shown(door, request) for door in navigation.doors(request.user, place)],
        "me": _me(request.user),
        "unread": unread(request.user),
        "search_url": reverse("households:list") if may_ever(request.user, Action.HOUSEHOLD_VIEW) else "",
    }


def theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("heli_theme", "auto")
    return chosen if chosen in THEMES else "auto"


def _elder(request: HttpRequest) -> bool:
    return request.COOKIES.get("heli_elder") == "1"


def _shown(door: navigation.Door, request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    here = match is not None and (match.view_name == door.url_name or match.namespace in door.namespaces)
    return {"url": reverse(door.url_name), "icon": door.icon, "label": door.label, "active": here}


def _me(person: Any) -> dict[str, str]:
    desk = desk_of(person)
    return {"name": person.name, "face": person.name[:1], "place": name_of(desk.region_code), "role": desk.title}
