import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heli.common.widgets import day_input


class DatedForm(forms.Form):
    """From which day, and by what."""

    on = forms.DateField(label=gettext_lazy("从哪天起"), widget=day_input())
    reason = forms.CharField(label=gettext_lazy("凭什么"), max_length=200, help_text=gettext_lazy("比如：市政府的文号"))


class RenameForm(DatedForm):
    name = forms.CharField(label=gettext_lazy("新名字"), max_length=60)
    field_order = ("name", "on", "reason")


class RecodeForm(DatedForm):
    code = forms.CharField(label=gettext_lazy("新代码"), max_length=15)
    field_order = ("code", "on", "reason")

    def clean_code(self) -> str:
        return unicodedata.normalize("NFKC", str(self.cleaned_data["code"])).strip()


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("小组或自然村的名字"), max_length=60)


class IntoForm(forms.Form):
    into = forms.ChoiceField(label=gettext_lazy("并进哪个村"))

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = villages  # type: ignore[attr-defined]


class NamedForm(DatedForm):
    """What reaches far is confirmed by writing the name."""

    typed = forms.CharField(label=gettext_lazy("请写上它的名字"), max_length=60)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != self.name:
            raise forms.ValidationError(_("和名字对不上，请写：%(name)s") % {"name": self.name})
        return typed


class MergeForm(NamedForm):
    into = forms.CharField(widget=forms.HiddenInput)
