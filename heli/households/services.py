"""Changes of a file, one verb each. Whoever writes says which version was seen; the second of two is told the
difference instead of writing over the first."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.blocks import services as blocks
from heli.blocks.models import Block
from heli.common import crypto
from heli.common.errors import Conflict, DomainError
from heli.ledger import Seal, digests
from heli.regions.services import names_note

from . import shares as share_rules
from . import state
from .bulk import WITH_PARTS
from .models import House, Household, Link, Member, Share

Facts = Mapping[str, Any]
Told = tuple[dict[str, Any], dict[str, Any]]  # what stood there, what stands there now
SEALED_OF_MEMBER = {"id_number": "id", "phone": "phone"}


@ledger.written
def household_add(
    *, head: str, region_code: str, block: Block | None, town_code: str, actor: Person, at: datetime, **facts: Any
) -> Household:
    """A new file, opened by hand."""
    code = blocks.household_codes(block, 1)[0] if block else secrets.token_hex(8)
    household = Household.objects.create(code=code, region_code=region_code, block=block, town_code=town_code, **facts)
    if block is None:  # a number that nobody had before, whatever was taken away since
        household.code = f"{town_code[6:9]}-H{household.pk}"
        household.save(update_fields=["code"])
    Member.objects.create(household=household, role=Member.Role.HEAD, name=head.strip())
    names_note([head])
    ledger.append("household.add", subject=household, actor=actor, at=at, digest=_digest(household))
    return household


@ledger.written
def household_edit(household: Household, *, version: int, facts: Facts, actor: Person, at: datetime) -> Household:
    """Change what is said of the household itself: group, plot number, people, bays, wish, remark."""
    return _edit(household, version, "household", lambda: _set(household, facts), actor, at)


@ledger.written
def member_save(
    household: Household, member: Member | None, *, version: int, facts: Facts, actor: Person, at: datetime
) -> Household:
    """Add somebody to the household, or change what is known of them. There is one head: naming another makes the
    former one a member."""
    return _edit(household, version, "member", lambda: _save_member(household, member, facts), actor, at)


@ledger.written
def member_remove(household: Household, member: Member, *, version: int, actor: Person, at: datetime) -> Household:
    """Take somebody out who does not belong here. The head stays, and so does whoever holds a share."""
    if member.role == Member.Role.HEAD:
        raise DomainError("head_stays", _("户主不能拿掉。"), kept=_("什么都没有变。"), todo=_("请先让另一位当户主。"))
    if member.shares.exists():
        raise DomainError("share_stays", _("这位名下有份额。"), kept=_("什么都没有变。"), todo=_("请先改份额。"))
    return _edit(household, version, "member", lambda: _remove(member, state.MEMBER), actor, at)


@ledger.written
def house_save(
    household: Household, house: House | None, *, version: int, facts: Facts, actor: Person, at: datetime
) -> Household:
    """Add a building, or change what is known of it."""
    return _edit(household, version, "house", lambda: _save_house(household, house, facts), actor, at)


@ledger.written
def house_remove(household: Household, house: House, *, version: int, actor: Person, at: datetime) -> Household:
    return _edit(household, version, "house", lambda: _remove(house, state.HOUSE), actor, at)


@ledger.written
def shares_set(
    household: Household, *, version: int, parts: Mapping[int, tuple[int, int]], source: str, actor: Person,
    at: datetime,
) -> Household:  # fmt: skip
    """Who holds which part, as fractions by member; all of them sum to one, or there are none yet."""
    share_rules.check(parts.values())
    return _edit(household, version, "shares", lambda: _set_shares(household, parts, source), actor, at)


@ledger.written
def link_set(household: Household, *, version: int, host: Household | None, actor: Person, at: datetime) -> Household:
    """Count the household with a host (挂靠), or by itself again."""
    if host is not None:
        _check_host(household, host)
    return _edit(household, version, "link", lambda: _set_link(household, host), actor, at)


def _check_host(household: Household, host: Household) -> None:
    if host.pk == household.pk:
        raise DomainError("own_host", _("不能挂靠在自己名下。"), kept=_("什么都没有变。"))
    if Link.objects.filter(household=host).exists() or household.guests.exists():
        raise DomainError("host_is_guest", _("挂靠只有一层：那一户自己也是挂靠，或者这一户名下已有挂靠。"),
                          kept=_("什么都没有变。"), todo=_("请先解开那一头。"))  # fmt: skip


def _edit(
    household: Household, version: int, what: str, work: Callable[[], Told], actor: Person, at: datetime
) -> Household:
    """Claim the version, do the work, tell the ledger: digests in the open, the values sealed."""
    before = _digest(household)
    if not Household.objects.filter(pk=household.pk, version=version).update(version=F("version") + 1):
        raise moved_meanwhile()
    old, new = work()
    fields = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    ledger.append(
        "household.edit", subject=household, actor=actor, at=at, what=what, fields=fields, before=before,
        digest=_digest(household), old=_kept(old, fields), new=_kept(new, fields),
    )  # fmt: skip
    household.refresh_from_db()
    return household


def moved_meanwhile() -> Conflict:
    return Conflict("household_moved", _("这一户刚刚有人改过。"), kept=_("您写的都还在。"), todo=_("请对着选一个。"))


def _kept(told: Facts, fields: Sequence[str]) -> Seal:
    return Seal({name: told.get(name) for name in fields}, keep=True)


def _digest(household: Household) -> str:
    return _digests([household.pk])[str(household.pk)]


def _digests(pks: Sequence[int]) -> dict[str, str]:
    rows = Household.objects.filter(pk__in=pks).order_by("pk").prefetch_related(*WITH_PARTS)
    return digests.digests("household", dict(state.states(rows)))


def _set(row: Any, facts: Facts) -> Told:
    old = {name: getattr(row, name) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    return old, dict(facts)


def _save_member(household: Household, member: Member | None, facts: Facts) -> Told:
    if facts.get("role") == Member.Role.HEAD:
        others = household.members.filter(role=Member.Role.HEAD).exclude(pk=member.pk if member else 0)
        others.update(role=Member.Role.MEMBER)
    if "name" in facts:
        names_note([facts["name"]])
    found = {**facts, **_indexes(facts)}
    if member is None:
        Member.objects.create(household=household, **found)
        return {}, dict(facts)
    old = {name: getattr(member, name) for name in facts}
    _set(member, found)
    return old, dict(facts)


def _indexes(facts: Facts) -> dict[str, str]:
    found = {
        f"{kind}_index": crypto.blind(facts[name], kind) for name, kind in SEALED_OF_MEMBER.items() if name in facts
    }
    return found | ({"phone_tail": facts["phone"][-4:]} if "phone" in facts else {})


def _save_house(household: Household, house: House | None, facts: Facts) -> Told:
    if house is not None:
        return _set(house, facts)
    House.objects.create(household=household, **facts)
    return {}, dict(facts)


def _remove(row: Any, names: Sequence[str]) -> Told:
    old = {name: getattr(row, name) for name in names}
    row.delete()
    return old, {}


def _set_shares(household: Household, parts: Mapping[int, tuple[int, int]], source: str) -> Told:
    members = {member.pk: member for member in household.members.all()}
    old = {members[share.member_id].name: share_rules.said(share) for share in household.shares.all()}
    household.shares.all().delete()
    Share.objects.bulk_create(
        Share(household=household, member=members[pk], numerator=up, denominator=down, source=source)
        for pk, (up, down) in parts.items()
    )
    return old, {members[pk].name: f"{up}/{down}" for pk, (up, down) in parts.items()}


def _set_link(household: Household, host: Household | None) -> Told:
    link = Link.objects.filter(household=household).select_related("host").first()
    old = {"host": link.host.code if link else ""}
    Link.objects.filter(household=household).delete()
    if host is not None:
        Link.objects.create(household=household, host=host)
    return old, {"host": host.code if host else ""}
