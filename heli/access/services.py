"""Writes of people, grants and relations; each on its chain of the month."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.common import days
from heli.common.errors import Conflict, DomainError
from heli.ledger import Seal

from . import relating
from .actions import As
from .models import Grant, Look, Person, Relation
from .roles import ADMINISTRATORS, Role

LOOK_AGAIN_SECONDS = 60


def chain(at: datetime) -> str:
    return f"access/{days.local_day(at):%Y-%m}"


@ledger.written
def person_add(*, username: str, name: str, password: str | None, at: datetime, actor: Any = None) -> Person:
    """A new account. Without a password it cannot sign in by one."""
    person = Person.objects.create_user(username, password, name=name, joined_at=at)
    ledger.append("person.add", subject=person, chain=chain(at), at=at, actor=actor, name=Seal(name))
    return person


@ledger.written
def grant_give(
    person: Person, *, role: Role, region_code: str, at: datetime, title: str = "", actor: Any = None
) -> Grant:
    """A role in a region. An administrator holds nothing else, and nobody else becomes one."""
    held = {Role(name) for name in Grant.objects.filter(person=person).live(at).values_list("role", flat=True)}
    if (role in ADMINISTRATORS and held) or held & ADMINISTRATORS:
        raise DomainError(
            "administrators_exclusive",
            _("三个管理员岗位和别的岗位不能由同一个人担任。"),
            kept=_("原来的岗位没有变。"),
            todo=_("请换一个人，或先结束他原来的岗位。"),
        )
    grant = Grant.objects.create(person=person, role=role, region_code=region_code, title=title, from_at=at)
    ledger.append("grant.give", subject=person, chain=chain(at), at=at, actor=actor, role=role, region=region_code)
    return grant


@ledger.written
def grant_end(grant: Grant, *, at: datetime, actor: Any) -> None:
    if not Grant.objects.filter(pk=grant.pk, until_at__isnull=True).update(until_at=at):
        raise Conflict("grant_ended", _("这项权限已经结束了。"))
    facts = {"role": grant.role, "region": grant.region_code}
    ledger.append("grant.end", subject=grant.person, chain=chain(at), at=at, actor=actor, **facts)


def relations_open(people: Mapping[Person, As], *, subjects: Sequence[Any], at: datetime) -> None:
    """Each of these people is from now on that to each of these rows; who was already stays so since then.

    Called by the room that assigns, inside its own service; that service's entry tells of it.
    """
    new = (
        Relation(person=person, subject_kind=subject.ledger_kind, subject_id=subject.pk, as_what=what.value, from_at=at)
        for person, what in people.items()
        for subject in subjects
    )
    Relation.objects.bulk_create(new, ignore_conflicts=True)  # a relation is open once
    relating.move()


def relations_close(*subjects: Any, at: datetime) -> None:
    """Nobody is anything to these rows from now on."""
    about = reduce(or_, (Q(subject_kind=one.ledger_kind, subject_id=one.pk) for one in subjects))
    Relation.objects.filter(about, until_at__isnull=True, from_at__lte=at).update(until_at=at)
    relating.move()


@ledger.written
def value_reveal(subject: Any, *, field: str, reason: str, actor: Person, at: datetime) -> str:
    """The value itself, after it is on record who looked and why."""
    if reason not in REVEAL_REASONS:
        raise DomainError("reveal_reason", _("请先选一个看的原因。"), todo=_("选好再按“露出”。"))
    ledger.append("value.reveal", subject=subject, chain=chain(at), at=at, actor=actor, field=field, reason=reason)
    return str(getattr(subject, field))


REVEAL_REASONS = {
    "check_identity": _("核对身份"),
    "make_contact": _("联系本人"),
    "mend_record": _("更正资料"),
    "audit": _("监督检查"),
}


def grants_at(codes: list[str]) -> int:
    """How many hold a role just there."""
    return Grant.objects.filter(region_code__in=codes).live(days.true_now()).count()


@ledger.written
def grants_move(moved: Mapping[str, str], *, actor: Any, at: datetime) -> int:
    """Where a region became another (old code → new), whoever held a role there holds it in the new one."""
    found = list(Grant.objects.filter(region_code__in=list(moved)).live(days.true_now()).select_related("person"))
    for grant in found:
        grant_end(grant, at=at, actor=actor)
        grant_give(grant.person, role=Role(grant.role), region_code=moved[grant.region_code], title=grant.title, at=at,
                   actor=actor)  # fmt: skip
    return len(found)


def look_note(person: Person, subject: Any, *, at: datetime) -> None:
    """Remember that a file was opened, at most once a minute; never in the way of the page."""
    recent = Look.objects.filter(
        person=person,
        subject_kind=subject.ledger_kind,
        subject_id=subject.pk,
        at__gt=at - days.seconds(LOOK_AGAIN_SECONDS),
    )
    if not recent.exists():
        with transaction.atomic():
            Look.objects.create(person=person, subject_kind=subject.ledger_kind, subject_id=subject.pk, at=at)


@ledger.written
def sign_in_note(person: Person, *, way: str, at: datetime) -> None:
    ledger.append("person.sign_in", subject=person, chain=chain(at), at=at, actor=person, way=way)


def operator() -> Person:
    """The account under which commands act."""
    found = Person.objects.filter(username="operator").first()
    if found:
        return found
    try:
        return person_add(username="operator", name="命令行", password=None, at=days.true_now())
    except IntegrityError:
        return Person.objects.get(username="operator")
