"""One page of a list as its template wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from heli.access.doors import may_ever, rows

from . import selectors
from .acts import Act
from .asked import Asked, of_query
from .columns import Cell, Column, Register, View
from .models import SavedView

A_PAGE = 20
MOST_PILLS = 6


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: where a press on it leads, and how the list is sorted by it now."""

    column: Column
    url: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Row:
    pk: Any
    line: Any
    cells: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True, slots=True)
class Pill:
    """A view above the filter: ready, saved or shared. `pk` is that of a saved one."""

    label: Any
    url: str
    count: int
    on: bool
    pk: int | None = None
    shared: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    asked: Asked
    page: Page[Any]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    pills: tuple[Pill, ...]
    acts: tuple[Act, ...]
    sums: Mapping[str, int]

    @property
    def register(self) -> Register:
        return self.asked.register

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def query(self) -> str:
        return self.asked.query(page="" if self.page.number == 1 else str(self.page.number))

    @property
    def filter_query(self) -> str:
        return self.asked.query()

    @property
    def filtered(self) -> bool:
        return bool(self.asked.chosen)

    @property
    def export_url(self) -> str:
        return self._beside("export")

    @property
    def view_save_url(self) -> str:
        return self._beside("view_save")

    @property
    def chosen_url(self) -> str:
        return self._beside("chosen")

    def _beside(self, name: str) -> str:
        return reverse(f"{self.register.url.partition(':')[0]}:{name}")

    @property
    def count_word(self) -> str:
        return self.register.count_word(self.total)

    @property
    def before(self) -> str:
        return self.asked.query(page=str(self.page.previous_page_number()))

    @property
    def after(self) -> str:
        return self.asked.query(page=str(self.page.next_page_number()))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter's form hands on unseen: sorting and columns."""
        pairs = parse_qsl(self.asked.query())
        return [(name, value) for name, value in pairs if name in ("sort", "col")]

    @property
    def fields(self) -> list[Any]:
        """Fields of the filter that stand in the row."""
        return [field for field in self.asked.form if field.name not in self._more]

    @property
    def more_fields(self) -> list[Any]:
        """Fields of the filter that stand behind a button."""
        return [field for field in self.asked.form if field.name in self._more]

    @property
    def more_chosen(self) -> int:
        """How many of those say something now."""
        return len(self._more & set(self.asked.chosen))

    @property
    def _more(self) -> frozenset[str]:
        return frozenset(one.key for one in self.register.filters if one.more)

    @property
    def columns(self) -> list[tuple[Column, bool]]:
        return [(column, column in self.asked.columns) for column in self.register.columns]


class Counted(Paginator[Any]):
    """A paginator that was told the number of rows."""

    def __init__(self, found: Any, count: int) -> None:
        super().__init__(found, A_PAGE)
        self.__dict__["count"] = count


def listed(request: HttpRequest, register: Register) -> Listed:
    make_form = register.form(request.user)
    asked = of_query(register, request.user, request.GET, make_form)
    saved = selectors.views(request.user, register)[:MOST_PILLS]
    ready = [*register.views, *register.own_views(request.user)]
    asks = {f"ready_{view.key}": _of(asked, view.chosen, make_form) for view in ready}
    asks |= {f"saved_{view.pk}": of_query(register, request.user, QueryDict(view.query), make_form) for view in saved}
    counts = _counts(asked, asks)
    found = register.whole(asked.found())
    page = Counted(found, counts["total"]).get_page(asked.page)
    return Listed(
        asked=asked,
        page=page,
        heads=tuple(_head(asked, column) for column in asked.columns),
        rows=tuple(_row(asked, line) for line in register.lines(page.object_list, request.user)),
        pills=tuple(_pills(asked, ready, saved, asks, counts)),
        acts=tuple(act for act in register.acts if may_ever(request.user, act.action)),
        sums={name: counts[f"sum_{name}"] or 0 for name in register.sums},
    )


def _head(asked: Asked, column: Column) -> Head:
    now = {column.key: "ascending", f"-{column.key}": "descending"}.get(asked.sort, "")
    then = {"": column.key, "ascending": f"-{column.key}", "descending": ""}[now]
    return Head(column, f"?{asked.query(sort=then)}" if column.sort else "", now)


def _row(asked: Asked, line: Any) -> Row:
    return Row(line.pk, line, tuple((column, column.cell(line)) for column in asked.columns))


def _pills(
    asked: Asked,
    ready: Sequence[View],
    saved: Sequence[SavedView],
    asks: Mapping[str, Asked],
    counts: Mapping[str, int],
) -> Sequence[Pill]:
    """Ready views and saved ones."""
    register, person = asked.register, asked.person
    address = reverse(register.url)
    pills = [
        Pill(view.label, f"{address}?{asks[f'ready_{view.key}'].query()}".rstrip("?"), counts[f"ready_{view.key}"],
             not asked.view and dict(asked.chosen) == dict(view.chosen))
        for view in ready
    ]  # fmt: skip
    return pills + [
        Pill(view.name, f"{address}?{view.query}&view={view.pk}", counts[f"saved_{view.pk}"],
             asked.view == str(view.pk), view.pk, bool(view.shared_region), view.owner_id == person.pk)
        for view in saved
    ]  # fmt: skip


def _of(asked: Asked, chosen: Mapping[str, str], make_form: Any) -> Asked:
    data = QueryDict(mutable=True)
    data.update(dict(chosen))
    return of_query(asked.register, asked.person, data, make_form)


def _counts(asked: Asked, asks: Mapping[str, Asked]) -> Mapping[str, int]:
    """All that is counted on the page, in one query: the rows found, their sums, and each view's rows."""
    register, here = asked.register, asked.condition()
    seen = rows(register.model, asked.person, register.action).filter(register.within).order_by()
    sums = {f"sum_{name}": Sum(column, filter=here) for name, column in register.sums.items()}
    views = {name: Count("pk", filter=one.condition()) for name, one in asks.items()}
    counts: Mapping[str, int] = seen.aggregate(total=Count("pk", filter=here), **sums, **views)
    return counts
