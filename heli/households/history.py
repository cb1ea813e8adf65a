"""A file's history with what stood there before and after, as somebody may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.access.classes import Sight, sight
from heli.common import masks
from heli.common.classes import S3, FieldClass, class_of
from heli.ledger import selectors as ledger

from . import panels
from .models import House, Household, Member

MODELS: Mapping[str, Any] = {"household": Household, "member": Member, "house": House}
MASKS = {"id_number": "id", "phone": "phone", "name": "name"}
LABELS: Mapping[str, Any] = {
    "group_name": _("小组"), "serial": _("序号或宗地号"), "people_count": _("人口"), "bays": _("间数"),
    "wish": _("安置想法"), "remark": _("备注"), "name": _("姓名"), "role": _("在这户里是"), "kinship": _("和户主的关系"),
    "id_number": _("证件号码"), "phone": _("电话"), "number": _("哪一处"), "structure": _("结构"), "grade": _("等级"),
    "built_year": _("建成年份"), "floors": _("层数"), "registered_dm2": _("登记面积"), "recognised_dm2": _("认定面积"),
    "status": _("认定"), "host": _("挂靠在"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a change: what it is called, before and after."""

    label: Any
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    told: ledger.Told
    changes: tuple[Change, ...]


def of(household: Household, person: Any, limit: int) -> list[Line]:
    """Newest first, each change with its fields compared."""
    told = ledger.history([("household", str(household.pk)), *panels.subjects(household)], limit)
    kept = ledger.kept_values(one.pk for one in told if one.verb == "household.edit")
    return [Line(one, _changes(one, kept.get(one.pk, {}), person)) for one in told]


def _changes(told: ledger.Told, kept: Mapping[str, Any], person: Any) -> tuple[Change, ...]:
    old, new, what = kept.get("old", {}), kept.get("new", {}), str(told.facts.get("what", ""))
    return tuple(
        Change(
            LABELS.get(name, name), _shown(what, name, old.get(name), person), _shown(what, name, new.get(name), person)
        )
        for name in told.facts.get("fields", ())
        if name in {*old, *new}
    )


def _shown(what: str, name: str, value: Any, person: Any) -> str:
    """A value of then, under the class that its field has now. Never revealed here: what is covered stays so."""
    if value is None or value == "":
        return "–"
    cls = _class(what, name)
    how = sight(person, cls)
    if how == Sight.NONE:
        return "…"
    if how == Sight.FULL and name not in ("phone", "id_number"):
        return _said(what, name, value)
    return masks.masked(str(value), MASKS.get(name, ""))


def _class(what: str, name: str) -> FieldClass:
    return class_of(MODELS[what], name) if what in MODELS and name in MODELS[what].field_classes else S3


def _said(what: str, name: str, value: Any) -> str:
    """Words of a choice, square metres of an area."""
    if name.endswith("_dm2"):
        from heli.common import measures

        return f"{measures.m2(int(value))} ㎡"
    choices = (
        dict(MODELS[what]._meta.get_field(name).choices or ())
        if what in MODELS and name in MODELS[what].field_classes
        else {}
    )
    return str(choices.get(value, value))
