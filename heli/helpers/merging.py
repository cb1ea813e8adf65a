"""One person in two records: found by name and telephone or by name and place, and put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access import Action, rows
from heli.access.models import Person
from heli.common import codes
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError

from . import table
from .models import Helper, HelperKind, HelperSkill, TeamMember, Vetting
from .services import digest_of

# What rooms above do when two records become one: (from, to) → moves their rows. Registered in `AppConfig.ready`.
Move = Callable[[Helper, Helper], Any]
_moves: list[Move] = []


def also(move: Move) -> None:
    _moves.append(move)


@dataclass(frozen=True, slots=True)
class Alike:
    """Records that are perhaps one person, and why one may think so."""

    helpers: tuple[Helper, ...]
    why: Any


def alike(person: Any) -> list[Alike]:
    """Under the eyes of this person: same name and telephone first, then same name in one town."""
    seen = rows(Helper, person, Action.HELPER_EDIT).filter(relation="social").exclude(state="retired")
    twice = seen.order_by().values("name").annotate(n=Count("pk")).filter(n__gt=1).values("name")
    found = list(seen.filter(name__in=twice).order_by("name", "pk").prefetch_related("kinds")[:400])
    groups = [list(same) for _name, same in groupby(found, key=lambda row: row.name)]
    return [one for group in groups for one in _parted(group)]


def _parted(group: list[Helper]) -> list[Alike]:
    by_phone = _same(group, lambda row: row.phone_index, _("名字和电话都一样"))
    named = {row.pk for one in by_phone for row in one.helpers}
    rest = [row for row in group if row.pk not in named]
    return by_phone + _same(rest, lambda row: codes.town_of(row.region_code), _("同一个镇，名字一样"))


def _same(group: Sequence[Helper], key: Callable[[Helper], str], why: Any) -> list[Alike]:
    parted: dict[str, list[Helper]] = {}
    for row in group:
        if key(row):
            parted.setdefault(key(row), []).append(row)
    return [Alike(tuple(rows_), why) for rows_ in parted.values() if len(rows_) > 1]


@ledger.written
def helpers_merge(keep: Helper, gone: Helper, *, reason: str, actor: Person, at: datetime) -> Helper:
    """`gone` becomes part of `keep`: kinds, the better level of each skill, teams, papers, and what rooms above hold.
    The record of `gone` stays, retired, so that what was written about it can still be read."""
    _check_merge(keep, gone, reason)
    before = {row.pk: digest_of(row) for row in (keep, gone)}
    if not Helper.objects.filter(pk=gone.pk, state=gone.state).update(
        state="retired", id_number="", id_index="", version=F("version") + 1
    ):
        raise Conflict("helper_moved", _("有人刚刚改过%(name)s。") % {"name": gone.name}, todo=_("请刷新再看。"))
    _move_own(gone, keep)
    for move in _moves:
        move(gone, keep)
    Vetting.objects.create(helper=gone, level="town", to_state="retired", reason=reason, on=local_day(at), by=actor)
    for row in (keep, gone):
        row.refresh_from_db()
        ledger.append("helper.merge", subject=row, actor=actor, at=at, keep=keep.pk, gone=gone.pk, reason=reason,
                      before=before[row.pk], digest=digest_of(row))  # fmt: skip
    return keep


def _check_merge(keep: Helper, gone: Helper, reason: str) -> None:
    if keep.pk == gone.pk or keep.is_organisation != gone.is_organisation:
        raise DomainError("merge_unlike", _("这两份合不起来。"), kept=_("什么都没有变。"))
    if keep.id_index and gone.id_index and keep.id_index != gone.id_index:
        raise DomainError("merge_two_people", _("两份的证件号码不一样，是两个人。"), kept=_("什么都没有变。"))
    if gone.person_id and keep.person_id:
        raise DomainError(
            "merge_two_accounts", _("两份都有账号。"), kept=_("什么都没有变。"), todo=_("请先停掉一个账号。")
        )
    if not reason.strip():
        raise DomainError("reason_missing", _("请写一句为什么是同一个人。"), kept=_("什么都没有变。"))
    refusal = table.refusal("retire", gone.state)
    if refusal:
        raise DomainError(refusal.code, _("另一份已经退出了。"), kept=_("什么都没有变。"))


def _move_own(gone: Helper, keep: Helper) -> None:
    held = {row.skill: row.level for row in keep.skills.all()}
    for row in gone.skills.all():
        HelperSkill.objects.update_or_create(
            helper=keep, skill=row.skill, defaults={"level": max(row.level, held.get(row.skill, 0))}
        )
    HelperKind.objects.bulk_create(
        (HelperKind(helper=keep, kind=row.kind) for row in gone.kinds.all()), ignore_conflicts=True
    )
    teams = [row.team_id for row in TeamMember.objects.filter(helper=gone)]
    TeamMember.objects.bulk_create((TeamMember(team_id=pk, helper=keep) for pk in teams), ignore_conflicts=True)
    for kept in (gone.credentials, gone.trainings):
        kept.update(helper=keep)
    own = {name: getattr(gone, name) for name in ("id_number", "id_index", "phone", "phone_index", "person_id")
           if getattr(gone, name) and not getattr(keep, name)}  # fmt: skip
    if "person_id" in own:
        Helper.objects.filter(pk=gone.pk).update(person=None)
    if own:
        Helper.objects.filter(pk=keep.pk).update(**own)
