"""Keeping the tree as the county's notices change it: names, joined villages, codes, local teams.

Rows of other rooms move with it in the same transaction (`moving`); what was stays findable by `RegionChange`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common import codes, days
from heli.common.errors import Conflict, DomainError

from . import following, moving, selectors
from .models import Region, RegionChange
from .services import names_note

MOST_TEAMS = 99
PARENT = {6: 4, 9: 6, 12: 9}
# What the official list calls a new town or village, without and with a name of the town's kind.
KINDS = {"town": ("town", "subdistrict"), "village": ("villagers-committee", "residents-committee")}


@ledger.written
def region_rename(region: Region, *, name: str, on: date, reason: str, actor: Person, at: datetime) -> Region:
    """From now on the region is called so; by its old name it is still found in files."""
    name = name.strip()
    _check_day(on, at)
    _check_live(region)
    _check_name(name, region.parent_code, region)
    old = region.name
    Region.objects.filter(pk=region.pk).update(name=name)
    _note(region, region.code, RegionChange.Kind.RENAMED, on=on, reason=reason, actor=actor, at=at)
    ledger.append("region.rename", subject=region, actor=actor, at=at, old=old, name=name, on=on, reason=reason)
    region.name = name
    _said_anew(name)
    return region


@ledger.written
def region_merge(
    region: Region, *, into: Region, on: date, reason: str, actor: Person, at: datetime
) -> Mapping[str, str]:
    """`region` ends and becomes part of `into`, with its teams. Returns where each code went."""
    _check_day(on, at)
    _check_pair(region, into)
    moved = {region.code: into.code}
    for team in selectors.teams_of(region):
        made = _add_team(into, team.name)
        moved[team.code] = made.code
        _end(team, made.code, RegionChange.Kind.RECODED, on=on, reason=reason, actor=actor, at=at)
    _end(region, into.code, RegionChange.Kind.MERGED, on=on, reason=reason, actor=actor, at=at)
    rows = _move(moved, actor, at)
    ledger.append("region.merge", subject=region, actor=actor, at=at, into=into.code, on=on, reason=reason, rows=rows)
    _said_anew()
    return moved


@ledger.written
def region_recode(region: Region, *, code: str, on: date, reason: str, actor: Person, at: datetime) -> Region:
    """The region has another code from that day, and so has all that lies in it."""
    _check_day(on, at)
    _check_live(region)
    _check_code(region, code)
    moved, fresh = {}, region
    for old in selectors.below(region):
        made = _again(old, code + old.code[len(region.code) :])
        moved[old.code] = made.code
        _end(old, made.code, RegionChange.Kind.RECODED, on=on, reason=reason, actor=actor, at=at)
        fresh = made if old.pk == region.pk else fresh
    rows = _move(moved, actor, at)
    ledger.append("region.recode", subject=region, actor=actor, at=at, code=code, on=on, reason=reason, rows=rows)
    _said_anew()
    return fresh


@ledger.written
def region_add(*, code: str, name: str, reason: str, actor: Person, at: datetime) -> Region:
    """A region that the official list newly has: a town or a village, below one that stands."""
    name, above = name.strip(), code[: PARENT.get(len(code), 0)]
    if not (code.isascii() and code.isdigit()) or len(code) not in (9, 12):
        raise DomainError("region_code", _("新代码不对，要和原来一样长，上一级也要在。"), kept=_("什么都没有变。"))
    if not Region.objects.filter(code=above, ended_on=None).exists():
        raise DomainError("region_code", _("新代码不对，要和原来一样长，上一级也要在。"), kept=_("什么都没有变。"))
    if Region.objects.filter(code=code).exists():
        raise Conflict("region_code_used", _("这个代码已经有人用了。"), kept=_("什么都没有变。"))
    _check_name(name, above)
    level = codes.level(code)
    kind = KINDS[level][name.endswith(("社区", "居", "街道"))]
    region = Region.objects.create(code=code, name=name, source_name=name, level=level, kind=kind, parent_code=above)
    ledger.append("region.add", subject=region, actor=actor, at=at, name=name, reason=reason)
    _said_anew(name)
    return region


@ledger.written
def region_end(region: Region, *, on: date, reason: str, actor: Person, at: datetime) -> Region:
    """The region is no more, and its teams with it. What is registered there stays under its name."""
    _check_day(on, at)
    _check_live(region)
    ending = selectors.below(region)
    if any(one.level != Region.Level.TEAM for one in ending if one.pk != region.pk):
        raise DomainError("region_not_empty", _("%(name)s下面还有村。") % {"name": region.name}, kept=_("什么都没有变。"),
                          todo=_("请先把下面的村并走、改代码或撤销。"))  # fmt: skip
    for one in ending:
        _end(one, "", RegionChange.Kind.ENDED, on=on, reason=reason, actor=actor, at=at)
    ledger.append("region.end", subject=region, actor=actor, at=at, on=on, reason=reason, teams=len(ending) - 1)
    _said_anew()
    region.ended_on = on
    return region


@ledger.written
def region_revive(region: Region, *, actor: Person, at: datetime) -> Region:
    """It was ended by mistake: it stands again, with the teams that ended with it."""
    ended = selectors.ended_whole(region)
    parent = Region.objects.filter(code=region.parent_code, ended_on=None)
    if ended is None or not parent.exists():
        raise Conflict("region_not_revivable", _("%(name)s不是撤销的，或者上一级也没有了，不能恢复。") % {"name": region.name},
                       kept=_("什么都没有变。"))  # fmt: skip
    _check_name(region.name, region.parent_code, region)
    teams = Region.objects.filter(codes.under(region.code, "code"), level=Region.Level.TEAM, ended_on=ended.on)
    with_it = [team for team in teams if selectors.ended_whole(team)]
    for one in (region, *with_it):
        Region.objects.filter(pk=one.pk).update(ended_on=None)
        _note(one, one.code, RegionChange.Kind.REVIVED, on=days.local_day(at), reason=ended.reason, actor=actor, at=at)
    ledger.append("region.revive", subject=region, actor=actor, at=at, teams=len(with_it))
    _said_anew()
    region.ended_on = None
    return region


@ledger.written
def team_add(village: Region, *, name: str, actor: Person, at: datetime) -> Region:
    """A local team below a village: its code is the village's with a number."""
    _check_live(village)
    if village.level != Region.Level.VILLAGE:
        raise DomainError("team_below_village", _("小组只能建在村下面。"), kept=_("什么都没有变。"))
    name = name.strip()
    _check_name(name, village.code)
    team = _add_team(village, name)
    ledger.append("region.team_add", subject=team, actor=actor, at=at, name=name, village=village.code)
    _said_anew(name)
    return team


