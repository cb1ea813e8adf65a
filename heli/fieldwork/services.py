"""Writes of needs, trust and refusals."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common import codes
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError
from heli.helpers.models import Helper
from heli.households.models import Household
from heli.ledger import Seal
from heli.regions import moving

from .models import HelperRefusal, Need, Trust
from .words import KINDS


@ledger.written
def need_raise(
    household: Household, *, kind: str, title: str, actor: Person, at: datetime, text: str = "", wishes: str = "",
    avoid: str = "", features: Sequence[str] = (), urgency: int = 2, wanted_by: date | None = None, stage: str = "",
    source: str = "visit", prefer: Helper | None = None,
) -> Need:  # fmt: skip
    """Somebody of the household asks for help. Nothing here asks whether anything was signed."""
    if kind not in KINDS:
        raise DomainError("need_kind", _("请选一种要帮的忙。"), kept=_("您写的都还在。"))
    if wanted_by and wanted_by < local_day(at):
        raise DomainError(
            "wanted_by_past", _("想办好的日子已经过了。"), kept=_("您写的都还在。"), todo=_("请改一个日子。")
        )
    need = Need.objects.create(
        code=secrets.token_hex(8), household=household, region_code=household.region_code, kind=kind, title=title, text=text,
        wishes=wishes, avoid=avoid, features=list(features), urgency=urgency, wanted_by=wanted_by, stage=stage,
        source=source, prefer=prefer, raised_by=actor, raised_at=at,
    )  # fmt: skip
    need.code = f"XQ-{local_day(at):%m%d}-{need.pk:03d}"
    need.save(update_fields=["code"])
    ledger.append(
        "need.raise", subject=need, actor=actor, at=at, state="open", household=household.pk, kind=kind,
        urgency=urgency, source=source, wanted_by=wanted_by, title=Seal(title, keep=True), text=Seal(text),
    )  # fmt: skip
    return need


EDITABLE = ("title", "kind", "urgency", "wanted_by", "text")


@ledger.written
def need_edit(need: Need, *, old: Mapping[str, Any], new: Mapping[str, Any], actor: Person, at: datetime) -> Need:
    """Put right what was written down of an open need; claimed by what stood there."""
    if new.get("kind", need.kind) not in KINDS or not set(new) <= set(EDITABLE):
        raise DomainError("need_kind", _("请选一种要帮的忙。"), kept=_("您写的都还在。"))
    live = Need.objects.filter(pk=need.pk, state__in=("open", "asked", "under_way"))
    if not live.filter(**old).update(**new):
        raise Conflict(
            "need_moved", _("有人刚刚动过这件事。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
        )
    told = {name: str(value) if isinstance(value, date) else value for name, value in new.items()}
    had = {name: str(value) if isinstance(value, date) else value for name, value in old.items()}
    ledger.append("need.edit", subject=need, actor=actor, at=at, fields=sorted(new), old=Seal(had, keep=True),
                  new=Seal(told, keep=True))  # fmt: skip
    need.refresh_from_db()
    return need


@ledger.written
def need_move(need: Need, *, origin: str, to: str, verb: str, actor: Person | None, at: datetime) -> Need:
    """Claim the need by its old state; called by the rooms that work on it."""
    closed = at if to in {"done", "withdrawn"} else None
    if not Need.objects.filter(pk=need.pk, state=origin).update(state=to, closed_at=closed):
        raise Conflict(
            "need_moved", _("有人刚刚动过这件事。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
        )
    ledger.append(f"need.{verb}", subject=need, actor=actor, at=at, old=origin, state=to)
    need.state, need.closed_at = to, closed
    return need


@ledger.written
def need_withdraw(need: Need, *, actor: Person, at: datetime) -> Need:
    """The household does not need it any more. Only while nobody is on the way."""
    return need_move(need, origin="open", to="withdrawn", verb="withdraw", actor=actor, at=at)


@ledger.written
def trust_name(household: Household, helper: Helper, *, heard: str, actor: Person, at: datetime) -> Trust:
    trust, new = Trust.objects.get_or_create(
        household=household, helper=helper, defaults={"named_on": local_day(at), "heard": heard}
    )
    if new:
        ledger.append("household.trust", subject=household, actor=actor, at=at, helper=Seal(helper.pk), heard=heard)
    return trust


@ledger.written
def helper_refuse(household: Household, helper: Helper, *, actor: Person, at: datetime) -> None:
    """No reason is asked, and nothing about the household's needs changes by it."""
    if HelperRefusal.objects.get_or_create(household=household, helper=helper, defaults={"since": at})[1]:
        ledger.append("household.refuse_helper", subject=household, actor=actor, at=at, helper=Seal(helper.pk))


def helper_merged(gone: Helper, keep: Helper) -> None:
    """Two records became one: whom households trust, and whom they do not want, is the one that stays."""
    for model in (Trust, HelperRefusal):
        held = set(model.objects.filter(helper=keep).values_list("household_id", flat=True))
        moved = model.objects.filter(helper=gone)
        moved.filter(household_id__in=held).delete()
        moved.update(helper=keep)


def needs_at(regions: list[str]) -> int:
    return Need.objects.filter(region_code__in=regions).count()


@ledger.written
def needs_relocate(moved: Mapping[str, str], *, actor: Person, at: datetime) -> int:
    """Where a village became another (old code → new), its needs lie in the new one."""
    rows = sum(Need.objects.filter(region_code=old).update(region_code=new) for old, new in moved.items())
    if rows:
        subject = moving.Moved(next(iter(moved)), "needs", f"town/{codes.town_of(next(iter(moved.values())))}")
        ledger.append("needs.relocate", subject=subject, actor=actor, at=at, moved=dict(moved), rows=rows)
    return rows
