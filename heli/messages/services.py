"""Telling people. Rows only: what was decided stands in the ledger of the room that decided it."""

from datetime import datetime
from typing import Any

from django.utils import translation

from heli.access.models import Person

from . import channels, quiet
from .models import Delivery, Message
from .words import TEXTS

TRIES = 5


def tell(person: Person | None, kind: str, *, about: Any, at: datetime, **facts: Any) -> Message | None:
    """Put a message into the inbox and, where the kind has words for outside, on the way by SMS after quiet hours.

    `about` is the row whose page it opens. Nobody without an account is told anything.
    """
    if person is None:
        return None
    with translation.override("zh-hans"):  # words are kept in their source language and said in the reader's
        plain = {name: str(value) for name, value in facts.items()}
    message = Message.objects.create(recipient=person, kind=kind, subject_id=about.pk, facts=plain, at=at)
    if TEXTS[kind].outside:
        Delivery.objects.create(message=message, channel="sms", not_before=quiet.earliest(at))
    return message


def message_read(message: Message, *, at: datetime) -> None:
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def deliver_due(*, at: datetime, address_of: Any) -> int:
    """Send what is due. `address_of(person)` gives the telephone or ''. Returns how many went out."""
    due = Delivery.objects.filter(state="waiting", not_before__lte=at, attempts__lt=TRIES)
    return sum(_send(row, at, address_of) for row in due.select_related("message__recipient").order_by("pk")[:200])


def _send(row: Delivery, at: datetime, address_of: Any) -> bool:
    address = address_of(row.message.recipient)
    if not Delivery.objects.filter(pk=row.pk, state="waiting").update(attempts=row.attempts + 1):
        return False
    if not address:
        Delivery.objects.filter(pk=row.pk).update(state="failed", receipt="no_address")
        return False
    with translation.override(row.message.recipient.language or "zh-hans"):
        text = str(TEXTS[row.message.kind].outside)
    try:
        receipt = channels.channel(row.channel)(address, text)
    except OSError:
        return False  # tried again at the next round
    Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=at, receipt=receipt[:80])
    return True
