"""Kinds of needs and their words, features, urgencies and sources, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` on lists, `ask` as an invitation says it. What skill it wants stands in the rules of the match."""

    code: str
    label: Any
    ask: Any


_ALL = (
    Kind("policy_explanation", _("政策说明"), _("帮一户人家把政策说清楚")),
    Kind("document_finding", _("找材料"), _("帮一户人家把老材料找齐")),
    Kind("title_inheritance", _("产权和继承"), _("帮一户人家把产权和继承理清")),
    Kind("family_partition", _("分家析产"), _("帮一户人家把分家的事谈妥")),
    Kind("house_sale_dispute", _("房屋买卖纠纷"), _("帮一户人家把买卖老房的事谈清")),
    Kind("debt_dispute", _("债务纠纷"), _("帮一户人家把欠款的事谈清")),
    Kind("agreement_drafting", _("写协议"), _("帮一户人家看懂、写好协议")),
    Kind("legal_consultation", _("法律咨询"), _("帮一户人家解答法律上的问题")),
    Kind("valuation_explanation", _("评估解释或复核"), _("帮一户人家弄懂评估怎么算")),
    Kind("hardship_care", _("养老和困难帮扶"), _("帮一户人家照看老人、办好救助")),
    Kind("psychological_support", _("心理疏导"), _("陪一户人家说说心里话")),
    Kind("temporary_housing", _("找过渡房"), _("帮一户人家找过渡的房子")),
    Kind("school_place", _("孩子上学"), _("帮一户人家把孩子上学接上")),
    Kind("moving_help", _("搬家帮手"), _("帮一户人家搬家")),
    Kind("business_relocation", _("生意搬迁"), _("帮一户人家把生意搬好")),
    Kind("neighbour_dispute", _("邻里纠纷"), _("帮邻里两家把话说开")),
    Kind("police_service", _("户口门牌交通"), _("帮一户人家办户口和门牌的事")),
    Kind("small_matter", _("小事一件"), _("帮一户人家办件小事")),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}
KIND_CHOICES = [(code, kind.label) for code, kind in KINDS.items()]

# Features of a household or its matter that say who fits; the engine's table turns them into kinds and skills.
FEATURES = [
    ("elder", _("有老人")),
    ("inheritance", _("牵涉继承")),
    ("partition", _("牵涉分家")),
    ("sale", _("牵涉买卖")),
    ("debt", _("牵涉债务")),
    ("away", _("户主在外地")),
    ("business", _("家里做生意")),
    ("tenant", _("有租客")),
]
URGENCIES = [(1, _("不急")), (2, _("一般")), (3, _("要快些")), (4, _("这两天")), (5, _("今天"))]
SOURCES = [
    ("visit", _("走访")),
    ("phone", _("来电")),
    ("survey", _("调查")),
    ("hearing", _("座谈")),
    ("portal", _("住户自己提")),
]
STAGES = [
    ("survey", _("调查摸底")),
    ("valuation", _("房屋评估")),
    ("apportionment", _("析产挂靠")),
    ("signing", _("启动签约")),
    ("vacating", _("腾空搬迁")),
    ("demolition", _("拆除")),
    ("rehousing", _("安置")),
]
# How a household's word was heard; never by the helper alone.
HEARD = [
    ("in_person", _("当面说的")),
    ("by_phone", _("电话里说的")),
    ("in_writing", _("写下来的")),
    ("self", _("住户自己填的")),
]
