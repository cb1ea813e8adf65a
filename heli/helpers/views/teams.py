from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, collection, row
from heli.access.doors import may_ever, regions_of
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.helpers import access, forms, selectors, services, teams
from heli.helpers.models import Team


@collection(Action.TEAM_VIEW)
def teams_list(request: SignedInRequest) -> HttpResponse:
    facts = {"teams": selectors.teams(request.user), "may_edit": may_ever(request.user, Action.TEAM_EDIT)}
    return render(request, "helpers/teams.html", facts)


@row(Action.TEAM_VIEW)
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    team = access.team_for(request.user, pk, Action.TEAM_VIEW)
    facts = {
        "team": team,
        "lines": selectors.lines(
            team.members.prefetch_related("kinds", "skills", "credentials").order_by("pk"), request.user
        ),
        "may_edit": may_ever(request.user, Action.TEAM_EDIT) and team.ended_on is None,
    }
    return render(request, "helpers/team.html", facts)


@collection(Action.TEAM_EDIT, "GET", "POST")
def team_new(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        members = selectors.helpers_by_pk(request.user, facts["members"])
        leader = next(iter(selectors.helpers_by_pk(request.user, [facts["leader"]])))
        made = services.team_add(
            name=facts["name"], region_code=regions_of(request.user, Action.TEAM_EDIT)[0][:9], leader=leader,
            members=members, block_code=facts["block_code"], actor=request.user, at=days.now(),
        )  # fmt: skip
        messages.success(request, _("队伍建好了：%(name)s。") % {"name": made.name})
        return redirect("helpers:team", made.pk)
    return _page(request, _("建一支队伍"), form, _("建这支队伍"))


@row(Action.TEAM_EDIT, "GET", "POST")
def team_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    team = access.team_for(request.user, pk, Action.TEAM_EDIT)
    form = _form(request, team)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        teams.team_change(
            team, leader=next(iter(selectors.helpers_by_pk(request.user, [facts["leader"]]))),
            members=selectors.helpers_by_pk(request.user, facts["members"]), block_code=facts["block_code"],
            actor=request.user, at=days.now(),
        )  # fmt: skip
        messages.success(request, _("队伍改好了。"))
        return redirect("helpers:team", pk)
    return _page(request, team.name, form, _("存下"))


@row(Action.TEAM_EDIT, "POST")
def team_end(request: SignedInRequest, pk: int) -> HttpResponse:
    team = access.team_for(request.user, pk, Action.TEAM_EDIT)
    teams.team_end(team, actor=request.user, at=days.now())
    messages.success(request, _("队伍结束了，队员都还在资源库里。"))
    return redirect("helpers:teams")


def _form(request: SignedInRequest, team: Team | None = None) -> Any:
    now = {"name": team.name, "leader": team.leader_id, "members": list(team.members.values_list("pk", flat=True)),
           "block_code": team.block_code} if team else {}  # fmt: skip
    return forms.TeamForm(
        request.POST if request.method == "POST" else None, people=selectors.members_to_choose(request.user),
        blocks=selectors.block_choices(request.user), initial=now,
    )  # fmt: skip


def _page(request: SignedInRequest, title: Any, form: Any, button: Any) -> HttpResponse:
    facts = {"title": title, "form": form, "button": button}
    return render(request, "helpers/form.html", facts, status=422 if form.errors else 200)
