"""Keeping a record true: propose somebody, change what is known, credentials, and the helper's own word that it holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common import crypto
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError
from heli.regions.services import names_note

from . import state_moves, words
from .models import Credential, Helper, HelperKind, HelperSkill, Organisation
from .services import digest_of

Facts = Mapping[str, Any]
SEALED = {"id_number": "id", "phone": "phone"}
LISTS = ("kinds", "skills")
OF_ORGANISATION = ("grade", "staff_count", "party", "contact")


@ledger.written
def helper_propose(*, facts: Facts, actor: Person, at: datetime) -> Helper:
    """A village or town registers somebody; the town and the line then say yes or no."""
    _check_unknown(facts)
    own = {name: value for name, value in facts.items() if name not in (*LISTS, *OF_ORGANISATION)}
    line = next((words.LINE_OF_KIND[kind] for kind in facts["kinds"] if kind in words.LINE_OF_KIND), "")
    helper = Helper.objects.create(**{**own, **_indexes(own), "line": line, "confirmed_on": local_day(at)})
    _set_lists(helper, facts)
    names_note([helper.name])
    ledger.append("helper.propose", subject=helper, actor=actor, at=at, digest=digest_of(helper))
    return helper


def _check_unknown(facts: Facts, but: int = 0) -> None:
    """Somebody with this ID, or with this name and telephone, stands in the register already."""
    known = Helper.objects.exclude(pk=but)
    by_id = known.filter(id_index=crypto.blind(facts["id_number"], "id")) if facts.get("id_number") else known.none()
    phone = crypto.blind(facts.get("phone", ""), "phone")
    by_phone = known.filter(name=facts["name"], phone_index=phone) if facts.get("phone") else known.none()
    found = by_id.first() or by_phone.first()
    if found:
        raise DomainError(
            "helper_known", _("%(name)s已经在资源库里了。") % {"name": found.name}, kept=_("没有登记第二份。"),
            todo=_("请到资源库里找到他，改那一份。"),
        )  # fmt: skip


@ledger.written
def helper_edit(helper: Helper, *, version: int, facts: Facts, actor: Person, at: datetime) -> Helper:
    """Change what is known of somebody. The second of two editors is told."""
    before = digest_of(helper)
    if facts.get("id_number") or facts.get("phone"):
        _check_unknown({"name": helper.name, **facts}, but=helper.pk)
    own = {name: value for name, value in facts.items() if name not in (*LISTS, *OF_ORGANISATION)}
    fields = sorted(name for name in own if getattr(helper, name) != own[name])
    claimed = Helper.objects.filter(pk=helper.pk, version=version)
    if not claimed.update(version=F("version") + 1, **{**own, **_indexes(own)}):
        raise Conflict("helper_moved", _("这一位的资料刚刚有人改过。"), kept=_("您写的没有存。"),
                       todo=_("请回到上一页，刷新后再改。"))  # fmt: skip
    _set_lists(helper, facts)
    names_note([facts.get("name", "")])
    helper.refresh_from_db()
    ledger.append("helper.edit", subject=helper, actor=actor, at=at, fields=fields, before=before,
                  digest=digest_of(helper))  # fmt: skip
    return helper


def _indexes(facts: Facts) -> dict[str, str]:
    return {f"{kind}_index": crypto.blind(facts[name], kind) for name, kind in SEALED.items() if name in facts}


def _set_lists(helper: Helper, facts: Facts) -> None:
    """Kinds and skills as written; a skill keeps the level it had. What is said of an organisation beside."""
    if "kinds" in facts:
        helper.kinds.exclude(kind__in=facts["kinds"]).delete()
        HelperKind.objects.bulk_create(
            (HelperKind(helper=helper, kind=kind) for kind in facts["kinds"]), ignore_conflicts=True
        )
    if "skills" in facts:
        helper.skills.exclude(skill__in=facts["skills"]).delete()
        HelperSkill.objects.bulk_create(
            (HelperSkill(helper=helper, skill=skill) for skill in facts["skills"]), ignore_conflicts=True
        )
    told = {name: facts[name] for name in OF_ORGANISATION if name in facts}
    if told and helper.is_organisation:
        Organisation.objects.update_or_create(helper=helper, defaults=told)


@ledger.written
def helper_confirm(helper: Helper, *, actor: Person, at: datetime) -> Helper:
    """The helper says that the record still holds: one tap."""
    before = digest_of(helper)
    Helper.objects.filter(pk=helper.pk).update(confirmed_on=local_day(at))
    helper.confirmed_on = local_day(at)
    ledger.append("helper.confirm", subject=helper, actor=actor, at=at, before=before, digest=digest_of(helper))
    return helper


@ledger.written
def helper_set_state(helper: Helper, *, verb: str, reason: str, actor: Person, at: datetime) -> Helper:
    """Suspend, take up again or retire one helper, with a reason."""
    return state_moves.move(helper, verb=verb, reason=reason, level="town", actor=actor, at=at)


@ledger.written
def credential_add(
    helper: Helper, *, name: str, number: str, issuer: str, valid_until: date | None, actor: Person, at: datetime
) -> Credential:
    """A licence that somebody at the desk has looked at."""
    if valid_until and valid_until < local_day(at):
        raise DomainError(
            "credential_expired", _("这张证照已经过期了。"), kept=_("没有记下。"), todo=_("请看新的那一张。")
        )
    credential = Credential.objects.create(helper=helper, name=name, number=number, issuer=issuer,
                                           valid_until=valid_until, checked_on=local_day(at), checked_by=actor)  # fmt: skip
    ledger.append("helper.credential", subject=helper, actor=actor, at=at, name=name, until=valid_until)
    return credential


@ledger.written
def credential_end(credential: Credential, *, actor: Person, at: datetime) -> None:
    """The licence no longer counts."""
    ledger.append("helper.credential_end", subject=credential.helper, actor=actor, at=at, name=credential.name)
    credential.delete()
