"""What the reading says, in the reader's language."""

from django.utils.translation import get_language

from heli.common.errors import DomainError

from .reading.errors import Bad, Notice, Unreadable


def english() -> bool:
    return (get_language() or "").startswith("en")


def said(one: Bad | Notice) -> str:
    return one.message_en if english() else one.message


def unreadable(error: Unreadable) -> DomainError:
    return DomainError(error.code, error.message_en if english() else error.message)
