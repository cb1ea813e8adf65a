from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heli.access.services import REVEAL_REASONS


class FilterForm(forms.Form):
    """All of it stands in the URL."""

    q = forms.CharField(required=False, label=_("姓名、拼音、户号"))
    region = forms.ChoiceField(required=False, label=_("村"))
    block = forms.ChoiceField(required=False, label=_("区块"))

    def __init__(
        self, *args: Any, regions: list[tuple[str, str]], blocks: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("村：不限")), *regions]  # type: ignore[attr-defined]
        self.fields["block"].choices = [("", _("区块：不限")), *blocks]  # type: ignore[attr-defined]


class RevealForm(forms.Form):
    field = forms.ChoiceField(choices=[("id_number", "id_number"), ("phone", "phone")])
    reason = forms.ChoiceField(
        choices=list(REVEAL_REASONS.items()), error_messages={"required": _("请先选一个看的原因。")}
    )
