"""The official list of a year: new names, new places, codes that changed, villages that ended or joined another, each with
its day. A place that the list leaves out stays as it is: what ends must be said.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from heli.common.changes import Change, Changed
from heli.common.errors import DomainError
from heli.intake.reading.cells import narrow
from heli.intake.reading.errors import Bad
from heli.regions import keeping, selectors
from heli.regions.models import Region

from .kinds import Found, Kind, Office, Otherwise, Row, Told
from .values import day_of, lines

LABELS = {"name": _("名称"), "into": _("并入"), "ended": _("到哪天为止"), "code": _("代码")}
REASON = _("统计区划代码表")


def compare(told: Sequence[Told], office: Office) -> Found:
    known = selectors.by_codes(narrow(one[name]) for one in told for name in ("code", "old", "into"))
    new: list[Row] = []
    changed: list[Otherwise] = []
    bad: list[Bad] = []
    seen: dict[str, int] = {}
    coming = {narrow(one["code"]) for one in told}
    for one in told:
        code = narrow(one["code"])
        on, wrong = day_of(one, "on")
        ended, no_end = day_of(one, "ended")
        region = known.get(narrow(one["old"])) or known.get(code)
        wrong = wrong or no_end or _wrong(one, code, region, known, coming, seen.setdefault(code, one.row))
        if wrong:
            bad.append(wrong)
        elif region is None:
            new.append(Row(one.sheet, one.row, f"{code} {one['name']}", (("code", code), ("name", one["name"]))))
        else:
            changed += _otherwise(one, code, region, ended, on or office.today)
    return Found(
        tuple(sorted(new, key=lambda row: row.label)), tuple(changed), len(told) - len(new) - len(bad), tuple(bad)
    )


def _wrong(
    one: Told, code: str, region: Region | None, known: dict[str, Region], coming: set[str], first: int
) -> Bad | None:
    into = known.get(narrow(one["into"]))
    if region is None and not (code.isascii() and code.isdigit() and len(code) in (9, 12)):
        return one.wrong("code", "region_code_bad", value=code[:20])
    if first != one.row:
        return one.wrong("code", "twice", first=str(first))
    if not one["name"]:
        return one.wrong("name", "region_name_missing")
    above = code[:9] if len(code) == 12 else code[:6]
    if region is None and above not in coming and not selectors.stands(above):
        return one.wrong("code", "region_parent_missing", value=code)
    if one["into"] and (into is None or into.ended_on):
        return one.wrong("into", "region_into_unknown", value=one["into"][:20])
    return None


def _otherwise(one: Told, code: str, region: Region, ended: date | None, on: date) -> list[Otherwise]:
    """What became of a region that stands; one that has ended says nothing new."""
    if region.ended_on:
        return []
    changes = []
    if one["name"] != region.name:
        changes.append(Change("name", region.name, one["name"]))
    if code != region.code:
        changes.append(Change("code", region.code, code))
    if one["into"]:
        changes.append(Change("into", "", narrow(one["into"])))
    elif ended:
        changes.append(Change("ended", "", ended.isoformat()))
    if not changes:
        return []
    shown = Changed(_number(region.code), 0, tuple(changes))
    told = Change("told", region.code, [(ended or on).isoformat(), one["reason"] or str(REASON)], "told")
    row = Row(one.sheet, one.row, f"{region.code} {region.name}", ())
    words = {"into": selectors.names([narrow(one["into"])])}
    url = reverse("regions:region", args=[region.code])
    return [Otherwise(row, Changed(shown.pk, 0, (*changes, told)), lines(shown, LABELS, words), url)]


def _number(code: str) -> int:
    return int(code.replace("-", ""))


def write_new(rows: Sequence[Row], actor: Any, at: datetime) -> list[int]:
    made = [keeping.region_add(**dict(row.facts), reason=str(REASON), actor=actor, at=at) for row in rows]
    return [_number(region.code) for region in made]


def write_changed(changed: Sequence[Changed], actor: Any, at: datetime) -> None:
    """A new name first, then what ends it, then another code."""
    for one in changed:
        says = {change.field: change for change in one.changes}
        day, reason = says["told"].new
        facts = {"on": date.fromisoformat(day), "reason": reason, "actor": actor, "at": at}
        region = _standing(says["told"].old)
        if "name" in says:
            region = keeping.region_rename(region, name=says["name"].new, **facts)
        if "into" in says:
            keeping.region_merge(region, into=_standing(says["into"].new), **facts)
        elif "ended" in says:
            keeping.region_end(region, **facts)
        elif "code" in says:
            keeping.region_recode(region, code=says["code"].new, **facts)


def _standing(code: str) -> Region:
    region = selectors.by_codes([code]).get(code)
    if region is None:
        raise DomainError("region_gone", _("刚刚有人改过%(name)s。") % {"name": code}, kept=_("什么都没有写入。"))
    return region


KIND = Kind(
    code="regions",
    label=_("镇村"),
    columns={
        "code": ("代码", "统计用区划代码", "区划代码", "Code"), "name": ("名称", "单位名称", "Name"),
        "old": ("原代码",), "into": ("并入", "并入代码"), "ended": ("到哪天为止", "撤销日期", "Until"),
        "on": ("从哪天起", "变动日期"), "reason": ("凭什么", "依据", "文号"),
    },
    telling=frozenset({"哪一级", "统计用区划代码", "区划代码"}),
    beside=frozenset({"名称", "单位名称"}),
    fields=[("old", _("原代码")), ("on", _("从哪天起")), ("reason", _("凭什么")), *LABELS.items()],
    compare=compare, write_new=write_new, write_changed=write_changed, subject="region", wide=True,
)  # fmt: skip
