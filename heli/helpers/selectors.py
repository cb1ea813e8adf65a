"""Reading the register: lists by right, one helper as somebody may see it, and who is known already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from heli.access import Action, may_ever, rows
from heli.access.classes import Shown, shown
from heli.common import codes, crypto, wording
from heli.regions import names
from heli.regions import selectors as regions

from .models import Helper
from .words import LANGUAGES


def helpers(
    person: Any, *, words: str = "", kind: str = "", state: str = "", skill: str = "", region: str = "", batch: str = ""
) -> QuerySet[Helper]:
    """Social forces as `person` may see them, narrowed by what the filter form says. Staff stands elsewhere."""
    found = rows(Helper, person, Action.HELPER_VIEW).filter(relation="social").prefetch_related("kinds", "skills")
    if words:
        plain = words.strip()
        found = found.filter(Q(name__in=names.like(plain)) | Q(phone_index=crypto.blind(plain, "phone")))
    for name, value in (("kinds__kind", kind), ("state", state), ("skills__skill", skill), ("batch", batch)):
        if value:
            found = found.filter(**{name: value})
    if region:
        found = found.filter(codes.under(region))
    nearest = (names.nearest_first(words),) if words else ()
    return found.order_by(*nearest, "region_code", "pk")


@dataclass(frozen=True, slots=True)
class Card:
    """A helper as one person may see it."""

    helper: Helper
    kinds: tuple[str, ...]
    skills: tuple[tuple[str, int], ...]
    languages: tuple[str, ...]
    phone: Shown
    id_number: Shown


def card(helper: Helper, person: Any) -> Card:
    return Card(
        helper=helper,
        kinds=tuple(str(row.get_kind_display()) for row in helper.kinds.all()),
        skills=tuple((str(row.get_skill_display()), row.level) for row in helper.skills.order_by("-level", "skill")),
        languages=tuple(str(label) for code, label in LANGUAGES if code in helper.languages),
        phone=shown(person, helper, "phone", kind="phone"),
        id_number=shown(person, helper, "id_number", kind="id"),
    )


def known(id_indexes: Iterable[str]) -> dict[str, Helper]:
    """Blind index of an ID → helper."""
    return _found("id_index", id_indexes)


def known_organisations(phone_indexes: Iterable[str]) -> dict[tuple[str, str], Helper]:
    """(name, blind index of the telephone) → organisation without an ID."""
    rows_ = _found("phone_index", phone_indexes).values()
    return {(row.name, row.phone_index): row for row in rows_ if not row.id_index}


def telephone_of(person: Any) -> str:
    """Where somebody's helper can be reached, for messages that go out; '' where nothing is known."""
    return str(Helper.objects.filter(person=person).values_list("phone", flat=True).first() or "")


def _found(column: str, values: Iterable[str]) -> dict[str, Helper]:
    wanted = list(values)
    found: dict[str, Helper] = {}
    for start in range(0, len(wanted), 500):  # SQLite's limit on variables
        part = Helper.objects.filter(**{f"{column}__in": wanted[start : start + 500]})
        found |= {getattr(row, column): row for row in part}
    return found


def matchable(relation: str = "social") -> QuerySet[Helper]:
    """Everybody who can be asked: vetted, trained and active."""
    return Helper.objects.filter(relation=relation, state="active").prefetch_related("kinds", "skills").order_by("pk")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of the register."""

    helper: Helper
    kinds: str
    skills: tuple[str, ...]
    place: str


def lines(page: Iterable[Helper]) -> list[ListLine]:
    rows_ = list(page)
    places = regions.names({row.region_code for row in rows_})
    return [
        ListLine(
            helper=row,
            kinds=wording.listed(str(kind.get_kind_display()) for kind in row.kinds.all()),
            skills=tuple(str(skill.get_skill_display()) for skill in row.skills.all()),
            place=places.get(row.region_code, ""),
        )
        for row in rows_
    ]


def counts(person: Any) -> dict[str, int]:
    """How many social forces stand in each state, and in all."""
    found = rows(Helper, person, Action.HELPER_VIEW).filter(relation="social").order_by()
    by_state = dict(found.values_list("state").annotate(n=Count("pk")))
    return {**by_state, "all": sum(by_state.values())}


def to_admit(person: Any, pks: list[str], batch: str) -> QuerySet[Helper]:
    """Those who wait for admission: the chosen ones, or all of a batch."""
    found = rows(Helper, person, Action.HELPER_ADMIT).filter(state="proposed", relation="social")
    chosen = found.filter(pk__in=[pk for pk in pks if pk.isdigit()]) if pks else found.filter(batch=batch or "none")
    return chosen.prefetch_related("kinds", "skills").order_by("pk")


def home_panel(person: Any) -> dict[str, Any] | None:
    """How many people can be asked, and how many wait for admission, for the front page."""
    if not may_ever(person, Action.HELPER_VIEW):
        return None
    return {"counts": counts(person), "may_admit": may_ever(person, Action.HELPER_ADMIT)}
