"""Kinds of papers as data: what they are called, how much they can hurt, how long they are kept, and whether the
original stays beside the picture that was drawn anew. An office that keeps papers longer or shorter changes it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.common.classes import S3, S4, FieldClass


@dataclass(frozen=True, slots=True)
class Kind:
    """`original`: the file as it was handed over stays too, for what may have to be proved; else the place where a
    picture was taken, and the telephone that took it, are gone for good."""

    code: str
    label: Any
    cls: FieldClass = S3
    years: int = 30
    original: bool = False
    icon: str = "file-check"


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("survey", _("调查表"), icon="clipboard-check"),
        Kind("valuation", _("评估报告"), icon="report-analytics"),
        Kind("deed", _("产权证"), original=True, icon="certificate"),
        Kind("approval", _("建房批文"), original=True, icon="rubber-stamp"),
        Kind("identity", _("身份证明"), S4, years=10, icon="id"),
        Kind("agreement", _("协议"), original=True, icon="writing"),
        Kind("photo", _("照片"), years=10, icon="photo"),
        Kind("other", _("其他"), years=10, icon="file"),
    )
}


def choices() -> list[tuple[str, Any]]:
    return [(kind.code, kind.label) for kind in KINDS.values()]


def until(kind: Kind, day: date) -> date:
    """The last day it is kept: the same day some years on, or the day before where that year has none."""
    year = day.year + kind.years
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not _leap(year) else day.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
