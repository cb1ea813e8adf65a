"""Shares of a household as exact fractions. Pure."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.common.errors import DomainError


def check(parts: Iterable[tuple[int, int]]) -> None:
    """Refuse what does not sum to one exactly; no shares at all is "not settled yet"."""
    all_of_it = [Fraction(up, down) for up, down in parts]
    if all_of_it and sum(all_of_it) != 1:
        raise DomainError(
            "shares_sum",
            _("份额加起来是 %(sum)s，要正好是 1。") % {"sum": sum(all_of_it)},
            kept=_("原来的份额没有变，您写的都还在。"),
            todo=_("请再算一遍；说不准的可以先空着。"),
        )


def read(text: str) -> tuple[int, int] | None:
    """`1/3`, `33.5%` or `0.25` as a fraction in lowest terms; None where it is none between 0 and 1."""
    plain = text.strip().replace("／", "/").replace("％", "%")
    try:
        part = Fraction(plain.rstrip("%")) / (100 if plain.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return (part.numerator, part.denominator) if 0 < part <= 1 else None


def said(share: Any) -> str:
    return f"{share.numerator}/{share.denominator}"
