from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Block, Programme


class BlockForm(forms.Form):
    """A new block of a town."""

    name = forms.CharField(label=_("区块叫什么"), max_length=40, help_text=_("比如：彭家区块"))
    mark = forms.CharField(label=_("户号用哪个字开头"), max_length=2, help_text=_("比如：彭，户号就是 彭-1234"))
    town_code = forms.ChoiceField(label=_("哪个镇"))
    villages = forms.MultipleChoiceField(label=_("在哪些村"), widget=forms.SelectMultiple(attrs={"size": 8}))
    programme = forms.ModelChoiceField(label=_("哪个项目"), queryset=Programme.objects.none())
    land = forms.ChoiceField(label=_("土地"), choices=Block.Land.choices)

    def __init__(
        self, *args: Any, towns: list[tuple[str, str]], villages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town_code"].choices = towns  # type: ignore[attr-defined]
        self.fields["villages"].choices = villages  # type: ignore[attr-defined]
        self.fields["programme"].queryset = Programme.objects.order_by("-year", "name")  # type: ignore[attr-defined]
