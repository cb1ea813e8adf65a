"""Names of codes, and places as the intake wants them."""

from collections.abc import Iterable

from heli.common import codes

from .models import Region


def names(wanted: Iterable[str]) -> dict[str, str]:
    """Code → name; a code without a region is its own name."""
    asked = set(wanted) - {""}
    found = dict(Region.objects.filter(code__in=asked).values_list("code", "name"))
    return {code: found.get(code, code) for code in asked}


def name_of(code: str) -> str:
    return names([code]).get(code, "")


def place(code: str) -> str:
    """`城南镇吉捕岙村` for a village, `城南镇` for a town."""
    parts = [code[:length] for length in (9, 12) if len(code) >= length] or [code]
    found = names(parts)
    return "".join(found[part] for part in parts if part)


def by_level(level: str, within: str = "") -> list[Region]:
    return list(Region.objects.filter(codes.under(within, "code"), level=level).order_by("code"))


def kind_word(code: str) -> str:
    """`社区` or `村`, for words that differ: 社区工作者 and 村干部."""
    kind = Region.objects.filter(code=code[:12]).values_list("kind", flat=True).first() or ""
    return "社区" if "resident" in kind.lower() or "community" in kind.lower() else "村"
