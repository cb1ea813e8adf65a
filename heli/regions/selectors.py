"""Names of codes, and places as the intake wants them."""

from collections.abc import Iterable
from time import monotonic
from typing import Any

from django.db.models import Exists, QuerySet

from heli.common import codes

from .models import Region

KEPT_SECONDS = 60  # names change a few times a year; other processes hear of it within a minute
_known: dict[str, str] = {}
_since = [0.0]


def names(wanted: Iterable[str]) -> dict[str, str]:
    """Code → name; a code without a region is its own name. Every page says a few, so they are kept for a minute."""
    if monotonic() - _since[0] > KEPT_SECONDS:
        forget_names()
    asked = set(wanted) - {""}
    missing = asked - set(_known)
    if missing:
        _known.update(Region.objects.filter(code__in=missing).values_list("code", "name"))
    return {code: _known.get(code, code) for code in asked}


def forget_names() -> None:
    """After a name was changed, so that this process says the new one at once."""
    _known.clear()
    _since[0] = monotonic()


def name_of(code: str) -> str:
    return names([code]).get(code, "")


def place(code: str) -> str:
    """`城南镇吉捕岙村` for a village, `城南镇` for a town."""
    parts = [code[:length] for length in (9, 12) if len(code) >= length] or [code]
    found = names(parts)
    return "".join(found[part] for part in parts if part)


def choices(codes_in: Any) -> list[tuple[str, str]]:
    """(code, name) of these regions, given as codes or as a subquery, in the order of codes."""
    return list(Region.objects.filter(code__in=codes_in).order_by("code").values_list("code", "name"))


def having(rows: QuerySet[Any]) -> list[tuple[str, str]]:
    """(code, name) of the villages that have any of `rows`, which name the village by `OuterRef("code")`."""
    found = Region.objects.filter(Exists(rows), level__in=("village", "team")).order_by("code")
    return list(found.values_list("code", "name"))


def by_level(level: str, within: str = "") -> list[Region]:
    return list(Region.objects.filter(codes.under(within, "code"), level=level).order_by("code"))


def kind_word(code: str) -> str:
    """`社区` or `村`, for words that differ: 社区工作者 and 村干部."""
    kind = Region.objects.filter(code=code[:12]).values_list("kind", flat=True).first() or ""
    return "社区" if "resident" in kind.lower() or "community" in kind.lower() else "村"
