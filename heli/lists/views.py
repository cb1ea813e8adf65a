from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heli.access import Action, own, signed_in
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError
from heli.common.htmx import page_or_part

from . import access, exporting, selectors, services
from .asked import read
from .columns import named


@signed_in()
def kept(request: SignedInRequest) -> HttpResponse:
    """Files made of lists and acts upon many rows: one's own."""
    facts = {"exports": selectors.export_lines(request.user), "bulks": selectors.bulk_lines(request.user)}
    return render(request, "lists/kept.html", facts)


@own(Action.LIST_KEEP)
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the file is, and where to take it."""
    export = access.export_for(request.user, pk, Action.LIST_KEEP)
    register = named(export.register)
    facts: dict[str, Any] = {"export": export, "far": selectors.how_far(export), "register": register,
             "back": f"{reverse(register.url)}?{export.query}"}  # fmt: skip
    return page_or_part(request, "lists/export.html", "lists/_export.html", **facts)


@own(Action.LIST_KEEP)
def export_file(request: SignedInRequest, pk: int) -> FileResponse:
    export = access.export_for(request.user, pk, Action.LIST_KEEP)
    if not export.file:
        raise DomainError("export_not_ready", _("文件还没有做好。"), todo=_("请过一会儿再来取。"))
    asked = read(request, named(export.register), export.query)
    name = exporting.file_name(asked, export.sheet, days.local_day(export.at))
    answer = FileResponse(exporting.path_of(export.file).open("rb"), as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


@own(Action.LIST_KEEP, "POST")
def view_forget(request: SignedInRequest, pk: int) -> HttpResponse:
    view = access.savedview_for(request.user, pk, Action.LIST_KEEP)
    services.view_forget(view)
    messages.success(request, _("视图“%(name)s”删掉了，名单没有变。") % {"name": view.name})
    return redirect(named(view.register).url)


@own(Action.LIST_KEEP, "POST")
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an act upon many rows back."""
    bulk = access.bulk_for(request.user, pk, Action.LIST_KEEP)
    back = services.bulk_undo(bulk, actor=request.user, at=days.now())
    register = named(bulk.register)
    messages.success(request, _("撤回了：%(what)s 和原来一样了。") % {"what": register.count_word(back)})
    return redirect(register.url)
