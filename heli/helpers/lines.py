"""归口: the department that vets a kind beside the town, and sees its own people over all towns."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common.days import local_day
from heli.common.errors import DomainError, NotPermitted

from . import state_moves, words
from .models import Helper, LineDesk, Vetting
from .services import digest_of


def lines_of(person: Any) -> frozenset[str]:
    """The lines that this person sits at."""
    return frozenset(LineDesk.objects.filter(person_id=person.pk).values_list("line", flat=True))


def belongs_to(helper: Helper) -> frozenset[str]:
    """The lines of a helper: its own, and those of its kinds."""
    kinds = {row.kind for row in helper.kinds.all()}
    found = {words.LINE_OF_KIND[kind] for kind in kinds if kind in words.LINE_OF_KIND}
    return frozenset(found | ({helper.line} if helper.line else set()))


@ledger.written
def line_desk_give(person: Person, *, line: str, actor: Person, at: datetime) -> LineDesk:
    """Let somebody sit at a line."""
    desk, _new = LineDesk.objects.get_or_create(person=person, line=line)
    ledger.append("line.desk", subject=person, chain=f"access/{local_day(at):%Y-%m}", actor=actor, at=at, line=line)
    return desk


@ledger.written
def line_vet(helper: Helper, *, agreed: bool, reason: str, actor: Person, at: datetime) -> Helper:
    """The line says yes or no with a reason. A no takes the helper out of the match until it is settled."""
    if not belongs_to(helper) & lines_of(actor):
        raise NotPermitted("not_own_line", _("这一位不归您这条线。"), kept=_("什么都没有变。"))
    if not reason.strip():
        raise DomainError("reason_missing", _("请写一句为什么。"), kept=_("什么都没有变。"))
    before, word = digest_of(helper), "agreed" if agreed else "objected"
    Helper.objects.filter(pk=helper.pk).update(line_word=word)
    helper.line_word = word
    Vetting.objects.create(helper=helper, level="line", to_state=helper.state, reason=reason.strip(),
                           on=local_day(at), by=actor)  # fmt: skip
    ledger.append("helper.line_word", subject=helper, actor=actor, at=at, word=word, reason=reason, before=before,
                  digest=digest_of(helper))  # fmt: skip
    if not agreed and helper.state == "active":
        state_moves.move(helper, verb="suspend", reason=reason, level="line", actor=actor, at=at)
    return helper
