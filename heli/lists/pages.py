"""The routes that every register has beside its list: export, keep a view, act upon many. Each wears the register's
own right, so they stand in the table of routes like any other."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from heli.access import collection
from heli.access.doors import may_ever, rows
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import Conflict, DomainError, NotPermitted

from . import forms, services
from .acts import MOST, Act
from .asked import Asked, read
from .columns import Register

SHOWN = 8  # rows of an act, as a look
NUMBER = re.compile(r"[0-9]{1,18}")  # a row's number as a database can hold it
Page = Callable[..., HttpResponseBase]


def paths(register: Register, base: str) -> list[URLPattern]:
    """`base` is the address of the list, like `households/`."""
    return [
        path(f"{base}export/", _export(register), name="export"),
        path(f"{base}views/", _view(register), name="view_save"),
        path(f"{base}chosen/", _chosen(register), name="chosen"),
    ]


def _in(request: SignedInRequest) -> str:
    """The list's query as it stood on the page."""
    return str(request.POST.get("in", ""))[:1000]


def _export(register: Register) -> Page:
    @collection(register.action, "POST")
    def export(request: SignedInRequest) -> HttpResponse:
        """A file of what the list shows."""
        form = forms.ExportForm(request.POST)
        if not form.is_valid():
            raise DomainError("bad_form", _("请选导出成哪一种文件。"))
        asked = read(request, register, _in(request))
        made = services.export_start(asked, sheet=form.cleaned_data["sheet"], at=days.now())
        return redirect("lists:export", made.pk)

    return export


def _view(register: Register) -> Page:
    @collection(register.action, "POST")
    def view_save(request: SignedInRequest) -> HttpResponse:
        """Keep the filter, sorting and columns under a name."""
        form = forms.ViewForm(request.POST)
        form.is_valid()
        facts = form.cleaned_data
        asked = read(request, register, _in(request))
        view = services.view_save(
            owner=request.user, register=register, name=facts.get("name", ""), query=asked.query(view=""),
            shared=facts.get("shared", False),
        )  # fmt: skip
        messages.success(request, _("存好了视图“%(name)s”。") % {"name": view.name})
        return redirect(f"{reverse(register.url)}?{asked.query(view=view.pk)}")

    return view_save


def _chosen(register: Register) -> Page:
    @collection(register.action, "POST")
    def chosen(request: SignedInRequest) -> HttpResponse:
        """What an act would do to the chosen rows; done once the person is sure."""
        act = register.act(request.POST.get("act", ""))
        if act is None:
            raise DomainError("act_unknown", _("没有这种批量办法。"), kept=_("什么都没有变。"))
        if not may_ever(request.user, act.action):
            raise NotPermitted("not_permitted", _("这件事不归您办。"))
        asked = read(request, register, _in(request))
        found, how_many = _found(request, asked, act)
        form = act.form(request.user)(request.POST if "sure" in request.POST else None) if act.form else None
        sure = forms.SureForm(request.POST, expected=how_many) if "sure" in request.POST else None
        if sure is not None and sure.is_valid() and (form is None or form.is_valid()):
            return _done(request, asked, act, found, form.cleaned_data if form else {})
        return _asks(request, asked, act, found, form, sure)

    return chosen


def _found(request: SignedInRequest, asked: Asked, act: Act) -> tuple[QuerySet[Any], int]:
    """The chosen rows on which the person may do this (those ticked, or all that the filter finds), and how many."""
    may = rows(asked.register.model, request.user, act.action).filter(asked.register.within)
    if request.POST.get("all_matching") == "1":
        found = may.filter(asked.condition())
    else:
        found = may.filter(pk__in=[pk for pk in request.POST.getlist("pk") if NUMBER.fullmatch(pk)])
    how_many = found.count()
    if not how_many:
        raise DomainError("none_chosen", _("还没有选。"), kept=_("什么都没有变。"), todo=_("请先在名单里勾选。"))
    if how_many > MOST:
        raise DomainError(
            "too_many",
            _("一次最多办 %(most)s 条。") % {"most": MOST},
            kept=_("什么都没有变。"),
            todo=_("请用筛选分几次办。"),
        )
    return found.order_by(*asked.register.default_order), how_many


def _parted(asked: Asked, act: Act, found: QuerySet[Any]) -> tuple[list[Any], list[tuple[Any, Any]]]:
    """Rows that the act will change, and those it leaves out with the reason."""
    told = list(asked.register.joined(found))
    barred = act.barred(told)
    return [row for row in told if row.pk not in barred], [(row, barred[row.pk]) for row in told if row.pk in barred]


def _asks(request: SignedInRequest, asked: Asked, act: Act, found: QuerySet[Any], form: Any, sure: Any) -> HttpResponse:
    will, barred = _parted(asked, act, found)
    register = asked.register
    facts = {
        "act": act, "asked": asked, "form": form, "sure": sure, "wrong": bool(sure),
        "will": len(will), "chosen": len(will) + len(barred), "said": register.count_word(len(will)),
        "lines": register.lines(_whole(register, found, will[:SHOWN]), request.user),
        "columns": asked.columns[:3], "barred": barred[:20], "barred_more": max(0, len(barred) - 20),
        "all_matching": request.POST.get("all_matching") == "1", "pks": request.POST.getlist("pk"),
        "title": act.title(register.count_word(len(will))),
        "action": request.path, "back": f"{reverse(register.url)}?{asked.query()}",
    }  # fmt: skip
    return render(request, "lists/chosen.html", facts, status=422 if sure else 200)


def _whole(register: Register, found: QuerySet[Any], rows_: list[Any]) -> list[Any]:
    """These rows with what their lines need."""
    return list(register.whole(found.filter(pk__in=[row.pk for row in rows_])))


def _done(
    request: SignedInRequest, asked: Asked, act: Act, found: QuerySet[Any], facts: dict[str, Any]
) -> HttpResponse:
    will, _barred = _parted(asked, act, found)
    if not will:
        raise Conflict("none_left", _("选中的都办不了，什么都没有变。"))
    bulk = services.bulk_do(asked.register, act, will, facts=facts, actor=request.user, at=days.now())
    undo = reverse("lists:undo", args=[bulk.pk]) if act.undo else ""
    text = _("办好了：%(what)s。") % {"what": act.title(asked.register.count_word(bulk.rows))}
    messages.success(request, text, extra_tags=undo)
    return redirect(f"{reverse(asked.register.url)}?{asked.query()}")
