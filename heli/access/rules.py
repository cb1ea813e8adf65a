"""The rule of a route, worn by its view. A route without one fails `heli check`.

`@public` anybody · `@signed_in` anybody with an account · `@collection(action)` asks at the door of the page ·
`@row(action)` the view asks the row's door; one that answers without having asked is stopped.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

from heli.common.errors import NotPermitted
from heli.ledger.acting import act_as

from . import doors
from .actions import Action

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Rule:
    """Who gets past a route: `kind` is public, signed_in, collection, row or own."""

    kind: str
    methods: tuple[str, ...]
    action: Action | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.action.value}" if self.action else self.kind


class DoorNotAsked(Exception):
    """A view answered about a row without asking its door: a mistake of ours, never of the person."""


def public(*methods: str) -> Callable[[View], View]:
    def wear(view: View) -> View:
        return login_not_required(_worn(view, Rule("public", methods or ("GET",))))

    return wear


def signed_in(*methods: str) -> Callable[[View], View]:
    return lambda view: _worn(view, Rule("signed_in", methods or ("GET",)))


def collection(action: Action, *methods: str) -> Callable[[View], View]:
    def wear(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not doors.may_ever(request.user, action):
                raise NotPermitted("not_permitted", _("这一页不归您看。"))
            act_as(request.user, doors.role_for(request.user, action))
            return view(request, *args, **kwargs)

        return _worn(asked, Rule("collection", methods or ("GET",), action))

    return wear


def row(action: Action, *methods: str) -> Callable[[View], View]:
    return lambda view: _worn(_must_ask(view, action), Rule("row", methods or ("GET",), action))


def own(action: Action, *methods: str) -> Callable[[View], View]:
    """A row that stands for the person: asked like any row, told apart in the table of routes."""
    return lambda view: _worn(_must_ask(view, action), Rule("own", methods or ("GET",), action))


def _must_ask(view: View, action: Action) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        heard = doors.listen()
        response = view(request, *args, **kwargs)
        if action not in heard:
            raise DoorNotAsked(f"{view.__module__}.{view.__name__} never asked for {action}")
        return response

    return asked


def _worn(view: View, rule: Rule) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method
        if method not in rule.methods:
            return HttpResponseNotAllowed(rule.methods)
        return view(request, *args, **kwargs)

    answer.access_rule = rule  # type: ignore[attr-defined]
    return answer


@dataclass(frozen=True)
class Route:
    path: str
    name: str
    rule: Rule | None
    converters: tuple[str, ...]


def routes() -> list[Route]:
    """Every route with its rule, from the URL resolver."""
    return list(_walk(cast(list[Any], get_resolver().url_patterns), "", ""))


def _walk(patterns: list[Any], path: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(cast(list[Any], pattern.url_patterns), here, inner)
        elif isinstance(pattern, URLPattern):
            rule = getattr(pattern.callback, "access_rule", None)
            yield Route(f"/{here}", f"{namespace}{pattern.name}", rule, tuple(pattern.pattern.converters))


def every_route_has_a_rule(**_: Any) -> list[CheckMessage]:
    """System check: what to do when it fails is to let the view wear a rule of this module."""
    return [Error(f"{route.path} has no access rule.", id="heli.E002") for route in routes() if route.rule is None]
