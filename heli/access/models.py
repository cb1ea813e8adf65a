"""People, what they were granted, and what they are to single rows."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from heli.common.classes import S1, S2, S4, FieldClass
from heli.common.codes import RegionCodeField

from .actions import As
from .roles import ADMINISTRATORS, Role


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. People of a household have no account; they are `households.Member`."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="")

    USERNAME_FIELD = "username"
    objects = PersonManager()
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "password": S4, "last_login": S2, "username": S2, "name": S2, "is_active": S2, "joined_at": S2,
        "language": S2,
    }  # fmt: skip
    ledger_kind = "person"

    def __str__(self) -> str:
        return self.name or self.username


class GrantQuerySet(models.QuerySet["Grant"]):
    def live(self, at: Any) -> "GrantQuerySet":
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)


class Grant(models.Model):
    """A role in a region, from one moment until another. The empty region is everywhere."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    region_code = RegionCodeField(default="", blank=True)
    title = models.CharField(max_length=40, default="", blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "person": S2, "role": S2, "region_code": S2, "title": S2, "from_at": S2, "until_at": S2,
    }  # fmt: skip
    ledger_kind = "grant"

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_is_known"),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(role__in=[role.value for role in sorted(ADMINISTRATORS)], until_at__isnull=True),
                name="an_administrator_holds_one_administration",
            ),
        )


class RelationQuerySet(models.QuerySet["Relation"]):
    def live(self, at: Any) -> "RelationQuerySet":
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)


class Relation(models.Model):
    """What a person is to one row: opened on acceptance, closed on every end, by the room that assigns."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="relations")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    as_what = models.CharField(max_length=30, choices=[(a.value, a.value) for a in As])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = RelationQuerySet.as_manager()
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "person": S2, "subject_kind": S2, "subject_id": S2, "as_what": S2, "from_at": S2, "until_at": S2,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "subject_kind", "subject_id", "as_what"),
                condition=Q(until_at__isnull=True),
                name="a_relation_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="a_relation_ends_after_it_began",
            ),
        )
        indexes = (models.Index(fields=("subject_kind", "subject_id"), name="relation_by_subject"),)


class Look(models.Model):
    """Somebody opened a file. One row a look, at most one a minute for the same person and file."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "person": S2, "subject_kind": S2, "subject_id": S2, "at": S2,
    }  # fmt: skip

    class Meta:
        indexes = (models.Index(fields=("subject_kind", "subject_id", "at"), name="look_by_subject"),)
