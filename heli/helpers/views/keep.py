"""Keeping the register: propose, change, vet, licences, lending, duplicates."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heli.access import Action, collection, row
from heli.access.requests import SignedInRequest
from heli.common import days
from heli.common.errors import DomainError, NotVisible
from heli.helpers import access, forms, keeping, lending, lines, merging, selectors
from heli.helpers.models import Helper
from heli.messages.services import tell
from heli.regions.selectors import name_of

NOT_SEEN = -1  # no record has this version: whoever saw another one is told


def _form(request: SignedInRequest, make: Any, **facts: Any) -> Any:
    return make(request.POST if request.method == "POST" else None, **facts)


def _asks(
    request: SignedInRequest, helper: Helper, form: Any, words: tuple[Any, Any, Any], work: Callable[..., Any],
    told: Callable[[Any], dict[str, Any]] = lambda form: form.cleaned_data, **facts: Any,
) -> HttpResponse:  # fmt: skip
    """An office page with one form about a helper. `words`: its title, its button, what is said once it is done;
    `work` is the verb, which gets what the form has `told`."""
    title, button, done = words
    if request.method == "POST" and form.is_valid():
        work(**told(form), actor=request.user, at=days.now())
        messages.success(request, done)
        return redirect("helpers:file", helper.pk)
    return _page(request, title, form, button, helper=helper, **facts)


def _page(request: SignedInRequest, title: Any, form: Any, button: Any, **facts: Any) -> HttpResponse:
    shown = {"title": title, "form": form, "button": button, **facts}
    return render(request, "helpers/form.html", shown, status=422 if form.errors else 200)


@collection(Action.HELPER_PROPOSE, "GET", "POST")
def helper_new(request: SignedInRequest) -> HttpResponse:
    """Register somebody; the town and the line then look at it."""
    places = selectors.places_to_choose(request.user, Action.HELPER_PROPOSE)
    form = _form(request, forms.HelperForm, places=places)
    if request.method == "POST" and form.is_valid():
        helper = keeping.helper_propose(facts=form.facts(), actor=request.user, at=days.now())
        messages.success(request, _("登记好了：%(name)s，等镇里审核。") % {"name": helper.name})
        return redirect("helpers:file", helper.pk)
    return _page(request, _("登记一位"), form, _("登记这一位"))


@row(Action.HELPER_EDIT, "GET", "POST")
def helper_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    helper = access.helper_for(request.user, pk, Action.HELPER_EDIT)
    places = selectors.places_to_choose(request.user, Action.HELPER_EDIT)
    form = _form(request, forms.HelperForm, places=places, initial=selectors.facts_of(helper))
    version = request.POST.get("version", str(helper.version))
    work = partial(keeping.helper_edit, helper, version=helper.version if version == str(helper.version) else NOT_SEEN)
    words = (_("改资料"), _("存下"), _("存好了。"))
    return _asks(request, helper, form, words, work, lambda form: {"facts": form.facts()}, version=version)


@row(Action.HELPER_EDIT, "GET", "POST")
def helper_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Suspend, take up again, retire."""
    helper = access.helper_for(request.user, pk, Action.HELPER_EDIT)
    words = (_("暂停、恢复或退出"), _("就这样改"), _("改好了。"))
    return _asks(request, helper, _form(request, forms.StateForm), words, partial(keeping.helper_set_state, helper))


@row(Action.HELPER_VET_LINE, "GET", "POST")
def line_vet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The line's word on somebody of its kind."""
    helper = access.helper_for(request.user, pk, Action.HELPER_VET_LINE)
    words = (_("归口单位怎么看"), _("写下意见"), _("意见记下了。"))
    form = _form(request, forms.LineForm)
    return _asks(request, helper, form, words, partial(lines.line_vet, helper), lambda form: form.facts())


@row(Action.HELPER_EDIT, "GET", "POST")
def credential_add(request: SignedInRequest, pk: int) -> HttpResponse:
    helper = access.helper_for(request.user, pk, Action.HELPER_EDIT)
    words = (_("记一张证照"), _("看过原件，记下"), _("证照记下了。"))
    return _asks(request, helper, _form(request, forms.CredentialForm), words, partial(keeping.credential_add, helper))


@row(Action.HELPER_EDIT, "POST")
def credential_end(request: SignedInRequest, pk: int, credential_pk: int) -> HttpResponse:
    helper = access.helper_for(request.user, pk, Action.HELPER_EDIT)
    credential = selectors.credential_of(helper, credential_pk)
    if credential is None:
        raise NotVisible("not_found", _("没有找到这一页。"))
    keeping.credential_end(credential, actor=request.user, at=days.now())
    messages.success(request, _("这张证照不算了。"))
    return redirect("helpers:file", pk)


@row(Action.HELPER_LEND, "GET", "POST")
def loan_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The city asks a town to lend somebody."""
    helper = access.helper_for(request.user, pk, Action.HELPER_LEND)
    form = _form(request, forms.LoanForm, towns=selectors.towns_to_lend(helper))
    words = (_("借到别的镇"), _("问所在镇"), _("问出去了：先等所在镇，再等本人。"))
    return _asks(request, helper, form, words, partial(lending.loan_ask, helper))


@row(Action.HELPER_LEND_AGREE, "POST")
def loan_home(request: SignedInRequest, pk: int) -> HttpResponse:
    """The helper's town answers; with a yes the helper is asked."""
    loan = access.loan_for(request.user, pk, Action.HELPER_LEND_AGREE)
    agreed = _answer(request)
    lending.loan_home(loan, agreed=agreed, actor=request.user, at=days.now())
    if agreed:
        tell(loan.helper.person, "loan_asked", about=loan.helper, at=days.now(), town=name_of(loan.to_code))
    messages.success(request, _("回好了，再等本人答复。") if agreed else _("回好了，这次不借。"))
    return redirect("helpers:list")


@row(Action.HELPER_LEND_AGREE, "POST")
def loan_end(request: SignedInRequest, pk: int) -> HttpResponse:
    loan = access.loan_for(request.user, pk, Action.HELPER_LEND_AGREE)
    lending.loan_end(loan, actor=request.user, at=days.now())
    messages.success(request, _("借用结束了，手上的事办完为止。"))
    return redirect("helpers:file", loan.helper_id)


def _answer(request: SignedInRequest) -> bool:
    form = forms.AnswerForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad_answer", _("请选同意或不同意。"), kept=_("什么都没有变。"))
    return bool(form.cleaned_data["answer"] == "yes")


@collection(Action.HELPER_EDIT)
def helpers_alike(request: SignedInRequest) -> HttpResponse:
    """Records that are perhaps one person."""
    return render(request, "helpers/alike.html", {"groups": merging.alike(request.user)})


@collection(Action.HELPER_EDIT, "POST")
def helpers_merge(request: SignedInRequest) -> HttpResponse:
    """Put two records together; the person chose which one stays."""
    form = forms.MergeForm(request.POST)
    if not form.is_valid():
        raise DomainError("merge_unclear", _("请选留下哪一份。"), kept=_("什么都没有变。"))
    keep = access.helper_for(request.user, form.cleaned_data["keep"], Action.HELPER_EDIT)
    gone = access.helper_for(request.user, form.gone(), Action.HELPER_EDIT)
    merging.helpers_merge(keep, gone, reason=form.cleaned_data["reason"], actor=request.user, at=days.now())
    messages.success(request, _("合成一份了：%(name)s。") % {"name": keep.name})
    return redirect("helpers:alike")
