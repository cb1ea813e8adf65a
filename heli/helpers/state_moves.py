"""The life of one helper, moved by the table: who decided, at which level, and why."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError

from . import table
from .models import Helper, Vetting
from .services import digest_of


def move(helper: Helper, *, verb: str, reason: str, level: str, actor: Person, at: datetime) -> Helper:
    """Called inside a service. The first reason why not is raised."""
    if not reason.strip():
        raise DomainError("reason_missing", _("请写一句为什么。"), kept=_("什么都没有变。"))
    refusal = table.refusal(verb, helper.state)
    if refusal:
        raise DomainError(refusal.code, _("现在是“%(state)s”，不能这样改。") % {"state": helper.get_state_display()},
                          kept=_("什么都没有变。"))  # fmt: skip
    before, to = digest_of(helper), table.TRANSITIONS[verb].to
    if not Helper.objects.filter(pk=helper.pk, state=helper.state).update(state=to):
        raise Conflict("helper_moved", _("有人刚刚改过%(name)s。") % {"name": helper.name}, todo=_("请刷新再看。"))
    helper.state = to
    Vetting.objects.create(helper=helper, level=level, to_state=to, reason=reason.strip(), on=local_day(at), by=actor)
    ledger.append("helper.state", subject=helper, actor=actor, at=at, move=verb, level=level, reason=reason, before=before,
                  digest=digest_of(helper))  # fmt: skip
    return helper
