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


def together(row: int) -> str:
    """Beside a row that is right itself, whose household is not."""
    return f"Belongs to the household of row {row}" if english() else f"和第 {row} 行是一户，一起改好再传"
