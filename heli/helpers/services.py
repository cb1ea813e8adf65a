"""Writes of single helpers and admissions of many."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common import bulk, codes
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError
from heli.ledger import digests
from heli.regions import moving

from . import state, table, words
from .models import Helper, Loan, Team, TeamMember, Training, Vetting

A_SLICE = 500  # rows a statement, within SQLite's limit on variables


@ledger.written
def helpers_admit(
    helpers: Sequence[Helper], *, reason: str, trained_on: date, actor: Person, at: datetime
) -> list[Helper]:
    """Vet, count as trained on that day, and make active: one reason for all. Those past `proposed` stay as they are.

    A training in the future is refused: nobody is sent to a household on a promise.
    """
    _check_admission(reason, trained_on, at)
    waiting = [helper for helper in helpers if helper.state == "proposed"]
    _claim(waiting)
    _note_admission(waiting, reason, trained_on, actor, at)
    told = _changed(waiting, state="proposed")
    for helper in waiting:
        before, after = told[str(helper.pk)]
        facts: dict[str, Any] = {"reason": reason, "trained_on": trained_on, "before": before, "digest": after}
        ledger.append("helper.admit", subject=helper, actor=actor, at=at, to="active", **facts)
    return waiting


def _claim(waiting: Sequence[Helper]) -> None:
    """Make them active, each if nobody else did so first."""
    for start in range(0, len(waiting), A_SLICE):
        part = waiting[start : start + A_SLICE]
        rows = Helper.objects.filter(pk__in=[helper.pk for helper in part], state="proposed")
        free = set(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        for helper in part:
            if helper.pk not in free:
                raise Conflict(
                    "helper_moved", _("有人刚刚审核过%(name)s。") % {"name": helper.name}, todo=_("请刷新再看。")
                )
            helper.state = "active"
        rows.update(state="active", version=F("version") + 1)


def _check_admission(reason: str, trained_on: date, at: datetime) -> None:
    if not reason.strip():
        raise DomainError("reason_missing", _("请写一句为什么录用。"), kept=_("还没有录用任何人。"))
    if trained_on > local_day(at):
        raise DomainError(
            "training_in_future", _("培训日期还没到。"), kept=_("还没有录用任何人。"), todo=_("培训过了再录用。")
        )


def _note_admission(helpers: Sequence[Helper], reason: str, trained_on: date, actor: Person, at: datetime) -> None:
    told = [("town", table.TRANSITIONS[verb].to, reason, local_day(at), actor.pk) for verb in table.ADMISSION]
    vetted = ((helper.pk, *one) for helper in helpers for one in told)
    bulk.bulk_rows(Vetting, ("helper", "level", "to_state", "reason", "on", "by"), vetted)
    trained = ((helper.pk, words.BASIC_COURSE, trained_on) for helper in helpers)
    bulk.bulk_rows(Training, ("helper", "course", "passed_on"), trained)


def _digests(helpers: Iterable[Helper]) -> dict[str, str]:
    pks = [helper.pk for helper in helpers]
    rows = Helper.objects.filter(pk__in=pks).prefetch_related("kinds", "skills")
    return digests.digests("helper", dict(state.states(rows)))


def _changed(helpers: Iterable[Helper], **before: Any) -> dict[str, tuple[str, str]]:
    """Digests before and after of rows that this transaction has just changed, and so holds; `before`: what was."""
    rows = Helper.objects.filter(pk__in=[helper.pk for helper in helpers]).prefetch_related("kinds", "skills")
    return digests.changed("helper", {pk: (now | before, now) for pk, now in state.states(rows)})


def digest_of(helper: Helper) -> str:
    """The digest of one helper's whole state as its rows stand now."""
    return _digests([helper])[str(helper.pk)]


def helpers_at(regions: list[str]) -> int:
    return Helper.objects.filter(region_code__in=regions).count()


@ledger.written
def helpers_relocate(moved: Mapping[str, str], *, actor: Person, at: datetime) -> int:
    """Where a region became another (old code → new), helpers who live or serve there do so in the new one."""
    found = [row for row in Helper.objects.order_by("pk") if row.region_code in moved or set(row.serves) & set(moved)]
    for row in found:
        serves = list(dict.fromkeys(moved.get(code, code) for code in row.serves))
        region = moved.get(row.region_code, row.region_code)
        Helper.objects.filter(pk=row.pk).update(region_code=region, serves=serves, version=F("version") + 1)
    for old, new in moved.items():
        Team.objects.filter(region_code=old).update(region_code=new)
        Loan.objects.filter(home_code=old).update(home_code=new)
        Loan.objects.filter(to_code=old).update(to_code=new)
    if found:
        subject = moving.Moved(next(iter(moved)), "helpers", f"town/{codes.town_of(next(iter(moved.values())))}")
        draft = ledger.append("helpers.relocate", subject=subject, actor=actor, at=at, moved=dict(moved))
        ledger.leaves(draft, [("helper", pk, digest) for pk, digest in _digests(found).items()])
    return len(found)


@ledger.written
def team_add(
    *, name: str, region_code: str, leader: Helper, members: Sequence[Helper], actor: Person, at: datetime,
    line: str = "", block_code: str = "",
) -> Team:  # fmt: skip
    """A team with its leader, who is one of its members."""
    if leader.pk not in {member.pk for member in members}:
        raise DomainError("leader_outside", _("队长要是队里的人。"), kept=_("队伍还没有建。"))
    team = Team.objects.create(name=name, region_code=region_code, leader=leader, line=line, block_code=block_code)
    TeamMember.objects.bulk_create(TeamMember(team=team, helper=member) for member in members)
    ledger.append(
        "team.add", subject=team, actor=actor, at=at, name=name, leader=leader.pk, line=line,
        members=sorted(member.pk for member in members),
    )  # fmt: skip
    return team


@ledger.written
def helper_link_account(helper: Helper, person: Person, *, actor: Person, at: datetime) -> None:
    """Give a helper the account it signs in with."""
    if not Helper.objects.filter(pk=helper.pk, person__isnull=True).update(person=person, version=F("version") + 1):
        raise Conflict("helper_has_account", _("这位已经有账号了。"))
    helper.person = person
    before, after = _changed([helper], person_id=None)[str(helper.pk)]
    ledger.append("helper.account", subject=helper, actor=actor, at=at, before=before, digest=after)
