from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heli.access.services import REVEAL_REASONS
from heli.common import resident_id
from heli.common.widgets import day_input

from .words import GRADES, KINDS, LANGUAGES, PARTY_ORGANISATIONS, SKILLS

A_DAY = day_input()
WRONG_DAY = {"invalid": gettext_lazy("日期写成 2023-10-20 这样。")}


class AdmitForm(forms.Form):
    """One reason and one training date for all that are chosen."""

    reason = forms.CharField(
        label=gettext_lazy("为什么录用"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写一句为什么录用。")},
    )
    trained_on = forms.DateField(
        label=gettext_lazy("培训日期"),
        widget=A_DAY,
        error_messages={"required": gettext_lazy("请填培训日期。"), **WRONG_DAY},
    )


class RevealForm(forms.Form):
    field = forms.ChoiceField(choices=[("id_number", "id_number"), ("phone", "phone")])
    reason = forms.ChoiceField(
        choices=list(REVEAL_REASONS.items()), error_messages={"required": gettext_lazy("请先选一个看的原因。")}
    )


class HelperForm(forms.Form):
    """A record: who, what for, where, when. Covered values are written anew or left alone."""

    name = forms.CharField(label=gettext_lazy("姓名或名称"), max_length=60)
    is_organisation = forms.BooleanField(label=gettext_lazy("是一个组织"), required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("哪一类"),
        choices=[(kind, label) for kind, label in KINDS if kind != "official"],
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("会什么"), choices=SKILLS, widget=forms.CheckboxSelectMultiple, required=False
    )
    region_code = forms.ChoiceField(label=gettext_lazy("在哪里"))
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=20, required=False, help_text=gettext_lazy("空着不动原来的。")
    )
    id_number = forms.CharField(
        label=gettext_lazy("证件号码"), max_length=20, required=False, help_text=gettext_lazy("空着不动原来的。")
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("会讲"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    free_times = forms.CharField(label=gettext_lazy("什么时候有空"), max_length=60, required=False)
    occupation = forms.CharField(label=gettext_lazy("现状"), max_length=60, required=False)
    known_among = forms.CharField(label=gettext_lazy("在哪些人里说得上话"), max_length=120, required=False)
    reachable_from_afar = forms.BooleanField(label=gettext_lazy("人在外地，叫得应"), required=False)
    capacity = forms.IntegerField(label=gettext_lazy("可接户数"), min_value=0, max_value=50, initial=3)
    term_until = forms.DateField(label=gettext_lazy("聘到哪天"), required=False, widget=A_DAY, error_messages=WRONG_DAY)
    grade = forms.ChoiceField(label=gettext_lazy("组织评估等级"), choices=GRADES, required=False)
    staff_count = forms.IntegerField(label=gettext_lazy("组织有几个人"), min_value=0, max_value=100000, required=False)
    party = forms.ChoiceField(label=gettext_lazy("党组织"), choices=PARTY_ORGANISATIONS, required=False, initial="none")
    contact = forms.CharField(label=gettext_lazy("组织找谁"), max_length=40, required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = places  # type: ignore[attr-defined]
        if not kwargs.get("initial"):  # nothing stands there yet that could be left alone
            self.fields["phone"].help_text = self.fields["id_number"].help_text = ""

    def clean_id_number(self) -> str:
        number = str(self.cleaned_data["id_number"]).strip().upper()
        if number and resident_id.problem(number):
            raise forms.ValidationError(_("证件号码不对，请对着证件再看一眼。"))
        return number

    def facts(self) -> dict[str, Any]:
        """What to write: covered values only where something was written; an organisation's facts only for one."""
        found = dict(self.cleaned_data)
        for name in ("id_number", "phone"):
            if not found[name]:
                del found[name]
        if not found["is_organisation"]:
            for name in ("grade", "staff_count", "party", "contact"):
                del found[name]
        elif not found["party"]:
            found["party"] = "none"
        return found


class StateForm(forms.Form):
    verb = forms.ChoiceField(
        label=gettext_lazy("怎么改"),
        choices=[
            ("suspend", gettext_lazy("暂停")),
            ("activate", gettext_lazy("恢复")),
            ("retire", gettext_lazy("退出")),
        ],
    )
    reason = forms.CharField(label=gettext_lazy("为什么"), max_length=200)


class LineForm(forms.Form):
    word = forms.ChoiceField(
        label=gettext_lazy("归口意见"), choices=[("agreed", gettext_lazy("同意")), ("objected", gettext_lazy("不同意"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("为什么"), max_length=200)

    def facts(self) -> dict[str, Any]:
        return {"agreed": self.cleaned_data["word"] == "agreed", "reason": self.cleaned_data["reason"]}


class CredentialForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("什么证照"), max_length=60, help_text=gettext_lazy("比如：律师执业证"))
    number = forms.CharField(label=gettext_lazy("号码"), max_length=60)
    issuer = forms.CharField(label=gettext_lazy("谁发的"), max_length=60)
    valid_until = forms.DateField(label=gettext_lazy("到哪天"), required=False, widget=A_DAY, error_messages=WRONG_DAY)


class LoanForm(forms.Form):
    to_code = forms.ChoiceField(label=gettext_lazy("借到哪个镇"))
    purpose = forms.CharField(label=gettext_lazy("去帮什么"), max_length=120)
    until = forms.DateField(label=gettext_lazy("到哪天"), widget=A_DAY, error_messages=WRONG_DAY)

    def __init__(self, *args: Any, towns: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_code"].choices = towns  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("队伍叫什么"), max_length=60)
    leader = forms.TypedChoiceField(label=gettext_lazy("队长"), coerce=int)
    members = forms.TypedMultipleChoiceField(
        label=gettext_lazy("队员"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    block_code = forms.ChoiceField(label=gettext_lazy("管哪个区块"), required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], blocks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = self.fields["members"].choices = people  # type: ignore[attr-defined]
        self.fields["block_code"].choices = [("", _("不限区块")), *blocks]  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """`pair` are the two records; `keep` is the one that stays."""

    keep = forms.IntegerField()
    pair = forms.TypedMultipleChoiceField(coerce=int)
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["pair"].choices = [(pk, pk) for pk in data.getlist("pair")[:2]]  # type: ignore[attr-defined]

    def gone(self) -> int:
        """The other one; 0 where nothing was chosen that makes sense."""
        others = [pk for pk in self.cleaned_data.get("pair", ()) if pk != self.cleaned_data.get("keep")]
        return others[0] if len(others) == 1 else 0
