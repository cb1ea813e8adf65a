"""What the band on each page of the demonstration says: the day, and where else to look."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from heli.common import days

from .days import THEN
from .tour.screens import is_framed


def band(request: HttpRequest) -> dict[str, Any]:
    """Template context; nothing on a real installation. In a frame of the tour the page around it says it all."""
    day = days.demo_day()
    if day is None or is_framed(request):
        return {}
    on_screen = bool(getattr(request, "screen", ""))
    return {"band": {"day": day, "then": THEN, "tour": "/tour/" if on_screen else reverse("demo:tour")}}
