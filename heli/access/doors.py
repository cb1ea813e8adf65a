"""Which rows: one function for lists, one door for a single row, the same condition underneath.

A model says where its rows lie in `scope`. You see a row if a role of yours covers its region for the model's view
action, or while a relation of yours to it is open, or if it is your own; not seen is 404. You may act on it if the
action is granted by that role, relation or ownership; seen but not granted is 403.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Protocol, TypeVar, cast

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from heli.common import codes, days
from heli.common.errors import NotPermitted, NotVisible
from heli.ledger.acting import act_as

from . import relating
from .actions import GRANTS, OWN, RELATIONS, Action, As
from .models import Grant, Relation
from .roles import Role

M = TypeVar("M", bound=Model)
M_co = TypeVar("M_co", bound=Model, covariant=True)
Shape = Callable[[QuerySet[Any]], QuerySet[Any]]
NOWHERE = Q(pk__in=())
_asked: ContextVar[set[Action] | None] = ContextVar("doors_asked", default=None)


def _as_it_is(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


@dataclass(frozen=True)
class Scope:
    """Where a model's rows lie: the region's column; by kind of relation the column with its subject's id; and the
    column that names the person whose own row it is."""

    view: Action
    region: str = "region_code"
    relations: dict[str, str] = field(default_factory=dict)
    own: str = ""


def rows(model: type[M], person: Any, action: Action) -> QuerySet[M]:
    """The rows of `model` on which `person` may do `action`."""
    _note(action)
    return _all(model).filter(_granted(_scope(model), person, action))


class Door(Protocol[M_co]):
    """`<entity>_for(person, pk, action)`; with `shape` the row comes with what the page reads beside it."""

    def __call__(self, person: Any, pk: int, action: Action, *, shape: Shape = ...) -> M_co: ...


def door(model: type[M]) -> Door[M]:
    """Make `<entity>_for(person, pk, action)`: the only way for a view to hold a row of `model`."""

    def entity_for(person: Any, pk: int, action: Action, *, shape: Shape = _as_it_is) -> M:
        _note(action)
        scope, mine = _scope(model), cast("QuerySet[M]", shape(_all(model).filter(pk=pk)))
        row = mine.filter(_granted(scope, person, action)).first()
        if row is not None:
            act_as(person, role_for(person, action))
            return row
        if mine.filter(_seen(scope, person)).exists():
            raise NotPermitted("not_permitted", _("这件事不归您办。"))
        raise NotVisible("not_found", _("没有找到这一页。"))

    return entity_for


def covers(person: Any, row: Model, action: Action) -> bool:
    """Whether `person` may do `action` on a row at hand, told from what the request has read of the person already.

    For showing the way there; the door itself asks the database.
    """
    scope = _scope(type(row))
    if scope.region and any(codes.contains(code, _of(row, scope.region)) for code in regions_of(person, action)):
        return True
    held = {(kind, pk) for kind, pk, what in relations_of(person) if what in RELATIONS.get(action, frozenset())}
    if any((kind, _of(row, column)) in held for kind, column in scope.relations.items()):
        return True
    return action in OWN and bool(scope.own) and _of(row, scope.own) == person


def _of(row: Any, column: str) -> Any:
    return reduce(getattr, column.split("__"), row)


def may_ever(person: Any, action: Action) -> bool:
    """Whether `person` may do `action` anywhere: what a list page asks before it shows an empty list."""
    _note(action)
    if action in OWN:
        return bool(person.is_authenticated)
    return bool(roles_of(person) & GRANTS[action]) or any(
        what in RELATIONS.get(action, frozenset()) for _kind, _pk, what in relations_of(person)
    )


def regions_of(person: Any, action: Action) -> list[str]:
    """The region codes in which `person` may do `action`."""
    return [grant.region_code for grant in grants_of(person) if grant.role in GRANTS[action]]


def role_for(person: Any, action: Action) -> str:
    held = sorted(roles_of(person) & GRANTS[action])
    return held[0] if held else "own"


def roles_of(person: Any) -> frozenset[Role]:
    return frozenset(Role(grant.role) for grant in grants_of(person))


def grants_of(person: Any) -> list[Grant]:
    """The person's live grants, read once per object (a request has one)."""
    if not person.is_authenticated:
        return []
    cached = getattr(person, "_grants", None)
    if cached is None:
        cached = person._grants = list(Grant.objects.filter(person=person).live(days.true_now()).order_by("id"))
    return cast(list[Grant], cached)


def _scope(model: type[Model]) -> Scope:
    return cast(Scope, model.scope)  # type: ignore[attr-defined]


def _all(model: type[M]) -> QuerySet[M]:
    return model._default_manager.all()


def _granted(scope: Scope, person: Any, action: Action) -> Q:
    """Rows on which the action is granted: by role and region, by relation, or as one's own."""
    by_region = _in_regions(scope, regions_of(person, action)) if scope.region else NOWHERE
    by_relation = _related(scope, person, RELATIONS.get(action, frozenset()))
    return by_region | by_relation | (_own(scope, person) if action in OWN else NOWHERE)


def _seen(scope: Scope, person: Any) -> Q:
    """Rows whose existence the person may know of: any relation shows its row, whatever it lets one do."""
    by_region = _in_regions(scope, regions_of(person, scope.view)) if scope.region else NOWHERE
    return by_region | _related(scope, person, frozenset(As)) | _own(scope, person)


def _in_regions(scope: Scope, regions: Iterable[str]) -> Q:
    return reduce(or_, (codes.under(code, scope.region) for code in regions), NOWHERE)


def _related(scope: Scope, person: Any, as_what: frozenset[As]) -> Q:
    if not as_what or not scope.relations:
        return NOWHERE
    found = [(kind, pk) for kind, pk, what in relations_of(person) if what in as_what]
    by_column = {column: [pk for of, pk in found if of == kind] for kind, column in scope.relations.items()}
    return reduce(or_, (Q(**{f"{column}__in": pks}) for column, pks in by_column.items() if pks), NOWHERE)


def relations_of(person: Any) -> list[tuple[str, int, str]]:
    """What the person is to which rows, read once per object (a request has one) until a relation opens or closes.

    As keys, not as a subquery beside the regions: an index answers for keys and ranges together, for that it does not.
    """
    if not person.is_authenticated:
        return []
    at, cached = getattr(person, "_held", (-1, None))
    if cached is None or at != relating.moved():
        live = Relation.objects.filter(person_id=person.pk).live(days.true_now())
        cached = list(live.values_list("subject_kind", "subject_id", "as_what"))
        person._held = (relating.moved(), cached)
    return cast(list[tuple[str, int, str]], cached)


def _own(scope: Scope, person: Any) -> Q:
    return Q(**{scope.own: person.pk}) if scope.own and person.is_authenticated else NOWHERE


def listen() -> set[Action]:
    """Begin to note which actions are asked for, so that a view that never asks is found out."""
    asked: set[Action] = set()
    _asked.set(asked)
    return asked


def _note(action: Action) -> None:
    asked = _asked.get()
    if asked is not None:
        asked.add(action)
