"""Private by default, a second factor for desks, and the actor of everything the request writes."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from heli.common import days
from heli.ledger.acting import acting

from . import doors
from .roles import PHONE, Role

Next = Callable[[HttpRequest], HttpResponse]
FREE = {"account_logout", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "account_reauthenticate", "mfa_reauthenticate", "home:language", "home:theme", "home:healthz", "home:readyz"}  # fmt: skip


class SignedIn(LoginRequiredMiddleware):
    """Django's own: every view is private unless it says otherwise."""


class SecondFactor:
    """People at desks set up a second factor before they go on. A demonstration database goes without."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not request.user.is_authenticated or match is None or match.view_name in FREE:
            return None
        if request.session.get("second_factor") == "not_needed" or not needs_second_factor(request.user):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


def needs_second_factor(person: Any) -> bool:
    from allauth.mfa.models import Authenticator

    held = doors.roles_of(person)
    if not held or held <= PHONE or days.made_by() in {"demo", "test"}:
        return False
    return not Authenticator.objects.filter(user=person).exists()


class Acting:
    """Names the actor for the ledger. The role is named more closely at the door (`doors.role_for`)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        held: list[Role] = sorted(doors.roles_of(request.user))
        with acting(request.user, held[0] if held else "none"):
            return self.get_response(request)
