from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heli.access.services import REVEAL_REASONS

from . import kinds


class KindForm(forms.Form):
    """Of which kind the files are. The files themselves are looked at one by one, not by a form."""

    kind = forms.ChoiceField(label=_("是什么材料"), choices=kinds.choices)


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("是什么材料"), choices=kinds.choices)
    title = forms.CharField(label=_("名称"), max_length=60, required=False)


class LookForm(forms.Form):
    """Why somebody looks, and whether they take the file along."""

    reason = forms.ChoiceField(
        label=_("为什么看"),
        choices=lambda: list(REVEAL_REASONS.items()),
        error_messages={"required": _("请先选一个看的原因。"), "invalid_choice": _("请先选一个看的原因。")},
    )
    take = forms.CharField(required=False)

    def clean_take(self) -> Any:
        return self.cleaned_data["take"] if self.cleaned_data["take"] in ("file", "original") else ""
