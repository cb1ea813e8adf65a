"""What the band on each page of the demonstration says: the day, and where else to look."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from heli.common import days

from .days import then
from .tour.doors import door, place
from .tour.screens import is_framed, step_of


def band(request: HttpRequest) -> dict[str, Any]:
    """Template context; nothing on a real installation. In a frame of the tour the page around it says it all."""
    day = days.demo_day()
    if day is None or is_framed(request):
        return {}
    one = door(step_of(request))
    if one is None:
        return {"band": {"day": day, "then": then(), "tour": reverse("demo:tour"), "step": 0}}
    return {"band": {"day": day, "then": then(), "tour": f"/tour/{one.slug}/", "step": place(one)}}
