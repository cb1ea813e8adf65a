"""Chains of entries, what is sealed in them, and the shared mechanism for requests that come twice.

Nothing here is updated but a chain's head, a job's state and a cursor; nothing is deleted but a seal (erasure).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from heli.common.classes import S1, S2, S4, FieldClass
from heli.common.codes import PlainOrderField


class Chain(models.Model):
    """A chain and its head. Locked in the order of names, as the last locks of a transaction."""

    name = models.CharField(max_length=80, unique=True)
    length = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "name": S1, "length": S1, "head": S1}

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One business change. `at` is when it happened, `known_day` the domain day on which it became known,
    `recorded_at` when it was truly written; `sheaf` the number of its leaves' sheaf."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    known_day = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    payload = models.TextField()
    request_id = models.CharField(max_length=40)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sheaf = models.BigIntegerField(null=True, unique=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "chain": S1, "seq": S1, "at": S2, "known_day": S2, "recorded_at": S2, "actor": S2, "role": S2,
        "verb": S2, "subject_kind": S2, "subject_id": S2, "payload": S2, "request_id": S2, "previous": S1, "hash": S1,
        "sheaf": S1,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="an_entry_has_one_place_in_its_chain"),)
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "id"), name="entry_by_subject"),
            models.Index(fields=("known_day",), name="entry_by_known_day"),
        )

    def __str__(self) -> str:
        return f"{self.chain.name}#{self.seq}"


class Sealed(models.Model):
    """A personal value of an entry: its salt, and its ciphertext where history must show the value.

    The entry holds only the salted digest. Deleting this row erases the value and leaves the chain whole.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sealed")
    name = models.CharField(max_length=60)
    salt = models.BinaryField(max_length=32)
    sealed_value = models.TextField(default="")

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "entry": S1, "name": S2, "salt": S4, "sealed_value": S4}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "name"), name="a_sealed_value_has_one_name"),)


class Leaf(models.Model):
    """One subject of a bulk entry (a row of an import): its salted digest; the entry holds the Merkle root.

    Leaves are written before their entry and wait for it by the number of their sheaf; so no constraint holds them to it.
    That they are its own, all of them and in this order, is what the entry's root says.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="leaves", to_field="sheaf", db_constraint=False, db_index=False
    )
    position = models.IntegerField()
    subject_kind = PlainOrderField(max_length=40)
    subject_id = PlainOrderField(max_length=40)
    digest = models.CharField(max_length=64)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "entry": S1, "position": S1, "subject_kind": S2, "subject_id": S2, "digest": S2,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "position"), name="a_leaf_has_one_place"),)
        indexes = (models.Index(fields=("subject_kind", "subject_id"), name="leaf_by_subject"),)


class Salt(models.Model):
    """The salt under which a subject's whole state is digested. Deleting it makes its digests unreadable for good."""

    subject_kind = PlainOrderField(max_length=40)
    subject_id = PlainOrderField(max_length=40)
    salt = models.BinaryField(max_length=32)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "subject_kind": S2, "subject_id": S2, "salt": S4}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject_kind", "subject_id"), name="a_subject_has_one_salt"),)


class Answered(models.Model):
    """A request that was answered, by its idempotency key: the same body gets the same answer, another body 422."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=80)
    what = models.CharField(max_length=60)
    body_digest = models.CharField(max_length=64)
    answer = models.TextField()
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "actor": S2, "key": S2, "what": S2, "body_digest": S2, "answer": S2, "at": S2,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("actor", "key"), name="a_key_is_answered_once"),)


class Cursor(models.Model):
    """How far somebody who follows the ledger has read."""

    name = models.CharField(max_length=60, unique=True)
    entry = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "name": S1, "entry": S1}


class Job(models.Model):
    """Long work: who wants it, how far it is, what came of it. The queue itself is django-tasks'."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=40, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    problem = models.TextField(default="")
    wanted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    wanted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "key": S2, "kind": S1, "arguments": S2, "state": S2, "step": S2, "done": S2, "total": S2,
        "stop_asked": S2, "attempts": S2, "leased_until": S2, "result": S2, "problem": S2, "wanted_by": S2,
        "wanted_at": S2, "ended_at": S2,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "running", "done", "failed", "stopped")),
                name="job_state_is_known",
            ),
        )
