from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from heli.access import Action, rows

from .models import Message
from .words import TEXTS


@dataclass(frozen=True, slots=True)
class Line:
    """One message as its recipient reads it."""

    pk: int
    text: str
    icon: str
    at: datetime
    read: bool


def inbox(person: Any) -> QuerySet[Message]:
    return rows(Message, person, Action.MESSAGE_READ).order_by("-at", "-pk")


def unread(person: Any) -> int:
    return Message.objects.filter(recipient=person, read_at__isnull=True).count() if person.is_authenticated else 0


def line(message: Message) -> Line:
    text = TEXTS[message.kind]
    facts = {name: gettext(value) if value else "" for name, value in message.facts.items()}
    return Line(message.pk, str(text.inside) % facts, text.icon, message.at, message.read_at is not None)


def target(message: Message) -> str:
    """The page that the message opens."""
    route = TEXTS[message.kind].route
    return reverse(route) if route in ("dispatch:field", "helpers:own") else reverse(route, args=[message.subject_id])
