"""Names of codes, and places as the intake wants them."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db.models import Exists, F, Q, QuerySet

from heli.access import Action, rows
from heli.common import codes

from . import names as name_search
from .models import Region, RegionChange

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
    """Those of a level that stand there now, for choosing."""
    return list(Region.objects.filter(codes.under(within, "code"), level=level, ended_on=None).order_by("code"))


def teams_of(village: Region) -> list[Region]:
    return by_level(Region.Level.TEAM, village.code)


def team_codes(village: Region) -> list[str]:
    """Codes of its teams, also of those that have ended: a number is given once."""
    found = Region.objects.filter(codes.under(village.code, "code"), level=Region.Level.TEAM)
    return list(found.values_list("code", flat=True))


def former() -> list[tuple[str, str]]:
    """(old name, code that it means now) of villages that were renamed, joined or renumbered."""
    changes = list(RegionChange.objects.exclude(new_code="").order_by("pk"))
    went = {change.old_code: change.new_code for change in changes if change.old_code != change.new_code}
    named = [(change.old_name, _now(change.new_code, went)) for change in changes]
    return [(name, code) for name, code in named if len(code) == 12]


def current(code: str) -> str:
    """The code that stands for `code` today: its own, or that of the region it became."""
    while (then := _became(code)) is not None:
        code = then
    return code


def _became(code: str) -> str | None:
    changes = RegionChange.objects.filter(old_code=code).exclude(new_code__in=("", code))
    return changes.order_by("-pk").values_list("new_code", flat=True).first()


def went() -> dict[str, tuple[str, Any]]:
    """Codes that ended in another → the code that stands for it today, and who changed it."""
    changes = RegionChange.objects.exclude(new_code="").exclude(new_code=F("old_code")).select_related("by")
    told = {change.old_code: change for change in changes.order_by("pk")}
    codes_ = {old: change.new_code for old, change in told.items()}
    return {old: (_now(change.new_code, codes_), change.by) for old, change in told.items()}


def ended_whole(region: Region) -> RegionChange | None:
    """The change by which it ended without becoming another, if it stands ended so."""
    last = RegionChange.objects.filter(old_code=region.code).order_by("-pk").first()
    return last if region.ended_on and last and last.kind == RegionChange.Kind.ENDED else None


def below(region: Region) -> list[Region]:
    """It and all that stands in it now."""
    return list(Region.objects.filter(codes.under(region.code, "code"), ended_on=None).order_by("code"))


def _now(code: str, went: dict[str, str]) -> str:
    seen = set()
    while code in went and code not in seen:
        seen.add(code)
        code = went[code]
    return code


def changes_of(region: Region) -> list[RegionChange]:
    """What became of it and what became part of it, newest first."""
    about = Q(old_code=region.code) | Q(new_code=region.code)
    return list(RegionChange.objects.filter(about).select_related("by").order_by("-pk")[:30])


def towns(person: Any) -> list[tuple[str, str]]:
    """Towns of the person's regions."""
    found = rows(Region, person, Action.REGION_VIEW).filter(level=Region.Level.TOWN, ended_on=None)
    return list(found.order_by("code").values_list("code", "name"))


def villages_beside(region: Region) -> list[tuple[str, str]]:
    """Villages of the same county into which it may go, its own town's first; names repeat, so the town is said."""
    found = by_level(Region.Level.VILLAGE, region.code[:6])
    said = names({codes.town_of(one.code) for one in found})
    found.sort(key=lambda one: (codes.town_of(one.code) != codes.town_of(region.code), one.code))
    return [(one.code, f"{said[codes.town_of(one.code)]} {one.name}") for one in found if one.pk != region.pk]


def live_village(code: str) -> Region | None:
    return Region.objects.filter(code=code, level=Region.Level.VILLAGE, ended_on=None).first()


def by_codes(wanted: Iterable[str]) -> dict[str, Region]:
    found: dict[str, Region] = {}
    asked = sorted(set(wanted) - {""})
    for start in range(0, len(asked), 500):  # SQLite's limit on variables
        found |= Region.objects.in_bulk(asked[start : start + 500])
    return found


def stands(code: str) -> bool:
    return Region.objects.filter(code=code, ended_on=None).exists()


def named(words: str) -> Q:
    """By name in any spelling, or by the beginning of a code."""
    return Q(name__in=name_search.like(words)) | codes.beginning("code", words.strip())


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list of regions."""

    pk: str
    region: Region
    place: str


def lines(page: Iterable[Region], person: Any) -> list[Line]:
    found = list(page)
    above = names({code for region in found for code in _above(region)})
    return [Line(region.code, region, "".join(above[code] for code in _above(region))) for region in found]


def _above(region: Region) -> list[str]:
    """Codes of the county, town and village around it."""
    return [region.code[:length] for length in (6, 9, 12) if length < len(region.code)]


def kind_word(code: str) -> str:
    """`社区` or `村`, for words that differ: 社区工作者 and 村干部."""
    kind = Region.objects.filter(code=code[:12]).values_list("kind", flat=True).first() or ""
    return "社区" if "resident" in kind.lower() or "community" in kind.lower() else "村"
