"""What the URL asks of a list: filter, sorting, columns, page. All of it lives there, nothing in the session."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from heli.access import rows

from .columns import Column, Register

OWN = ("sort", "col", "page", "view", "sheet")


@dataclass(frozen=True, slots=True)
class Asked:
    """`dropped` says in words what of the URL could not be used any more."""

    register: Register
    person: Any
    form: forms.Form
    chosen: Mapping[str, str]
    sort: str
    columns: tuple[Column, ...]
    page: str
    view: str
    dropped: tuple[str, ...]

    def query(self, *, page: str = "", **change: Any) -> str:
        """The URL's query with `change`: what a link on this page needs."""
        facts = {"sort": self.sort, "view": self.view, **self.chosen} | change
        told = [(name, value) for name, value in facts.items() if value]
        if tuple(column for column in self.register.columns if column.on) != self.columns:
            told += [("col", column.key) for column in self.columns]
        return urlencode([*told, *([("page", page)] if page else [])])

    def found(self) -> QuerySet[Any]:
        """The rows asked for, in their order."""
        return self.rows().order_by(*self._order())

    def rows(self) -> QuerySet[Any]:
        register = self.register
        found: QuerySet[Any] = rows(register.model, self.person, register.action).filter(register.within)
        return found.filter(self.condition())

    def condition(self) -> Q:
        return self.register.condition(self.person, self.chosen)

    def _order(self) -> tuple[Any, ...]:
        register = self.register
        column = register.column(self.sort.lstrip("-")) if self.sort else None
        if column is None:
            return (*register.order(self.person, self.chosen), *register.default_order)
        turned = self.sort.startswith("-")
        return (*(f"-{name}" if turned else name for name in column.sort), *register.default_order)


def read(request: HttpRequest, register: Register, query: str | None = None) -> Asked:
    """What the URL, or a query kept elsewhere, asks of `register`."""
    data = request.GET if query is None else QueryDict(query)
    return of_query(register, request.user, data, register.form(request.user))


def of_query(register: Register, person: Any, data: QueryDict, make_form: Any) -> Asked:
    form = make_form(data)
    if register.start and not set(form.fields) & set(data):
        form = make_form(register.start)
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    chosen = {name: str(cleaned[name]) for name in form.fields if cleaned.get(name)}
    sort, lost_sort = _sorting(register, data.get("sort", ""))
    columns, lost_columns = _columns(register, data.getlist("col"))
    dropped = (*_unknown(form, data), *lost_sort, *lost_columns)
    return Asked(register, person, form, chosen, sort, columns, data.get("page", ""), data.get("view", ""), dropped)


def found(register: Register, person: Any, **chosen: str) -> QuerySet[Any]:
    """The rows that `person` finds in a register when the filter says `chosen`, in the list's order."""
    return of_query(register, person, QueryDict(urlencode(chosen)), register.form(person)).found()


def _unknown(form: forms.Form, data: QueryDict) -> tuple[str, ...]:
    """Filters that are gone, and values that are."""
    gone = [_("条件“%s”") % name for name in data if name not in form.fields and name not in OWN]
    return (*gone, *(f"{form.fields[name].label} “{data.get(name)}”" for name in form.errors if name in form.fields))


def _sorting(register: Register, sort: str) -> tuple[str, tuple[str, ...]]:
    column = register.column(sort.lstrip("-"))
    if sort and (column is None or not column.sort):
        return "", (_("排序“%s”") % sort.lstrip("-"),)
    return sort, ()


def _columns(register: Register, keys: list[str]) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    usual = tuple(column for column in register.columns if column.on)
    if not keys:
        return usual, ()
    chosen = tuple(column for column in register.columns if column.fixed or column.key in keys)
    lost = tuple(_("列“%s”") % key for key in keys if register.column(key) is None)
    return (chosen if len(chosen) > 1 or not lost else usual), lost


def back_to(request: HttpRequest, register: Register, pk: Any = "") -> str:
    """The list as it stood when this page was opened from it, at the row that was opened."""
    query = request.POST.get("in", request.GET.get("in", ""))
    kept = QueryDict(query).urlencode()
    return reverse(register.url) + (f"?{kept}" if kept else "") + (f"#r{pk}" if pk else "")
