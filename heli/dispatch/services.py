"""The verbs of a dispatch. Each claims its row by the old state; the loser is told who was first, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access import services as access_services
from heli.access.actions import As
from heli.access.models import Person
from heli.common import codes
from heli.common.days import local
from heli.common.errors import Conflict, DomainError
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.fieldwork.words import HEARD, KINDS
from heli.helpers.models import Helper
from heli.ledger import Seal
from heli.messages import quiet
from heli.messages.services import tell
from heli.regions import moving
from heli.regions import selectors as regions

from . import checks, table
from .models import Dispatch, MatchingRules, Proposal, TieAnswer
from .rules import Rules, document_of, refusals


@ledger.written
def dispatch_approve(
    need: Need, helper: Helper, *, official: Helper | None, actor: Person, at: datetime, meet_at: datetime | None = None
) -> Dispatch:
    """Approve this helper (the proposed one or another) and send the invitation. The approver's name is on it."""
    _check_meeting(meet_at, at)
    Helper.objects.select_for_update().only("pk").get(pk=helper.pk)  # one place is given once, also on PostgreSQL
    _claim_need(need, actor, at)
    proposal = Proposal.objects.filter(need=need, is_latest=True).first()
    by_hand = proposal is None or proposal.helper_id != helper.pk
    look = checks.look_at(need, helper, official, at=at, by_hand=by_hand)
    checks.stop_at(look.facts)
    dispatch = Dispatch.objects.create(
        need=need, helper=helper, official=official, region_code=need.region_code, state="invited",
        score=look.score, reasons=look.reasons, picked_by_hand=by_hand,
        meet_at=meet_at, approved_by=actor, approved_at=at,
    )  # fmt: skip
    ledger.append(
        "dispatch.approve", subject=dispatch, actor=actor, at=at, state="invited", need=need.pk, helper=helper.pk,
        official=official.pk if official else None, score=look.score, by_hand=dispatch.picked_by_hand,
    )  # fmt: skip
    _invite(dispatch, at)
    return dispatch


def _check_meeting(meet_at: datetime | None, at: datetime) -> None:
    if meet_at is None:
        return
    if quiet.is_quiet(meet_at):
        raise DomainError(
            "quiet_hours", _("晚上八点到早上八点不上门。"), kept=_("还没有邀请任何人。"), todo=_("请改一个时间。")
        )
    if meet_at < at:
        raise DomainError(
            "meeting_past", _("约的时间已经过了。"), kept=_("还没有邀请任何人。"), todo=_("请改一个时间。")
        )


def _claim_need(need: Need, actor: Person, at: datetime) -> None:
    try:
        fieldwork.need_move(need, origin="open", to="asked", verb="ask", actor=actor, at=at)
    except Conflict as conflict:
        raise _already(need) or conflict from conflict


def _already(need: Need) -> Conflict | None:
    """Who was first, and when."""
    first = Dispatch.objects.filter(need=need, state__in=table.LIVE).select_related("approved_by", "helper").first()
    if first is None:
        return None
    facts = {"who": first.approved_by.name, "when": f"{local(first.approved_at):%H:%M}", "helper": first.helper.name}
    return Conflict(
        "already_approved",
        _("%(who)s %(when)s 已经批准了%(helper)s，这一张不用再批。") % facts,
        kept=_("您的这一步没有写进去。"),
        todo=_("刷新就能看到。"),
        **facts,
    )


def _invite(dispatch: Dispatch, at: datetime) -> None:
    kind, town = KINDS[dispatch.need.kind], regions.name_of(dispatch.region_code[:9])
    tell(helper_account(dispatch.helper, at), "invitation", about=dispatch, at=at, town=town, ask=kind.ask)


def helper_account(helper: Helper, at: datetime) -> Person:
    """The account of a helper; made at the first invitation, without a password, if there is none."""
    if helper.person is not None:
        return helper.person
    from heli.access.roles import Role
    from heli.helpers import services as helper_services

    person = access_services.person_add(username=f"helper-{helper.pk}", name=helper.name, password=None, at=at)
    access_services.grant_give(person, role=Role.HELPER, region_code=helper.region_code, at=at)
    helper_services.helper_link_account(helper, person, actor=person, at=at)
    return person


@ledger.written
def rules_publish(rules: Rules, *, based_on: int, note: str, actor: Person, at: datetime) -> MatchingRules:
    """Put these rules of the match in force from now on. Runs made earlier keep the rules they were made with."""
    for refusal in refusals(rules):
        raise DomainError(refusal.code, refusal.message, kept=_("现在的规则没有变。"), todo=_("改好再启用。"))
    if not note.strip():
        raise DomainError("note_missing", _("请写一句为什么改。"), kept=_("现在的规则没有变，您改的还在。"))
    latest = MatchingRules.objects.order_by("-version").first()
    if (latest.version if latest else 0) != based_on:
        raise Conflict(
            "rules_moved",
            _("您改的时候，%(who)s已经启用了新的规则。") % {"who": latest.by.name if latest else ""},
            kept=_("您的这一步没有写进去。"),
            todo=_("请刷新再看。"),
        )
    row = MatchingRules.objects.create(version=based_on + 1, document=document_of(rules), note=note, by=actor, at=at)
    ledger.append(
        "matching.publish", subject=row, actor=actor, at=at, version=row.version, document=row.document, note=note
    )
    return row


