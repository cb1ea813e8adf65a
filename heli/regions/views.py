from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli import lists
from heli.access import Action, collection, row
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError
from heli.common.htmx import page_or_part
from heli.ledger import selectors as history

from . import access, forms, keeping, moving, selectors
from .models import Region
from .register import REGIONS


@collection(Action.REGION_VIEW)
def regions(request: SignedInRequest) -> HttpResponse:
    return page_or_part(request, "regions/list.html", "lists/_list.html", listed=lists.listed(request, REGIONS))


@row(Action.REGION_VIEW)
def region(request: SignedInRequest, code: str) -> HttpResponse:
    """One place: where it lies, its teams, and what became of it."""
    found = _region(request, code, Action.REGION_VIEW)
    facts = {
        "region": found, "place": selectors.lines([found], request.user)[0].place, "teams": selectors.teams_of(found),
        "changes": selectors.changes_of(found), "history": history.history([("region", found.code)], 20),
        "back": lists.back_to(request, REGIONS, code), "now": selectors.current(code),
        "may_revive": bool(selectors.ended_whole(found)),
        "is_team": found.level == Region.Level.TEAM, "is_village": found.level == Region.Level.VILLAGE and not found.ended_on,
    }  # fmt: skip
    return render(request, "regions/region.html", facts)


@row(Action.REGION_KEEP, "GET", "POST")
def rename(request: SignedInRequest, code: str) -> HttpResponse:
    found = _region(request, code, Action.REGION_KEEP)
    form = forms.RenameForm(_posted(request), initial={"name": found.name, "on": days.today()})
    return _act(request, found, form, _("改名"), lambda **facts: keeping.region_rename(found, **facts))


@row(Action.REGION_KEEP, "GET", "POST")
def team_new(request: SignedInRequest, code: str) -> HttpResponse:
    found = _region(request, code, Action.REGION_KEEP)
    form = forms.TeamForm(_posted(request))
    return _act(request, found, form, _("添一个小组"), lambda **facts: keeping.team_add(found, **facts))


@row(Action.REGION_KEEP, "GET", "POST")
def merge(request: SignedInRequest, code: str) -> HttpResponse:
    """First into which village, then what moves, then by the name."""
    found = _region(request, code, Action.REGION_KEEP)
    into = selectors.live_village(request.POST.get("into", request.GET.get("into", "")))
    if into is None or into.pk == found.pk:
        facts = {"region": found, "form": forms.IntoForm(villages=selectors.villages_beside(found))}
        return render(request, "regions/merge_into.html", facts)
    access.region_for(request.user, _key(into.code), Action.REGION_KEEP)
    form = forms.MergeForm(_posted(request), name=found.name, initial={"into": into.code, "on": days.today()})
    if request.method == "POST" and form.is_valid():
        on, reason = form.cleaned_data["on"], form.cleaned_data["reason"]
        keeping.region_merge(found, into=into, on=on, reason=reason, actor=request.user, at=days.now())
        messages.success(request, _("%(name)s并进了%(into)s。") % {"name": found.name, "into": into.name})
        return redirect("regions:region", into.code)
    moved = [found.code, *(team.code for team in selectors.teams_of(found))]
    look = {"region": found, "into": into, "form": form, "look": moving.look(moved)}
    return render(request, "regions/merge.html", look, status=422 if form.errors else 200)


@row(Action.REGION_KEEP, "GET", "POST")
def recode(request: SignedInRequest, code: str) -> HttpResponse:
    """Another official code, once it is seen what goes with it."""
    found = _region(request, code, Action.REGION_KEEP)
    form = forms.RecodeForm(_posted(request), initial={"code": found.code, "on": days.today()})
    look = {
        "look": _look(found),
        "look_title": _("这些会跟着换"),
        "look_says": _("旧代码还查得到，旧文件里的也还认得。"),
    }
    return _act(
        request,
        found,
        form,
        _("给%(name)s换代码") % {"name": found.name},
        lambda **facts: keeping.region_recode(found, **facts),
        **look,
    )


@row(Action.REGION_KEEP, "GET", "POST")
def end(request: SignedInRequest, code: str) -> HttpResponse:
    """The region is no more; what hangs on it is said first."""
    found = _region(request, code, Action.REGION_KEEP)
    form = forms.NamedForm(_posted(request), name=found.name, initial={"on": days.today()})
    says = _("这些不会跟着走，还记在它名下，名单里查得到。要换到别的村，请改用“并进别的村”。")
    look = {"look": _look(found), "look_title": _("还有这些在它名下"), "look_says": says}
    return _act(
        request,
        found,
        form,
        _("撤销%(name)s") % {"name": found.name},
        lambda typed, **facts: keeping.region_end(found, **facts),
        **look,
    )


@row(Action.REGION_KEEP, "POST")
def revive(request: SignedInRequest, code: str) -> HttpResponse:
    found = _region(request, code, Action.REGION_KEEP)
    keeping.region_revive(found, actor=request.user, at=days.now())
    messages.success(request, _("恢复了：%(name)s") % {"name": found.name})
    return redirect("regions:region", code)


def _look(found: Region) -> list[str]:
    """What lies in it, room by room."""
    return moving.look([one.code for one in selectors.below(found)])


def _act(
    request: SignedInRequest, found: Region, form: Form, title: str, work: Callable[..., Region], **look: Any
) -> HttpResponse:
    """An office page with a form; `look` is what stands beside it to be looked at first."""
    if request.method == "POST" and form.is_valid():
        try:
            made = work(**form.cleaned_data, actor=request.user, at=days.now())
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("存好了。"))
            return redirect("regions:region", made.code)
    facts = {"region": found, "form": form, "title": title, **look}
    return render(request, "regions/act.html", facts, status=422 if form.errors else 200)


def _posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _region(request: SignedInRequest, code: str, action: Action) -> Region:
    return access.region_for(request.user, _key(code), action)


def _key(code: str) -> Any:
    """A region's key is its code; doors ask by key."""
    return code