def _move(moved: Mapping[str, str], actor: Person, at: datetime) -> int:
    """What lies there now, and once that is written what others were still bringing in."""
    following.after_commit()
    return moving.move(moved, actor=actor, at=at)


def _add_team(village: Region, name: str) -> Region:
    used = [int(code[13:]) for code in selectors.team_codes(village)]
    number = max(used, default=0) + 1
    if number > MOST_TEAMS:
        raise DomainError("teams_many", _("一个村最多 99 个小组。"), kept=_("什么都没有变。"))
    return Region.objects.create(
        code=f"{village.code}-{number:02d}", name=name, source_name=name, level=Region.Level.TEAM, kind="team",
        parent_code=village.code,
    )  # fmt: skip


def _again(old: Region, code: str) -> Region:
    """The same region under another code, below the region that its new code names."""
    parent = code[:12] if old.level == Region.Level.TEAM else code[: PARENT[len(code)]]
    return Region.objects.create(
        code=code, name=old.name, source_name=old.source_name, level=old.level, kind=old.kind, parent_code=parent,
        name_en=old.name_en,
    )  # fmt: skip


def _end(region: Region, new_code: str, kind: str, *, on: date, **told: Any) -> None:
    if not Region.objects.filter(pk=region.pk, ended_on=None).update(ended_on=on):
        raise Conflict("region_moved", _("刚刚有人改过%(name)s。") % {"name": region.name}, kept=_("什么都没有变。"),
                       todo=_("请再看一遍，再办。"))  # fmt: skip
    _note(region, new_code, kind, on=on, **told)


def _note(
    region: Region, new_code: str, kind: str, *, on: date, reason: str, actor: Person, at: datetime
) -> RegionChange:
    return RegionChange.objects.create(
        old_code=region.code, new_code=new_code, old_name=region.name, kind=kind, on=on, reason=reason.strip(),
        by=actor, at=at,
    )  # fmt: skip


def _check_day(on: date, at: datetime) -> None:
    if on > days.local_day(at):
        raise DomainError("region_day", _("这一天还没到。"), kept=_("什么都没有变。"), todo=_("到了那天再办。"))


def _check_live(region: Region) -> None:
    if region.ended_on:
        raise Conflict("region_ended", _("%(name)s已经并走或撤了。") % {"name": region.name}, kept=_("什么都没有变。"),
                       todo=_("请找它现在的村。"))  # fmt: skip


def _check_name(name: str, parent: str, region: Region | None = None) -> None:
    """Names repeat over the county, not below one parent."""
    if not name:
        raise DomainError("region_name", _("请写名字。"), kept=_("什么都没有变。"))
    same = Region.objects.filter(parent_code=parent, name=name, ended_on=None)
    if same.exclude(pk=region.pk if region else "").exists():
        raise Conflict("region_named", _("这里已经有叫%(name)s的了。") % {"name": name}, kept=_("什么都没有变。"),
                       todo=_("请换一个名字。"))  # fmt: skip


def _check_pair(region: Region, into: Region) -> None:
    _check_live(region)
    _check_live(into)
    if region.pk == into.pk or not region.level == into.level == Region.Level.VILLAGE:
        raise DomainError("region_pair", _("只能把一个村并进另一个村。"), kept=_("什么都没有变。"))


def _check_code(region: Region, code: str) -> None:
    whole = code.isdigit() and len(code) == len(region.code) and len(code) in PARENT
    if not whole or not Region.objects.filter(code=code[: PARENT[len(code)]], ended_on=None).exists():
        raise DomainError("region_code", _("新代码不对，要和原来一样长，上一级也要在。"), kept=_("什么都没有变。"))
    if Region.objects.filter(codes.under(code, "code")).exists():
        raise Conflict("region_code_used", _("这个代码已经有人用了。"), kept=_("什么都没有变。"))


def _said_anew(*names: str) -> None:
    """New names are findable, and this process says them at once, also after another read the old ones meanwhile."""
    names_note(names)
    selectors.forget_names()
    transaction.on_commit(selectors.forget_names)