@ledger.written
def invitation_clear(dispatch: Dispatch, *, actor: Person, at: datetime) -> Dispatch:
    """Step 1 answered "no tie": the name is shown from now on. The file opens only with the acceptance."""
    if not Dispatch.objects.filter(pk=dispatch.pk, state="invited", name_shown_at__isnull=True).update(
        name_shown_at=at
    ):
        raise _gone()
    ledger.append("dispatch.clear", subject=dispatch, actor=actor, at=at, state="invited")
    dispatch.name_shown_at = at
    return dispatch


@ledger.written
def invitation_accept(dispatch: Dispatch, *, actor: Person, at: datetime) -> Dispatch:
    """Step 2: the helper comes. What must hold is looked at once more; the relations open in the same transaction."""
    if dispatch.name_shown_at is None:
        raise DomainError("not_asked_yet", _("请先看第一步，答一下有没有关联。"))
    look = checks.look_at(
        dispatch.need, dispatch.helper, dispatch.official, at=at, by_hand=dispatch.picked_by_hand, dispatch=dispatch
    )
    checks.stop_at(look.facts)
    _move(dispatch, "accept", actor=actor, at=at, answered_at=at)
    _open_relations(dispatch, at)
    tell(dispatch.approved_by, "accepted", about=dispatch.need, at=at, **_names(dispatch))
    if dispatch.official:
        tell(dispatch.official.person, "accompany", about=dispatch.need, at=at, **_names(dispatch))
    return dispatch


@ledger.written
def invitation_decline(dispatch: Dispatch, *, actor: Person, at: datetime) -> Dispatch:
    """ "Not now": no reason asked, nothing changes for the helper."""
    _move(dispatch, "decline", actor=actor, at=at, answered_at=at, ended_at=at)
    _reopen(dispatch, at)
    return dispatch


@ledger.written
def invitation_bar(dispatch: Dispatch, *, actor: Person, at: datetime, kind: str = "") -> Dispatch:
    """A tie that rules the helper out. The officer learns only that somebody else is needed."""
    TieAnswer.objects.create(dispatch=dispatch, answer="may_not", kind=kind, at=at)
    _move(dispatch, "bar", actor=actor, at=at, answered_at=at, ended_at=at)
    _reopen(dispatch, at)
    return dispatch


@ledger.written
def invitation_ask_parties(dispatch: Dispatch, *, actor: Person, at: datetime, kind: str = "") -> Dispatch:
    """A weaker tie: the invitation waits for the household's word."""
    waiting = {"waits_for_household": True}
    if not Dispatch.objects.filter(pk=dispatch.pk, state="invited", waits_for_household=False).update(**waiting):
        raise _gone()
    TieAnswer.objects.create(dispatch=dispatch, answer="parties_decide", kind=kind, at=at)
    ledger.append("dispatch.ask_parties", subject=dispatch, actor=actor, at=at, state="invited")
    tell(dispatch.approved_by, "parties_decide", about=dispatch.need, at=at, **_names(dispatch))
    dispatch.waits_for_household = True
    return dispatch


@ledger.written
def household_agree(dispatch: Dispatch, *, heard: str, actor: Person, at: datetime) -> Dispatch:
    """The household wants this helper although there is a tie; an official or cadre heard it."""
    _check_heard(heard, dispatch, actor)
    agreed = {"waits_for_household": False, "household_agreed_at": at, "name_shown_at": at}
    if not Dispatch.objects.filter(pk=dispatch.pk, state="invited", waits_for_household=True).update(**agreed):
        raise _gone()
    ledger.append("dispatch.household_agrees", subject=dispatch, actor=actor, at=at, state="invited", heard=heard)
    tell(dispatch.helper.person, "go_ahead", about=dispatch, at=at, ask=KINDS[dispatch.need.kind].ask)
    return dispatch


@ledger.written
def household_refuse(dispatch: Dispatch, *, heard: str, actor: Person, at: datetime) -> Dispatch:
    """The household does not want this helper. No reason is asked and nothing else changes for it."""
    _check_heard(heard, dispatch, actor)
    fieldwork.helper_refuse(dispatch.need.household, dispatch.helper, actor=actor, at=at)
    _move(dispatch, "refuse", actor=actor, at=at, ended_at=at)
    access_services.relations_close(dispatch, dispatch.need, at=at)
    fieldwork.need_move(dispatch.need, origin=_need_state(dispatch), to="open", verb="reopen", actor=actor, at=at)
    tell(dispatch.helper.person, "not_needed", about=dispatch, at=at)
    return dispatch


@ledger.written
def dispatch_recall(dispatch: Dispatch, *, actor: Person, at: datetime) -> Dispatch:
    """Take an invitation back that was not answered yet."""
    _move(dispatch, "recall", actor=actor, at=at, ended_at=at)
    fieldwork.need_move(dispatch.need, origin="asked", to="open", verb="reopen", actor=actor, at=at)
    tell(dispatch.helper.person, "invitation_recalled", about=dispatch, at=at)
    return dispatch


