"""Taking papers in, naming them, taking them away and back. The file is read, drawn anew and on the disk before a row
tells of it; a row is gone before its file is."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access import services as access_services
from heli.access.models import Person
from heli.common import days
from heli.common.classes import PRIVILEGED
from heli.common.errors import Conflict, DomainError
from heli.ledger import Seal

from . import kinds, names, store, words
from .models import Paper
from .reading import apart
from .reading.kept import Kept, Refused
from .subjects import Subject

MOST_AT_ONCE = 20
IN_THE_BIN = timedelta(days=30)
LOST = timedelta(days=1)  # a part that no row names after this long was left by somebody killed on the way
A_SWEEP = 200
THERE = Q(removed_at__isnull=True, destroyed_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as somebody hands it over."""

    name: str
    content: bytes


def handed(name: str, parts: Iterable[bytes]) -> Handed:
    """Read it in, but no more than tells that it is too large."""
    content = bytearray()
    for part in parts:
        content += part
        if len(content) > settings.PAPER_MAX_BYTES:
            break
    return Handed(name, bytes(content))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: a paper, or why not."""

    name: str
    paper: Paper | None = None
    problem: DomainError | None = None


def papers_add(subject: Subject, files: Iterable[Handed], *, kind: str, actor: Person, at: datetime) -> list[Told]:
    """Each file by itself: a bad one keeps no good one out."""
    return [_told(subject, file, number, kind, actor, at) for number, file in enumerate(files)]


def _told(subject: Subject, file: Handed, number: int, kind: str, actor: Person, at: datetime) -> Told:
    name = names.cleaned(file.name)
    try:
        if number >= MOST_AT_ONCE:
            raise words.refusal("too_many")
        return Told(name, paper=paper_add(subject, file, kind=kind, actor=actor, at=at))
    except DomainError as error:
        return Told(name, problem=error)


def paper_add(
    subject: Subject, file: Handed, *, kind: str, actor: Person, at: datetime, title: str = "", privileged: bool = False
) -> Paper:
    """Read the file apart, keep what is kept of it, then write its row."""
    told = kinds.KINDS[kind]
    digest = hashlib.sha256(file.content).hexdigest()
    if _live(subject).filter(upload_sha256=digest).exists():
        raise words.refusal("twice")
    read = _read(file.content)
    places = _places(read, file.content if told.original and read.content != file.content else b"")
    facts: dict[str, Any] = {
        "kind": kind,
        "title": title.strip()[: names.LONGEST_TITLE] or names.title(file.name),
        "original_name": names.cleaned(file.name),
        "media": read.media,
        "size": len(read.content),
        "pages": read.pages,
        "sha256": hashlib.sha256(read.content).hexdigest(),
        "upload_sha256": digest,
        "cls": PRIVILEGED if privileged else told.cls,
        "keep_until": kinds.until(told, days.local_day(at)),
    }
    try:
        return _paper_note(subject, facts=facts | places, actor=actor, at=at)
    except IntegrityError as error:  # the same file, at the same moment
        store.forget(places.values())
        raise words.refusal("twice") from error
    except BaseException:
        store.forget(places.values())
        raise


def _read(content: bytes) -> Kept:
    if len(content) > settings.PAPER_MAX_BYTES:
        raise words.refusal("too_large")
    try:
        return apart.read(content)
    except Refused as error:
        raise words.refusal(error.code) from error


def _places(read: Kept, original: bytes) -> dict[str, str]:
    """Each part on the disk, or none."""
    parts, places = {"file": read.content, "preview": read.preview, "original": original}, dict[str, str]()
    try:
        for name, content in parts.items():
            places[name] = store.keep(content) if content else ""
    except OSError as error:
        store.forget(places.values())
        raise words.refusal("no_room") from error
    return places


@ledger.written
def _paper_note(subject: Subject, *, facts: Mapping[str, Any], actor: Person, at: datetime) -> Paper:
    paper = Paper.objects.create(
        subject_kind=subject.kind, subject_id=subject.pk, region_code=subject.region_code, uploaded_by=actor,
        uploaded_at=at, **facts,
    )  # fmt: skip
    told = {name: facts[name] for name in ("kind", "media", "size", "sha256", "upload_sha256")}
    ledger.append("paper.add", subject=paper, actor=actor, at=at, cls=int(paper.cls), title=Seal(paper.title),
                  state="kept", **told)  # fmt: skip
    return paper


@ledger.written
def paper_edit(paper: Paper, *, kind: str, title: str, actor: Person, at: datetime) -> Paper:
    """Another kind or title. The class goes with the kind; a privileged paper stays privileged."""
    told = kinds.KINDS[kind]
    facts: dict[str, Any] = {
        "kind": kind,
        "title": title.strip()[: names.LONGEST_TITLE],
        "cls": paper.cls if paper.cls == PRIVILEGED else told.cls,
        "keep_until": kinds.until(told, days.local_day(paper.uploaded_at)),
    }
    if not Paper.objects.filter(THERE, pk=paper.pk).update(**facts):
        raise _gone()
    ledger.append("paper.edit", subject=paper, actor=actor, at=at, kind=kind, was=paper.kind, cls=int(facts["cls"]),
                  title=Seal(facts["title"]))  # fmt: skip
    paper.refresh_from_db()
    return paper


@ledger.written
def paper_remove(paper: Paper, *, actor: Person, at: datetime) -> None:
    """Into the bin, where it lies for 30 days."""
    if not Paper.objects.filter(THERE, pk=paper.pk).update(removed_at=at):
        raise _gone()
    ledger.append("paper.remove", subject=paper, actor=actor, at=at, state="removed", sha256=paper.sha256)


def paper_restore(paper: Paper, *, actor: Person, at: datetime) -> None:
    """Out of the bin again; not beside the same file, which came meanwhile."""
    try:
        _restore(paper, actor=actor, at=at)
    except IntegrityError as error:
        raise words.refusal("twice") from error


@ledger.written
def _restore(paper: Paper, *, actor: Person, at: datetime) -> None:
    if not Paper.objects.filter(pk=paper.pk, removed_at__isnull=False).update(removed_at=None):
        raise Conflict("paper_there", _("这份材料已经在了。"), kept=_("什么都没有变。"))
    ledger.append("paper.restore", subject=paper, actor=actor, at=at, state="kept", sha256=paper.sha256)


def paper_reveal(paper: Paper, *, reason: str, actor: Person, at: datetime) -> None:
    """On record before it is seen: who looks, and why."""
    access_services.value_reveal(paper, field="file", reason=reason, actor=actor, at=at)


def subject_moved(kind: str, regions: Mapping[int, str]) -> None:
    """The papers' rights follow their subject to another region; called inside the service that moves it, whose entry
    tells of it."""
    for pk, region in regions.items():
        Paper.objects.filter(subject_kind=kind, subject_id=pk).update(region_code=region)


def sweep(at: datetime) -> int:
    """What lay in the bin for 30 days goes for good, and parts that nobody names."""
    old = list(Paper.objects.filter(removed_at__lt=at - IN_THE_BIN).order_by("pk")[:A_SWEEP])
    for paper in old:
        _destroy(paper, at=at)
        store.forget((paper.file, paper.preview, paper.original))
    _forget_lost()
    return len(old)


@ledger.written
def _destroy(paper: Paper, *, at: datetime) -> None:
    ledger.append(
        "paper.destroy", subject=paper, actor=access_services.operator(), at=at, state="", sha256=paper.sha256
    )
    Paper.objects.filter(pk=paper.pk).delete()


def _forget_lost() -> None:
    places = store.older_than(days.true_now() - LOST)
    for start in range(0, len(places), A_SWEEP):  # SQLite's limit on variables
        part = places[start : start + A_SWEEP]
        named: set[str] = set()
        for name in ("file", "preview", "original"):
            named |= set(Paper.objects.filter(**{f"{name}__in": part}).values_list(name, flat=True))
        store.forget(set(part) - named)


def _live(subject: Subject) -> Any:
    return Paper.objects.filter(subject_kind=subject.kind, subject_id=subject.pk).filter(THERE)


def _gone() -> Conflict:
    return Conflict("paper_gone", _("这份材料刚刚被拿掉了。"), kept=_("它还在回收站里。"), todo=_("要用它，请先撤回。"))
