from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NO_COUNT = 20  # up to a page, one sees what one has ticked; beyond it the number is typed


class ExportForm(forms.Form):
    sheet = forms.ChoiceField(choices=[("xlsx", "xlsx"), ("csv", "csv")])


class ViewForm(forms.Form):
    name = forms.CharField(max_length=200, required=False)
    shared = forms.BooleanField(required=False)


class SureForm(forms.Form):
    """The number of rows as the person saw it, typed again when it is more than a page."""

    seen = forms.IntegerField(required=False)
    count = forms.IntegerField(
        required=False, label=gettext_lazy("几条？"), error_messages={"invalid": gettext_lazy("请写一个数。")}
    )

    def __init__(self, *args: Any, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("seen") != self.expected:
            raise forms.ValidationError(_("刚才有人改过，现在是 %(n)s 条。请再看一遍。") % {"n": self.expected})
        if self.expected > NO_COUNT and facts.get("count") != self.expected:
            self.add_error("count", _("请写上 %(n)s，表示您知道有这么多。") % {"n": self.expected})
        return facts