@ledger.written
def dispatch_begin(dispatch: Dispatch, *, actor: Person, at: datetime) -> Dispatch:
    """First contact made: the help is under way."""
    _move(dispatch, "begin", actor=actor, at=at)
    fieldwork.need_move(dispatch.need, origin="asked", to="under_way", verb="begin", actor=actor, at=at)
    return dispatch


@ledger.written
def dispatch_finish(dispatch: Dispatch, *, word: str, heard: str, actor: Person, at: datetime) -> Dispatch:
    """Done, with the household's word and how it was heard; never by the helper alone. The place is free again."""
    _check_heard(heard, dispatch, actor)
    if not word.strip():
        raise DomainError("word_missing", _("请写一句住户怎么说。"), kept=_("还没有办结。"), todo=_("写好再按一次。"))
    _move(dispatch, "finish", actor=actor, at=at, told=Seal(word, keep=True), heard=heard, ended_at=at,
          word=word, word_heard=heard, word_by=actor)  # fmt: skip
    access_services.relations_close(dispatch, dispatch.need, at=at)
    fieldwork.need_move(dispatch.need, origin="under_way", to="done", verb="finish", actor=actor, at=at)
    tell(dispatch.helper.person, "finished", about=dispatch, at=at, title=dispatch.need.title)
    return dispatch


def _move(dispatch: Dispatch, verb: str, *, actor: Person, at: datetime, **facts: Any) -> None:
    """Claim the dispatch by its old state, write what changes with it, and tell the ledger."""
    move = table.TRANSITIONS[verb]
    columns = {name: value for name, value in facts.items() if name in COLUMNS}
    told = {name: value for name, value in facts.items() if name in TOLD}
    old = dispatch.state
    claimed = old in move.origins and Dispatch.objects.filter(pk=dispatch.pk, state=old).update(
        state=move.to, **columns
    )
    if not claimed:
        raise _gone()
    for name, value in {"state": move.to, **columns}.items():
        setattr(dispatch, name, value)
    ledger.append(f"dispatch.{verb}", subject=dispatch, actor=actor, at=at, old=old, state=move.to, **told)


COLUMNS = {"answered_at", "ended_at", "word", "word_heard", "word_by"}
TOLD = {"told", "heard"}


def _open_relations(dispatch: Dispatch, at: datetime) -> None:
    official = dispatch.official.person if dispatch.official else None
    pairs = ((dispatch.helper.person, As.MATCHED_HELPER), (official, As.ACCOMPANYING_OFFICIAL))
    people = {person: what for person, what in pairs if person is not None}
    access_services.relations_open(people, subjects=(dispatch, dispatch.need), at=at)


def _reopen(dispatch: Dispatch, at: datetime) -> None:
    """The need looks for somebody again; its officer is told without a reason."""
    fieldwork.need_move(dispatch.need, origin="asked", to="open", verb="reopen", actor=None, at=at)
    tell(dispatch.approved_by, "declined", about=dispatch.need, at=at, **_names(dispatch))


def _need_state(dispatch: Dispatch) -> str:
    return str(Need.objects.values_list("state", flat=True).get(pk=dispatch.need_id))


def _names(dispatch: Dispatch) -> dict[str, str]:
    return {"helper": dispatch.helper.name, "title": dispatch.need.title}


def _check_heard(heard: str, dispatch: Dispatch, actor: Person) -> None:
    if heard not in dict(HEARD):
        raise DomainError("heard_missing", _("请选一下住户的话是怎么听到的。"), kept=_("您写的都还在。"))
    if dispatch.helper.person_id == actor.pk:
        raise DomainError("helper_alone", _("住户的话要由干部或住户自己来记，不能由帮忙的人自己记。"))


def _gone() -> Conflict:
    return Conflict(
        "dispatch_moved", _("这张邀请单刚刚有了变化。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
    )


def helper_merged(gone: Helper, keep: Helper) -> None:
    """What somebody is at stays with the record that was asked; so it is finished before two records become one."""
    if Dispatch.objects.filter(helper=gone, state__in=table.LIVE).exists():
        raise DomainError(
            "merge_under_way", _("要并掉的那一份手上还有邀请或正在帮的户。"), kept=_("什么都没有变。"),
            todo=_("请反过来留那一份，或等办完再合。"),
        )  # fmt: skip


def dispatches_at(regions: list[str]) -> int:
    return Dispatch.objects.filter(region_code__in=regions).count()


@ledger.written
def dispatches_relocate(moved: Mapping[str, str], *, actor: Person, at: datetime) -> int:
    """Where a village became another (old code → new), what was asked for it lies in the new one."""
    rows = sum(Dispatch.objects.filter(region_code=old).update(region_code=new) for old, new in moved.items())
    if rows:
        subject = moving.Moved(next(iter(moved)), "dispatches", f"town/{codes.town_of(next(iter(moved.values())))}")
        ledger.append("dispatches.relocate", subject=subject, actor=actor, at=at, moved=dict(moved), rows=rows)
    return rows
