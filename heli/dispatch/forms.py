from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heli.common.days import at_hour
from heli.common.widgets import day_input
from heli.fieldwork.words import FEATURES, HEARD, KIND_CHOICES, SOURCES, STAGES, URGENCIES
from heli.helpers.models import Helper

HOURS = [(hour, f"{hour:02d}:00") for hour in range(8, 20)]
TIE_KINDS = [
    ("kin", _("亲戚")),
    ("property", _("在这个区块有房、租房或有利益")),
    ("money", _("借贷、欠款或雇佣")),
    ("other_side", _("替对方办过事")),
    ("on_duty", _("在专班、评估、开发或拆迁单位")),
]
CLOSE_KINDS = [
    ("lineage", _("同宗")),
    ("work", _("同单位")),
    ("neighbour", _("邻居")),
    ("close", _("别的走得近的关系")),
]


class NeedForm(forms.Form):
    """What the household asks for, as it says it."""

    kind = forms.ChoiceField(label=_("哪一类"), choices=[("", _("请选")), *KIND_CHOICES])
    title = forms.CharField(
        label=_("一句话说清楚"),
        max_length=60,
        help_text=_("像住户自己会说的那样，比如：三兄弟分老屋，想请人坐下来把话说开"),
    )
    text = forms.CharField(
        label=_("还要知道什么"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    wishes = forms.CharField(label=_("希望"), max_length=200, required=False, help_text=_("比如：晚上来，讲温岭话"))
    avoid = forms.CharField(
        label=_("不要"), max_length=200, required=False, help_text=_("比如：同宗长辈出面。不用说原因")
    )
    features = forms.MultipleChoiceField(
        label=_("这户的特点"), choices=FEATURES, required=False, widget=forms.CheckboxSelectMultiple
    )
    urgency = forms.TypedChoiceField(label=_("急不急"), choices=URGENCIES, coerce=int, initial=2)
    wanted_by = forms.DateField(label=_("想在哪天前办"), required=False, widget=day_input())
    stage = forms.ChoiceField(label=_("正在哪个环节"), choices=[("", _("说不准")), *STAGES], required=False)
    source = forms.ChoiceField(label=_("怎么知道的"), choices=SOURCES, initial="visit")

    FIRST = ("kind", "title")  # asked at the door; the rest is there for who wants to write more

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    def rest(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.FIRST]

    def rest_wrong(self) -> bool:
        return any(field.errors for field in self.rest())


class ApproveForm(forms.Form):
    """Who is asked, who comes along, and when; the time may stay open."""

    helper = forms.ModelChoiceField(queryset=Helper.objects.none(), error_messages={"required": _("请先选一位。")})
    official = forms.ModelChoiceField(queryset=Helper.objects.none(), required=False)
    meet_on = forms.DateField(label=_("约在哪天"), required=False, widget=day_input())
    meet_hour = forms.TypedChoiceField(label=_("几点"), choices=HOURS, coerce=int, initial=19, required=False)
    key = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = Helper.objects.filter(relation="social")  # type: ignore[attr-defined]
        self.fields["official"].queryset = Helper.objects.filter(relation="staff")  # type: ignore[attr-defined]

    def meet_at(self) -> datetime | None:
        day: date | None = self.cleaned_data["meet_on"]
        return at_hour(day, self.cleaned_data["meet_hour"] or 19) if day else None


class TieForm(forms.Form):
    """What sort of tie, if the person wants to say: it is sealed either way."""

    weight = forms.ChoiceField(
        choices=[("may_not", "may_not"), ("parties_decide", "parties_decide")],
        error_messages={"required": _("请选一下是哪一种。")},
    )
    kind = forms.ChoiceField(choices=[("", ""), *TIE_KINDS, *CLOSE_KINDS], required=False)


class HeardForm(forms.Form):
    """The household's word, by whom it was heard."""

    heard = forms.ChoiceField(
        label=_("怎么听到的"), choices=HEARD, error_messages={"required": _("请选一下住户的话是怎么听到的。")}
    )


class FinishForm(HeardForm):
    word = forms.CharField(
        label=_("住户怎么说"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句住户怎么说。")},
    )
