"""How a register describes its list: columns, ready views, filter, acts. Data and small functions, no rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from heli.access import Action

if TYPE_CHECKING:
    from .acts import Act

Chosen = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: a line, a smaller second one, a mark; `more` are further lines of the first kind."""

    main: Any = ""
    sub: Any = ""
    url: str = ""
    mark: str = ""
    more: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One column of an exported sheet. `kind` is text, number, area (dm²), day, id or phone."""

    key: str
    label: Any
    value: Callable[[Any], Any]
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column on the page, made of one or more `parts` in a sheet. `sort` are the fields it is ordered by."""

    key: str
    label: Any
    cell: Callable[[Any], Cell]
    parts: tuple[Part, ...]
    sort: tuple[str, ...] = ()
    on: bool = True
    fixed: bool = False
    number: bool = False
    wide: bool = False
    template: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A ready way of looking, as a pill above the filter: `chosen` is what the filter says then."""

    key: str
    label: Any
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filter:
    """One drop-down of the filter. `choices(person)` are (value, label); `condition(person, value)` narrows the rows.
    Without choices it is only ever set by a link; with `more` it stands behind a button, not in the row."""

    key: str
    label: Any
    choices: Callable[[Any], Sequence[tuple[str, Any]]] | None
    condition: Callable[[Any, str], Q]
    more: bool = False


@dataclass(frozen=True)
class Search:
    """The field for words: `condition(person, words)` finds rows, `order(person, words)` puts the nearest first."""

    label: Any
    condition: Callable[[Any, str], Q]
    order: Callable[[Any, str], Sequence[Any]] = lambda person, words: ()


@dataclass(frozen=True)
class Register:
    """A list that people work in. `lines` makes of a page's rows what the columns show, as `person` may see it;
    `count_word` says a number of rows: 56 户; `sums` are fields that are added up over all that is
    found; `start` is what the filter says when the address says nothing. Rooms above
    add filters, views, columns and acts in `AppConfig.ready`."""

    key: str
    url: str
    label: Any
    model: type[Model]
    action: Action
    columns: list[Column]
    lines: Callable[[Iterable[Any], Any], Sequence[Any]]
    count_word: Callable[[int], str]
    search: Search | None = None
    filters: list[Filter] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    own_views: Callable[[Any], list[View]] = lambda person: []
    acts: list["Act"] = field(default_factory=list)
    default_order: tuple[str, ...] = ("pk",)
    within: Q = field(default_factory=Q)
    related: tuple[str, ...] = ()
    parts: tuple[Any, ...] = ()
    empty: str = "lists/_empty.html"
    sums: Mapping[str, str] = field(default_factory=dict)
    start: Mapping[str, str] = field(default_factory=dict)

    def condition(self, person: Any, chosen: Chosen) -> Q:
        """What the filter says, as one condition."""
        found = self.search.condition(person, chosen["q"]) if self.search and chosen.get("q") else Q()
        for one in self.filters:
            if chosen.get(one.key):
                found &= one.condition(person, chosen[one.key])
        return found

    def whole(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what their lines need."""
        return self.joined(found).prefetch_related(*self.parts)

    def joined(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what they link to. Asked for nothing, `select_related` would follow every link."""
        return found.select_related(*self.related) if self.related else found.all()

    def order(self, person: Any, chosen: Chosen) -> Sequence[Any]:
        return self.search.order(person, chosen["q"]) if self.search and chosen.get("q") else ()

    def form(self, person: Any) -> Callable[[Any], forms.Form]:
        """The filter's form for this person; what may be chosen is asked once."""
        fields: dict[str, Any] = (
            {"q": forms.CharField(required=False, max_length=60, label=self.search.label)} if self.search else {}
        )
        for one in self.filters:
            fields[one.key] = _field(one, person)
        return cast(Callable[[Any], forms.Form], type("FilterForm", (forms.Form,), fields))

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def act(self, key: str) -> "Act | None":
        return next((act for act in self.acts if act.key == key), None)


def _field(one: Filter, person: Any) -> forms.Field:
    if one.choices is None:
        return forms.CharField(required=False, label=one.label, max_length=40, widget=forms.HiddenInput)
    choices = [("", _("%(what)s：不限") % {"what": one.label}), *one.choices(person)]
    return forms.ChoiceField(required=False, label=one.label, choices=choices)


_registers: dict[str, Register] = {}


def add(register: Register) -> None:
    """Called in `AppConfig.ready` of the register's room."""
    _registers[register.key] = register


def named(key: str) -> Register:
    return _registers[key]


def all_registers() -> list[Register]:
    return [_registers[key] for key in sorted(_registers)]
