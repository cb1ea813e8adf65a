"""Who somebody is, for the top bar and for lists of people."""

from dataclasses import dataclass
from typing import Any

from heli.common import codes

from . import doors
from .models import Grant, Person
from .roles import PHONE, Role


@dataclass(frozen=True, slots=True)
class Desk:
    """A person's first role, in words: 城南镇 · 镇经办."""

    role: Role | None
    title: str
    region_code: str


def desk_of(person: Any) -> Desk:
    held = doors.grants_of(person)
    if not held:
        return Desk(None, "", "")
    first = held[0]
    return Desk(Role(first.role), first.title or str(Role(first.role).label), first.region_code)


def works_on_phone(person: Any) -> bool:
    held = doors.roles_of(person)
    return bool(held) and held <= PHONE


def has_role(person: Any, *wanted: Role) -> bool:
    return bool(doors.roles_of(person) & set(wanted))


def people_with(role: Role, region_code: str, at: Any) -> list[Person]:
    """People who hold `role` over `region_code`."""
    grants = Grant.objects.filter(role=role).live(at).select_related("person").order_by("person_id")
    return [grant.person for grant in grants if codes.contains(grant.region_code, region_code)]
