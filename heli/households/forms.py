from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heli.access.services import REVEAL_REASONS
from heli.common import measures, resident_id

from . import shares
from .models import House, Household, Member

CLEARED = ("-", "–", "—", "无")


class RevealForm(forms.Form):
    field = forms.ChoiceField(choices=[("id_number", "id_number"), ("phone", "phone")])
    reason = forms.ChoiceField(
        choices=list(REVEAL_REASONS.items()), error_messages={"required": gettext_lazy("请先选一个看的原因。")}
    )


class RemarkRevealForm(RevealForm):
    field = forms.ChoiceField(choices=[("remark", "remark")])


class HouseholdForm(forms.Form):
    group_name = forms.CharField(label=gettext_lazy("小组"), max_length=20, required=False)
    serial = forms.CharField(label=gettext_lazy("序号或宗地号"), max_length=20, required=False)
    people_count = forms.IntegerField(label=gettext_lazy("人口"), min_value=0, max_value=200)
    bays = forms.IntegerField(label=gettext_lazy("间数"), min_value=0, max_value=500)
    wish = forms.ChoiceField(label=gettext_lazy("安置想法"), choices=Household.Wish.choices, required=False)
    remark = forms.CharField(
        label=gettext_lazy("备注"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("空着不动原来的；写一横是去掉。"),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return covered(self.cleaned_data, "remark")


class NewHouseholdForm(HouseholdForm):
    """Opening a file by hand."""

    head = forms.CharField(label=gettext_lazy("户主姓名"), max_length=40)
    block: forms.Field = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("区块"), required=False, to_field_name="code"
    )
    region_code = forms.ChoiceField(label=gettext_lazy("村"))
    field_order = ("head", "region_code", "block", "group_name", "serial", "people_count", "bays", "wish", "remark")

    def __init__(self, *args: Any, villages: list[tuple[str, str]], blocks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].help_text = ""
        self.fields["region_code"].choices = villages  # type: ignore[attr-defined]
        self.fields["block"].queryset = blocks  # type: ignore[attr-defined]


def covered(cleaned: dict[str, Any], *names: str) -> dict[str, Any]:
    """What to write: covered values only where something was written; a dash takes one away."""
    found = dict(cleaned)
    for name in names:
        if found[name].strip() in CLEARED:
            found[name] = ""
        elif not found[name]:
            del found[name]
    return found


class MemberForm(forms.Form):
    """Covered values are written anew or left alone: empty is "as it is", a dash takes the value away."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    role = forms.ChoiceField(label=gettext_lazy("在这户里是"), choices=Member.Role.choices)
    kinship = forms.CharField(label=gettext_lazy("和户主的关系"), max_length=20, required=False)
    id_number = forms.CharField(
        label=gettext_lazy("证件号码"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("空着不动原来的；写一横是去掉。"),
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("空着不动原来的；写一横是去掉。"),
    )

    def clean_id_number(self) -> str:
        number = str(self.cleaned_data["id_number"]).strip().upper()
        if number and number not in CLEARED and (wrong := resident_id.problem(number)):
            raise forms.ValidationError(WRONG_ID.get(wrong, WRONG_ID["form"]), code=wrong)
        return number

    def clean_phone(self) -> str:
        number = str(self.cleaned_data["phone"]).strip().replace(" ", "")
        if number and number not in CLEARED and not (number.replace("-", "").isdigit() and 5 <= len(number) <= 15):
            raise forms.ValidationError(_("电话只写数字，比如 11 位手机号。"))
        return number

    def facts(self) -> dict[str, Any]:
        return covered(self.cleaned_data, "id_number", "phone")


WRONG_ID = {
    "form": gettext_lazy("证件号码要 18 位，最后一位可以是 X。"),
    "old": gettext_lazy("这是 15 位的老号码，请换成 18 位的。"),
    "birth": gettext_lazy("证件号码里的出生日期不对，请对着证件再看一眼。"),
    "check": gettext_lazy("证件号码最后一位对不上，多半抄错了一个数字。"),
}


class HouseForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("哪一处"), max_length=20, help_text=gettext_lazy("比如：正屋、东厢、1 号")
    )
    structure = forms.ChoiceField(label=gettext_lazy("结构"), choices=House.Structure.choices)
    built_year = forms.IntegerField(label=gettext_lazy("建成年份"), min_value=1800, max_value=2100, required=False)
    floors = forms.IntegerField(label=gettext_lazy("层数"), min_value=1, max_value=60, required=False)
    bays = forms.IntegerField(label=gettext_lazy("间数"), min_value=0, max_value=500, required=False)
    registered_dm2 = forms.DecimalField(label=gettext_lazy("登记面积（㎡）"), min_value=0, max_value=100000, decimal_places=2,
                                        required=False)  # fmt: skip
    recognised_dm2 = forms.DecimalField(label=gettext_lazy("认定面积（㎡）"), min_value=0, max_value=100000, decimal_places=2,
                                        required=False)  # fmt: skip
    status = forms.ChoiceField(label=gettext_lazy("认定"), choices=House.Status.choices)

    def facts(self) -> dict[str, Any]:
        """Areas as whole square decimetres."""
        found = dict(self.cleaned_data)
        for name in ("registered_dm2", "recognised_dm2"):
            found[name] = None if found[name] is None else measures.dm2(str(found[name]))
        return found


class LinkForm(forms.Form):
    host = forms.CharField(label=gettext_lazy("挂靠在哪一户（户号）"), max_length=20, required=False,
                           help_text=gettext_lazy("空着就是自己一户。"))  # fmt: skip


class SharesForm(forms.Form):
    """One field a member: 1/3, 25% or empty."""

    source = forms.ChoiceField(
        label=gettext_lazy("凭什么"),
        choices=[
            ("title", gettext_lazy("产权证")),
            ("partition", gettext_lazy("析产协议")),
            ("court", gettext_lazy("判决或调解书")),
        ],
    )

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at, (pk, name) in enumerate(members):
            self.fields[f"share_{pk}"] = forms.CharField(
                label=name,
                max_length=20,
                required=False,
                help_text="" if at else _("比如 1/3 或 25%；几个人加起来正好是 1，空着就是没有份。"),
            )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for name in [name for name in facts if name.startswith("share_") and facts[name].strip()]:
            facts[name] = shares.read(facts[name])
            if facts[name] is None:
                self.add_error(name, _("请写成 1/3 或 25%。"))
        return facts

    def facts(self) -> dict[str, Any]:
        found = self.cleaned_data
        parts = {int(name[6:]): value for name, value in found.items() if name.startswith("share_") and value}
        return {"parts": parts, "source": found["source"]}
