from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli import lists
from heli.access import Action, collection, row
from heli.access.doors import may_ever, regions_of
from heli.access.requests import SignedInRequest
from heli.blocks import selectors as blocks
from heli.common import days
from heli.common.errors import DomainError
from heli.common.htmx import is_swap, page_or_part, whole_page

from . import access, bad_rows, blanks, differing, forms, selectors, services, standing
from .models import Batch
from .register import IMPORTS


@collection(Action.IMPORT_VIEW)
def batches(request: SignedInRequest) -> HttpResponse:
    facts: dict[str, Any] = {
        "listed": lists.listed(request, IMPORTS), "form": _form(request),
        "may_run": may_ever(request.user, Action.IMPORT_RUN),
    }  # fmt: skip
    return page_or_part(request, "intake/list.html", "lists/_list.html", **facts)


def _form(request: SignedInRequest) -> forms.HandOverForm:
    choices = [(block.code, block.name) for block in blocks.blocks(request.user)]
    if request.method != "POST":
        return forms.HandOverForm(blocks=choices, initial={"block": request.GET.get("block", "")})
    return forms.HandOverForm(request.POST, request.FILES, blocks=choices)


@collection(Action.IMPORT_RUN, "POST")
def hand_over(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        raise DomainError("bad_form", next(iter(form.errors.values()))[0], kept=_("什么都没有写入。"))
    file = form.cleaned_data["file"]
    place, digest = services.file_keep(file.name, file.chunks())
    batch = services.batch_hand_over(
        file_name=file.name, place=place, digest=digest, town_code=regions_of(request.user, Action.IMPORT_RUN)[0][:9],
        block=blocks.by_code(form.cleaned_data["block"]), actor=request.user, at=days.now(),
    )  # fmt: skip
    return redirect("intake:batch", batch.pk)


@collection(Action.IMPORT_RUN)
def template(request: SignedInRequest, kind: str) -> FileResponse:
    """A workbook to fill in, for the block that was asked for or the whole town."""
    block = selectors.block_of(request.user, request.GET.get("block", ""))
    blank = blanks.blank(kind, town_code=regions_of(request.user, Action.IMPORT_RUN)[0][:9], block=block)
    return FileResponse(blank.content, as_attachment=True, filename=f"{blank.name}.xlsx")


@row(Action.IMPORT_VIEW)
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """The preview while nothing is written; then how far it is; then what was written."""
    batch = access.batch_for(request.user, pk, Action.IMPORT_VIEW)
    facts: dict[str, Any] = {"batch": batch, "may_run": may_ever(request.user, Action.IMPORT_RUN)}
    if batch.state != "writing" and is_swap(request):
        return whole_page()  # what watched the writing is over: the page's heading and steps change too
    if batch.state == "ready":
        return render(request, "intake/batch.html", facts | _preview(request, batch))
    if batch.state == "writing":
        return page_or_part(request, "intake/batch.html", "intake/_writing.html", far=selectors.how_far(batch), **facts)
    facts["left_alone"] = batch.known - batch.updated
    facts |= {"is_table": selectors.is_table(batch), "may_undo": selectors.may_undo(batch)}
    facts["may_admit"] = batch.kind == "helpers" and may_ever(request.user, Action.HELPER_ADMIT)
    return render(request, "intake/batch.html", facts)


def _preview(request: SignedInRequest, batch: Batch) -> dict[str, Any]:
    ready = services.batch_open(batch, days.now())
    sheet, page = _number(request, "sheet", 0), _number(request, "page", 1)
    return {
        "ready": ready,
        "preview": selectors.preview(ready, request.user, batch.mapping, sheet, page, request.GET.get("bad") == "1"),
        "remembered": selectors.remembered(ready, batch.mapping),
        "wrongs": selectors.wrongs(ready),
        "notices": selectors.notices(ready),
        "differences": differing.page_of(ready, request.user, _number(request, "changed", 1)),
        "picture": selectors.land_picture(ready),
        "joined": selectors.land_joined(ready),
        "zones": selectors.zone_choices(ready),
        "blocks": blocks.blocks(request.user) if "block" in ready.asks else (),
    }


def _number(request: SignedInRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() and len(text) < 8 else default


@row(Action.IMPORT_RUN, "POST")
def batch_map(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    mapping = forms.mapping_of(request.POST, batch.kind)
    block = blocks.among(request.user, request.POST.get("block", ""))
    services.batch_map(batch, mapping=mapping, block=block, actor=request.user, at=days.now())
    messages.success(request, _("列的对照改好了，又读了一遍。"))
    return redirect("intake:batch", pk)


@row(Action.IMPORT_RUN, "POST")
def batch_forget(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    services.batch_forget(batch, actor=request.user, at=days.now())
    messages.success(request, _("忘掉了，按表里自己的列名又读了一遍。"))
    return redirect("intake:batch", pk)


@row(Action.IMPORT_RUN, "POST")
def batch_write(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    seen = {"changes_seen": request.POST.get("changes", "")[:64], "plan_seen": request.POST.get("plan", "")[:64]}
    services.batch_start(batch, actor=request.user, at=days.now(), **seen)
    return redirect("intake:batch", pk)


@row(Action.IMPORT_RUN, "POST")
def batch_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    services.batch_stop(batch)
    return redirect("intake:batch", pk)


@row(Action.IMPORT_RUN)
def batch_standing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Before a batch is taken back: how many rows go, or what stands in the way."""
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    if batch.state != "done":
        return redirect("intake:batch", pk)
    facts = {"batch": batch, "in_the_way": standing.in_the_way(batch), "is_table": selectors.is_table(batch)}
    return render(request, "intake/undo.html", facts)


@row(Action.IMPORT_RUN, "POST")
def batch_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    services.batch_undo(batch, actor=request.user, at=days.now())
    messages.success(request, _("整批撤回了，写进去的都拿出来了。"))
    return redirect("intake:batch", pk)


@row(Action.IMPORT_RUN, "POST")
def batch_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    services.batch_discard(batch, actor=request.user, at=days.now())
    messages.success(request, _("退掉了，什么都没有写入。"))
    return redirect("intake:list")


@row(Action.IMPORT_RUN)
def batch_bad(request: SignedInRequest, pk: int) -> FileResponse:
    """The rows to mend, as a workbook with a column that says why."""
    batch = access.batch_for(request.user, pk, Action.IMPORT_RUN)
    ready = services.look(batch, days.now())
    return FileResponse(bad_rows.workbook(ready.plan), as_attachment=True, filename=f"{batch.code}-要改的行.xlsx")
