"""Answers that belong to no room: refusals, errors, language, health."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from . import errors, logs
from .htmx import is_swap


def refused(request: HttpRequest, error: errors.DomainError) -> HttpResponse:
    """The four parts of an error: what happened, what is kept, what to do, whom to call."""
    facts = {"problem": error, "reference": logs.request_id.get()}
    if is_swap(request):
        response = render(request, "parts/_problem.html", facts, status=error.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#problem", "innerHTML"
        return response
    pages = {403: "403.html", 404: "404.html"}
    return render(request, pages.get(error.status, "refused.html"), facts, status=error.status)


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the button stood on, never to another site."""
    there = request.POST.get("next") or request.headers.get("Referer") or "/"
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(there if safe else "/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, BadRequest())


class BadRequest(errors.DomainError):
    status = 400

    def __init__(self) -> None:
        super().__init__("bad_request", _("这个请求读不懂。"), todo=_("请回到上一页再试一次。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, errors.NotPermitted("not_permitted", _("这一页不归您看。")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, errors.NotVisible("not_found", _("没有找到这一页。")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    problem = errors.NotPermitted(
        "form_expired",
        _("这一页开得太久，没有存成。"),
        kept=_("已经存下的都还在。"),
        todo=_("请回到上一页，刷新后再按一次。"),
    )
    return refused(request, problem)


def server_error(request: HttpRequest) -> HttpResponse:
    """Must not need the database or a person: either may be what failed."""
    page = loader.get_template("500.html").render({"reference": logs.request_id.get()})
    return HttpResponse(page, status=500)


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM ledger_entry")
        head = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'")
        waiting = cursor.fetchone()[0]
    return JsonResponse({"database": True, "ledger_head": head, "jobs_waiting": waiting})
