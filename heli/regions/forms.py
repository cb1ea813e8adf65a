from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class DatedForm(forms.Form):
    """From which day, and by what."""

    on = forms.DateField(label=gettext_lazy("从哪天起"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=gettext_lazy("凭什么"), max_length=200, help_text=gettext_lazy("比如：市政府的文号"))


class RenameForm(DatedForm):
    name = forms.CharField(label=gettext_lazy("新名字"), max_length=60)
    field_order = ("name", "on", "reason")


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("小组或自然村的名字"), max_length=60)


class IntoForm(forms.Form):
    into = forms.ChoiceField(label=gettext_lazy("并进哪个村"))

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = villages  # type: ignore[attr-defined]


class MergeForm(DatedForm):
    """What cannot be taken back is confirmed by writing the name."""

    into = forms.CharField(widget=forms.HiddenInput)
    typed = forms.CharField(label=gettext_lazy("请写上要并走的村的名字"), max_length=60)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != self.name:
            raise forms.ValidationError(_("和村名对不上，请写：%(name)s") % {"name": self.name})
        return typed
