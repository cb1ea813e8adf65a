"""What can be done with many helpers at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heli.access import Action
from heli.lists import Act, Changed
from heli.messages.services import tell

from . import services, state_moves
from .forms import AdmitForm
from .models import Helper


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("为什么"), max_length=200)


def _admit(rows: Sequence[Helper], *, actor: Any, at: datetime, **facts: Any) -> Changed:
    return Changed(len(services.helpers_admit(rows, actor=actor, at=at, **facts)))


def _suspend(rows: Sequence[Helper], *, reason: str, actor: Any, at: datetime) -> Changed:
    for helper in rows:
        state_moves.move(helper, verb="suspend", reason=reason, level="town", actor=actor, at=at)
    return Changed(len(rows))


def _remind(rows: Sequence[Helper], *, actor: Any, at: datetime) -> Changed:
    for helper in rows:
        tell(helper.person, "confirm_record", about=helper, at=at)
    return Changed(len(rows))


ALL = (
    Act(
        key="admit",
        label=gettext_lazy("录用"),
        action=Action.HELPER_ADMIT,
        title=lambda said: _("录用 %(said)s") % {"said": said},
        form=lambda person: AdmitForm,
        do=_admit,
        barred=lambda rows: {row.pk: _("已经审核过了") for row in rows if row.state != "proposed"},
    ),
    Act(
        key="remind",
        label=gettext_lazy("请他们看看资料"),
        action=Action.HELPER_EDIT,
        title=lambda said: _("请 %(said)s看看自己的资料") % {"said": said},
        do=_remind,
        barred=lambda rows: {row.pk: _("没有账号，请打电话问") for row in rows if not row.person_id},
        note=gettext_lazy("手机上点一下“都对”就行。"),
    ),
    Act(
        key="suspend",
        label=gettext_lazy("暂停"),
        action=Action.HELPER_EDIT,
        title=lambda said: _("暂停 %(said)s") % {"said": said},
        form=lambda person: ReasonForm,
        do=_suspend,
        barred=lambda rows: {row.pk: _("现在本来就不请") for row in rows if row.state != "active"},
        note=gettext_lazy("正在帮的照旧办完，新的不再派。"),
    ),
)
