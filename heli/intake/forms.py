from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .tables import TABLES

FIELDS = {
    "households": [
        ("serial", _("户号")), ("village", _("村")), ("group", _("小组")), ("head", _("户主")), ("id", _("证件号码")),
        ("phone", _("电话")), ("people", _("人口数")), ("bays", _("间数")), ("number", _("幢号")),
        ("structure", _("结构")), ("built", _("建造年份")), ("registered", _("登记面积")),
        ("recognised", _("认定面积")), ("status", _("认定情况")), ("wish", _("安置想法")), ("remark", _("备注")),
        ("town", _("镇")),
    ],
    "helpers": [
        ("serial", _("序号")), ("name", _("姓名或名称")), ("id", _("证件号码")), ("phone", _("电话")),
        ("place", _("在哪里")), ("town", _("镇")), ("skills", _("专长")), ("kind", _("类别")),
        ("occupation", _("现状")), ("times", _("什么时候有空")), ("capacity", _("可接户数")),
        ("languages", _("会说的话")), ("known_among", _("在哪里熟")), ("remark", _("备注")), ("sex", _("性别（不存）")),
    ],
    "parcels": [
        ("number", _("宗地号")), ("serial", _("序号")), ("legal", _("测绘面积")), ("village", _("村")),
        ("use", _("地类")), ("holder", _("权利人（不存）")),
    ],
    "blocks": [("name", _("区块名称")), ("code", _("区块编号"))],
}  # fmt: skip


def fields_of(kind: str) -> list[tuple[str, Any]]:
    """What a column of a file of this kind can hold."""
    return [*(TABLES[kind].fields if kind in TABLES else ()), *FIELDS.get(kind, ())]


class HandOverForm(forms.Form):
    """A file, and where it belongs if it does not say so itself."""

    file = forms.FileField(
        label=_("文件"), allow_empty_file=True, error_messages={"required": _("请先选一个文件，或把文件拖进来。")}
    )
    block = forms.ChoiceField(label=_("哪个区块"), required=False)

    def __init__(self, *args: Any, blocks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [("", _("按表里写的")), *blocks]  # type: ignore[attr-defined]


def mapping_of(data: Any, kind: str) -> dict[str, str]:
    """Column letter → field, from the selects in the preview's header."""
    known = {code for code, _label in fields_of(kind)} | {""}
    zone = {"crs": str(data["crs"])[:40]} if "crs" in data else {}
    return zone | {
        name.removeprefix("column-"): value
        for name, value in data.items()
        if name.startswith("column-") and value in known
    }
