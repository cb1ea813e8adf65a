"""Papers of a household: all of them on one page, and new ones taken in."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from heli import lists
from heli.access import Action, collection, row
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError
from heli.common.htmx import page_or_part
from heli.households import access, filing
from heli.households.due import PAPERS
from heli.households.models import Household
from heli.papers import forms
from heli.papers import services as paper_services


@collection(Action.PAPER_OPEN)
def papers_kept(request: SignedInRequest) -> HttpResponse:
    """Papers of all households by the day they are kept until."""
    return page_or_part(request, "households/kept.html", "lists/_list.html", listed=lists.listed(request, PAPERS))


@row(Action.PAPER_VIEW)
def papers(request: SignedInRequest, pk: int) -> HttpResponse:
    household = access.household_for(request.user, pk, Action.PAPER_VIEW)
    return render(request, "households/papers.html", _facts(request, household))


@row(Action.PAPER_ADD, "POST")
def papers_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of each file, above the papers that are there now."""
    household = access.household_for(request.user, pk, Action.PAPER_ADD)
    form = forms.KindForm(request.POST)
    files = request.FILES.getlist("files")
    if not files or not form.is_valid():
        raise DomainError("paper_none", _("请先选文件，再选是什么材料。"), kept=_("别的材料都在，没有动。"))
    told = paper_services.papers_add(
        filing.subject(household), _handed(files), kind=form.cleaned_data["kind"], actor=request.user, at=days.now()
    )
    facts = _facts(request, household) | {"told": told, "chosen": form.cleaned_data["kind"]}
    return render(request, "households/papers.html", facts, status=200 if any(one.paper for one in told) else 422)


def _handed(files: list[Any]) -> Iterator[paper_services.Handed]:
    """One at a time, so that not all of them lie in memory at once."""
    for file in files:
        yield paper_services.handed(file.name or "", file.chunks())


def _facts(request: SignedInRequest, household: Household) -> dict[str, Any]:
    return {"household": household, "facts": filing.all_facts(household, request.user)}
