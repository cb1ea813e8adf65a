"""Changing a file. One road for all its parts: form, version, what another wrote meanwhile, service."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heli.access import Action, collection, row
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import NotVisible
from heli.households import access, editing, forms, selectors, services
from heli.households.editing import Sheet
from heli.households.models import House, Household, Member


@collection(Action.HOUSEHOLD_EDIT, "GET", "POST")
def household_new(request: SignedInRequest) -> HttpResponse:
    """Open a file by hand."""
    form = forms.NewHouseholdForm(
        request.POST if request.method == "POST" else None,
        villages=selectors.villages_to_choose(request.user), blocks=selectors.blocks_to_choose(request.user),
        initial={"people_count": 1, "bays": 1},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = {"remark": "", **form.facts()}
        made = services.household_add(town_code=facts["region_code"][:9], actor=request.user, at=days.now(), **facts)
        messages.success(request, _("建好了：%(code)s。") % {"code": made.code})
        return redirect("households:file", made.pk)
    return render(request, "households/new.html", {"form": form}, status=422 if form.errors else 200)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def household_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    sheet = Sheet(_("改这一户"), forms.HouseholdForm, selectors.facts_of(household, forms.HouseholdForm, covered=("remark",)),
                  partial(services.household_edit, household))  # fmt: skip
    return _edit(request, household, sheet)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def member_new(request: SignedInRequest, pk: int) -> HttpResponse:
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    now = {"role": Member.Role.MEMBER.value}
    sheet = Sheet(_("添一位家里人"), forms.MemberForm, now, partial(services.member_save, household, None), new=True)
    return _edit(request, household, sheet)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def member_edit(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    member = _of(selectors.member_of(household, member_pk))
    now = selectors.facts_of(member, forms.MemberForm, covered=("id_number", "phone"))
    sheet = Sheet(member.name, forms.MemberForm, now, partial(services.member_save, household, member),
                  partial(services.member_remove, household, member))  # fmt: skip
    return _edit(request, household, sheet)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def house_new(request: SignedInRequest, pk: int) -> HttpResponse:
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    now = {"status": House.Status.TO_BE_DECIDED.value}
    sheet = Sheet(_("添一处房子"), forms.HouseForm, now, partial(services.house_save, household, None), new=True)
    return _edit(request, household, sheet)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def house_edit(request: SignedInRequest, pk: int, house_pk: int) -> HttpResponse:
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    house = _of(selectors.house_of(household, house_pk))
    sheet = Sheet(house.number, forms.HouseForm, selectors.house_facts(house),
                  partial(services.house_save, household, house), partial(services.house_remove, household, house))  # fmt: skip
    return _edit(request, household, sheet)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def shares_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who holds which part."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    members = selectors.possible_holders(household)
    make = partial(forms.SharesForm, members=[(member.pk, member.name) for member in members])
    sheet = Sheet(_("改份额"), make, selectors.share_facts(household), partial(_save_shares, household))
    return _edit(request, household, sheet)


def _save_shares(household: Household, *, facts: Mapping[str, Any], **told: Any) -> Household:
    return services.shares_set(household, parts=facts["parts"], source=facts["source"], **told)


@row(Action.HOUSEHOLD_EDIT, "GET", "POST")
def link_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """挂靠: with which household this one is counted."""
    household = access.household_for(request.user, pk, Action.HOUSEHOLD_EDIT)
    save = partial(_save_link, household, request.user)
    sheet = Sheet(_("改挂靠"), forms.LinkForm, selectors.link_facts(household), save)
    return _edit(request, household, sheet)


def _save_link(household: Household, person: Any, *, facts: Mapping[str, Any], **told: Any) -> Household:
    host = selectors.host_named(person, facts["host"]) if facts["host"] else None
    return services.link_set(household, host=host, **told)


def _of(part: Any) -> Any:
    if part is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    return part


def _edit(request: SignedInRequest, household: Household, sheet: Sheet) -> HttpResponse:
    if request.method != "POST":
        return _page(request, household, sheet, sheet.form(initial=dict(sheet.now)))
    moved = request.POST.get("version") != str(household.version)
    data = request.POST if sheet.new else editing.merged(request.POST, sheet.now)
    form = sheet.form(data, initial=dict(sheet.now))
    if "remove" in request.POST and sheet.remove is not None:
        if moved:
            raise services.moved_meanwhile()
        return _saved(request, household, sheet.remove)
    if not form.is_valid():
        return _page(request, household, sheet, form, status=422)
    if moved and not sheet.new and editing.differences(form, request.POST, sheet.now):
        return _conflict(request, household, sheet, form)
    facts = form.facts() if hasattr(form, "facts") else form.cleaned_data
    return _saved(request, household, partial(sheet.save, facts=facts))


def _saved(request: SignedInRequest, household: Household, work: Callable[..., Any]) -> HttpResponse:
    work(version=household.version, actor=request.user, at=days.now())
    messages.success(request, _("存好了。谁改的、改了什么，都在来龙去脉里。"))
    return redirect(_file(request, household))


def _file(request: SignedInRequest, household: Household) -> str:
    kept = request.POST.get("in", "")
    return reverse("households:file", args=[household.pk]) + (f"?{urlencode({'in': kept})}" if kept else "")


def _page(
    request: SignedInRequest, household: Household, sheet: Sheet, form: django_forms.Form, status: int = 200
) -> HttpResponse:
    facts = {
        "household": household, "sheet": sheet, "form": form, "head": selectors.head_name(household),
        "was": [(f"{editing.WAS}{name}", editing.plain(value)) for name, value in sheet.now.items()],
        "version": request.POST.get("version") or household.version, "kept": request.GET.get("in", request.POST.get("in", "")),
    }  # fmt: skip
    return render(request, "households/edit.html", facts, status=status)


def _conflict(request: SignedInRequest, household: Household, sheet: Sheet, form: django_forms.Form) -> HttpResponse:
    """Both values, field by field; nothing chosen beforehand."""
    facts = {
        "household": household, "sheet": sheet, "head": selectors.head_name(household),
        "differences": editing.differences(form, request.POST, sheet.now), "last": selectors.last_change(household),
        "written": [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "version")],
        "version": household.version,
    }  # fmt: skip
    return render(request, "households/conflict.html", facts, status=409)
