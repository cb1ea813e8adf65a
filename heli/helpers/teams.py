"""队伍: founding one is in `services`; here its members come and go, and it ends."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError

from .models import Helper, Team, TeamMember


@ledger.written
def team_change(team: Team, *, leader: Helper, members: Sequence[Helper], block_code: str, actor: Person,
                at: datetime) -> Team:  # fmt: skip
    """Who leads, who belongs, and for which block."""
    if leader.pk not in {member.pk for member in members}:
        raise DomainError("leader_outside", _("队长要是队里的人。"), kept=_("队伍没有变。"))
    if not Team.objects.filter(pk=team.pk, ended_on__isnull=True).update(leader=leader, block_code=block_code):
        raise Conflict("team_ended", _("这支队伍已经结束了。"))
    TeamMember.objects.filter(team=team).exclude(helper__in=members).delete()
    TeamMember.objects.bulk_create((TeamMember(team=team, helper=one) for one in members), ignore_conflicts=True)
    ledger.append("team.change", subject=team, actor=actor, at=at, leader=leader.pk, block=block_code,
                  members=sorted(one.pk for one in members))  # fmt: skip
    return team


@ledger.written
def team_end(team: Team, *, actor: Person, at: datetime) -> Team:
    if not Team.objects.filter(pk=team.pk, ended_on__isnull=True).update(ended_on=local_day(at)):
        raise Conflict("team_ended", _("这支队伍已经结束了。"))
    ledger.append("team.end", subject=team, actor=actor, at=at)
    return team
