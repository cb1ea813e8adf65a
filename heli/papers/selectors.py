"""Reading papers: what a subject has, as somebody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from heli.access import Action, rows
from heli.access.classes import Shown, Sight, shown
from heli.common import days

from . import access, kinds, names, store
from .models import Paper
from .services import IN_THE_BIN, THERE
from .subjects import Subject


@dataclass(frozen=True, slots=True)
class Card:
    """One paper on a page. `look` is 'open', 'reason' or '' where it is not for this person."""

    pk: int
    kind: Any
    icon: str
    title: Shown
    at: datetime
    who: str
    media: str
    size: int
    pages: int
    look: str
    picture: bool
    original: bool
    keep_until: Any
    removed_at: datetime | None
    days_left: int
    destroyed: "Destroyed | None" = None


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What is left of a paper whose time had come: when, by whom, why."""

    at: datetime
    who: str
    why: str


LOOKS = {Sight.FULL: "open", Sight.REVEAL: "reason"}


def of_subject(subject: Subject, person: Any) -> list[Card]:
    """Newest first, without what lies in the bin or is destroyed."""
    return cards(_rows(subject, person, Action.PAPER_VIEW).filter(THERE), person)


def destroyed_of(subject: Subject, person: Any) -> list[Card]:
    """The shells of papers whose time had come."""
    return cards(_rows(subject, person, Action.PAPER_VIEW).filter(destroyed_at__isnull=False), person)


def in_the_bin(subject: Subject, person: Any) -> list[Card]:
    """What this person could take back."""
    return cards(_rows(subject, person, Action.PAPER_REMOVE).filter(removed_at__isnull=False), person)


def _rows(subject: Subject, person: Any, action: Action) -> QuerySet[Paper]:
    found = rows(Paper, person, action).filter(subject_kind=subject.kind, subject_id=subject.pk)
    return found.select_related("uploaded_by", "destroyed_by").order_by("-uploaded_at", "-pk")


def cards(papers: Iterable[Paper], person: Any) -> list[Card]:
    return [card(paper, person) for paper in papers]


def card(paper: Paper, person: Any) -> Card:
    kind = kinds.KINDS[paper.kind]
    look = "" if paper.is_gone else LOOKS.get(access.sight_of(person, paper), "")
    return Card(
        pk=paper.pk,
        kind=kind.label,
        icon=kind.icon if look == "open" else "lock",
        title=_title(paper, person),
        at=paper.uploaded_at,
        who=paper.uploaded_by.name,
        media=names.ENDINGS.get(paper.media, "").strip(".").upper(),
        size=paper.size,
        pages=paper.pages,
        look=look,
        picture=bool(picture_place(paper)),
        original=bool(paper.original),
        keep_until=paper.keep_until,
        removed_at=paper.removed_at,
        days_left=_days_left(paper),
        destroyed=_destroyed(paper),
    )


def _destroyed(paper: Paper) -> Destroyed | None:
    if paper.destroyed_at is None or paper.destroyed_by is None:
        return None
    return Destroyed(paper.destroyed_at, paper.destroyed_by.name, paper.destroyed_why)


def _days_left(paper: Paper) -> int:
    if paper.removed_at is None:
        return 0
    left: timedelta = paper.removed_at + IN_THE_BIN - days.now()
    return max(-(-left // timedelta(days=1)), 0)


def _title(paper: Paper, person: Any) -> Shown:
    """Nothing where it is covered, or says only the kind once more."""
    told = shown(person, paper, "title")
    return Shown("") if told.hidden or told.text == str(kinds.KINDS[paper.kind].label) else told


def ids_of(subject: Subject) -> list[tuple[str, str]]:
    """What belongs into the subject's history."""
    found = Paper.objects.filter(subject_kind=subject.kind, subject_id=subject.pk)
    return [("paper", str(pk)) for pk in found.order_by("pk").values_list("pk", flat=True)]


def picture_place(paper: Paper) -> str:
    return paper.preview or (paper.file if paper.media == "image/jpeg" else "")


def picture(paper: Paper) -> bytes:
    """The picture itself, or that of the first page; empty where there is none."""
    place = picture_place(paper)
    return store.read(place) if place else b""


def content(paper: Paper, *, original: bool = False) -> bytes:
    return store.read(paper.original if original and paper.original else paper.file)
