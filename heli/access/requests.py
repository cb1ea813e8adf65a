"""The request of somebody who is signed in: what `LoginRequiredMiddleware` lets through to a view."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import Person


class SignedInRequest(HttpRequest):
    """For types only: Django makes the requests."""

    user: "Person"
