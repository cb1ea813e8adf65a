"""Small joints of words and sentences in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext


def listed(words: Iterable[object]) -> str:
    """家庭调解、法律咨询; in English with commas."""
    return pgettext("between words of a list", "、").join(str(word) for word in words)


def after_a_sentence() -> str:
    """What stands between two sentences: in Chinese nothing, the full stop brings its own room."""
    return " " if (get_language() or "").startswith("en") else ""
