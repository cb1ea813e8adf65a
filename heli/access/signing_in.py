"""Sign-in by allauth, counted by axes per account, told in the ledger."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from heli.common import days


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by the security administrator, never taken."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("账号或口令不对。请再看一遍，注意大小写。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who sets up a first second factor has just typed the password; later changes ask for it again."""
        from allauth.mfa.models import Authenticator

        return bool(Authenticator.objects.filter(user_id=self.request.user.pk).exists())

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        from . import services

        services.sign_in_note(user, way="password", at=days.now())
        return super().post_login(request, user, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own messages are not in our words."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets are sealed like any other key of a person."""

    def encrypt(self, text: str) -> str:
        from heli.common import crypto

        return crypto.seal(text, "mfa.secret")

    def decrypt(self, encrypted_text: str) -> str:
        from heli.common import crypto

        return crypto.unseal(encrypted_text, "mfa.secret")


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label, self.fields["password"].label = _("账号"), _("口令")
        for name, hint in (("login", "username"), ("password", "current-password")):
            self.fields[name].widget.attrs.update({"class": "form-control", "autocomplete": hint, "placeholder": ""})
        self.fields.pop("remember", None)


def account_named(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account somebody tries, as axes counts it: from what is checked, else from the form."""
    named = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(named).strip().lower()


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this account; other accounts behind the same address go on."""
    return render(request, "access/locked.html", status=429)
