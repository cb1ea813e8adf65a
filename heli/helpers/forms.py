from django import forms
from django.utils.translation import gettext_lazy as _

from heli.access.services import REVEAL_REASONS

from .words import KINDS, SKILLS, STATES


class FilterForm(forms.Form):
    """All of it stands in the URL."""

    q = forms.CharField(required=False, label=_("姓名、拼音"))
    kind = forms.ChoiceField(required=False, label=_("类别"), choices=[("", _("类别：不限")), *KINDS])
    skill = forms.ChoiceField(required=False, label=_("专长"), choices=[("", _("专长：不限")), *SKILLS])
    state = forms.ChoiceField(required=False, label=_("状态"), choices=[("", _("状态：不限")), *STATES])
    batch = forms.CharField(required=False, widget=forms.HiddenInput)


class AdmitForm(forms.Form):
    """One reason and one training date for all that are chosen."""

    reason = forms.CharField(
        label=_("为什么录用"), max_length=200, error_messages={"required": _("请写一句为什么录用。")}
    )
    trained_on = forms.DateField(
        label=_("培训日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("请填培训日期。"), "invalid": _("日期写成 2023-10-20 这样。")},
    )


class RevealForm(forms.Form):
    field = forms.ChoiceField(choices=[("id_number", "id_number"), ("phone", "phone")])
    reason = forms.ChoiceField(
        choices=list(REVEAL_REASONS.items()), error_messages={"required": _("请先选一个看的原因。")}
    )
