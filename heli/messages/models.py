from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, FieldClass


class Message(models.Model):
    """One thing one person is told, about one row."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    scope = Scope(view=Action.MESSAGE_READ, region="", own="recipient")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "recipient": S2, "kind": S2, "subject_id": S2, "facts": S3, "at": S2, "read_at": S2,
    }  # fmt: skip
    ledger_kind = "message"

    class Meta:
        indexes = (models.Index(fields=("recipient", "read_at"), name="message_by_recipient"),)


class Delivery(models.Model):
    """A message on its way by one channel outside the app; quiet hours only move `not_before`."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, default="")
    attempts = models.IntegerField(default=0)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "message": S2, "channel": S2, "state": S2, "not_before": S2, "sent_at": S2, "receipt": S2,
        "attempts": S2,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("message", "channel"), name="a_channel_carries_a_message_once"),
            models.CheckConstraint(condition=Q(state__in=("waiting", "sent", "failed")), name="delivery_state_known"),
        )
        indexes = (models.Index(fields=("state", "not_before"), name="delivery_waiting"),)
