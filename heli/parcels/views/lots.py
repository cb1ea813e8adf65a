"""Changing lots: split one, merge some, undo the last of these. Looked at on a map before anything is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heli.access import Action, row
from heli.access.requests import SignedInRequest
from heli.blocks.access import block_called
from heli.common import days, wording
from heli.common.errors import DomainError, NotVisible
from heli.parcels import access, cutting, lot_forms, picturing, selectors, services
from heli.parcels.models import Parcel


@row(Action.PARCEL_CHANGE)
def lot_find(request: SignedInRequest, code: str) -> HttpResponse:
    """From a number to the lot's page, for those who come without the map."""
    block = block_called(request.user, code, Action.PARCEL_CHANGE)
    lot = selectors.numbered(request.user, block, request.GET.get("number", ""))
    if lot is None:
        raise DomainError("lot_unknown", _("这个区块里没有这个号的宗地。"), todo=_("请看一眼图上的数字，再写一次。"))
    return redirect("parcels:merge" if request.GET.get("to") == "merge" else "parcels:split", lot.pk)


@row(Action.PARCEL_CHANGE, "GET", "POST")
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the line runs, or the survey's file: what comes of it is shown, nothing is written."""
    lot = _lot(request, pk)
    corners = picturing.corners(lot)
    form = lot_forms.CutForm(*_posted(request), corners=corners)
    if request.method == "POST" and form.is_valid():
        try:
            found = cutting.parts(lot, **form.cleaned_data)
        except DomainError as refused:
            form.add_error(_at_fault(refused, form), str(refused.message))
        else:
            parts = lot_forms.PartsForm(initial=lot_forms.first_parts(lot, found), prefix="part")
            return _look(request, lot, parts, lot_forms.WhyForm(initial={"surveyed_on": days.today()}))
    facts = {"lot": lot, "form": form, "corners": corners, "drawing": picturing.around(request.user, lot)}
    return render(request, "parcels/split.html", facts, status=422 if form.errors else 200)


@row(Action.PARCEL_CHANGE, "POST")
def split_parts(request: SignedInRequest, pk: int) -> HttpResponse:
    """The parts as they were shown, under their new numbers."""
    lot = _lot(request, pk)
    parts, why = lot_forms.PartsForm(request.POST, prefix="part"), lot_forms.WhyForm(request.POST)
    if not (parts.is_valid() and why.is_valid()):
        return _look(request, lot, parts, why)
    try:
        new = lot_forms.new_parts(parts, lot)
        made = services.parcel_split(lot, parts=new, actor=request.user, at=days.now(), **why.cleaned_data)
    except DomainError as refused:
        why.add_error(None, str(refused))
        return _look(request, lot, parts, why)
    facts = {"number": lot.number, "parts": wording.listed(one.number for one in made)}
    return _done(request, lot, _("%(number)s 分成了 %(parts)s。") % facts)


@row(Action.PARCEL_CHANGE, "GET", "POST")
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which neighbours become one with it; the map shows the lot that comes of it."""
    lot = _lot(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = [lot, *selectors.lots_among(request.user, lot.block, asked.getlist("with"), but=lot)]
    form = lot_forms.MergeForm(
        request.POST if request.method == "POST" else None, lots=chosen,
        initial={"number": lot.number, "serial": lot.serial, "land_use": lot.land_use, "surveyed_on": days.today()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _merged(request, chosen, form.cleaned_data)
        except DomainError as refused:
            form.add_error(None, str(refused))
    look = {"lot": lot, "chosen": chosen, "form": form, **picturing.merging(request.user, chosen)}
    return render(request, "parcels/merge.html", look, status=422 if form.errors else 200)


def _merged(request: SignedInRequest, chosen: list[Parcel], told: dict[str, Any]) -> HttpResponse:
    facts = {name: value for name, value in told.items() if name != "legal"}
    made = services.parcels_merge(chosen, legal_dm2=told["legal"], actor=request.user, at=days.now(), **facts)
    said = {"parts": wording.listed(one.number for one in chosen), "number": made.number}
    return _done(request, chosen[0], _("%(parts)s 合成了 %(number)s。") % said)


@row(Action.PARCEL_CHANGE, "POST")
def survey_undo(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    block = block_called(request.user, code, Action.PARCEL_CHANGE)
    survey = selectors.survey(block, number)
    if survey is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    services.survey_undo(survey, actor=request.user, at=days.now())
    messages.success(request, _("撤回了，原来的宗地又在了。"))
    return redirect("parcels:block", code)


def _lot(request: SignedInRequest, pk: int) -> Parcel:
    """One that is in force; of an ended one the block's page tells what became of it."""
    lot = access.parcel_for(request.user, pk, Action.PARCEL_CHANGE)
    services.check_in_force([lot])
    return lot


def _posted(request: SignedInRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _at_fault(refused: DomainError, form: lot_forms.CutForm) -> str:
    if refused.code == "zone_needed":
        return "crs"
    return "file" if form.cleaned_data["file"] else "line"


def _look(request: SignedInRequest, lot: Parcel, parts: Any, why: Any) -> HttpResponse:
    wrong = parts.is_bound
    facts = {"lot": lot, "parts": parts, "why": why, "wrong": wrong, **picturing.splitting(request.user, lot, parts)}
    return render(request, "parcels/split_parts.html", facts, status=422 if wrong else 200)


def _done(request: SignedInRequest, lot: Parcel, said: str) -> HttpResponse:
    """With the way back."""
    last = selectors.surveys(lot.block)[0]
    messages.success(request, said, extra_tags=reverse("parcels:undo", args=[lot.block.code, last.number]))
    return redirect("parcels:block", lot.block.code)
