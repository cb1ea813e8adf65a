"""The register's words as data: kinds, skills, lines and the life of a helper."""

from django.utils.translation import gettext_lazy as _

KINDS = [
    ("worthy", _("新乡贤")),
    ("lawyer", _("律师")),
    ("mediator", _("人民调解员")),
    ("volunteer", _("志愿者")),
    ("youth_volunteer", _("青年志愿者")),
    ("charity", _("慈善组织")),
    ("organisation", _("社会组织")),
    ("enterprise", _("企业")),
    ("cppcc_member", _("政协委员")),
    ("deputy", _("人大代表")),
    ("party_member", _("党员")),
    ("teacher", _("教师")),
    ("doctor", _("医生")),
    ("united_front", _("统战人士")),
    ("media", _("媒体")),
    ("faith_contact", _("统战部联系的团体")),
    ("official", _("干部")),
]
SKILLS = [
    ("policy_explaining", _("政策宣讲")),
    ("family_mediation", _("家庭纠纷调解")),
    ("sale_dispute", _("房屋买卖纠纷")),
    ("debt_dispute", _("债务纠纷")),
    ("legal_advice", _("法律咨询")),
    ("agreement_drafting", _("协议起草")),
    ("valuation_explaining", _("评估解释")),
    ("counselling", _("心理疏导")),
    ("elder_care", _("养老救助")),
    ("housing_search", _("过渡房源")),
    ("moving_help", _("搬家帮扶")),
    ("document_finding", _("找材料")),
    ("business_relocation", _("企业搬迁")),
    ("school_place", _("入学协调")),
    ("neighbour_mediation", _("邻里调解")),
    ("police_service", _("户籍办理")),
]
LINES = [
    ("united_front", _("统战部")),
    ("justice", _("司法局")),
    ("civil_affairs", _("民政局")),
    ("youth_league", _("团市委")),
    ("cppcc", _("政协联络组")),
]
# Which line vets a kind beside the town.
LINE_OF_KIND = {
    "worthy": "united_front",
    "united_front": "united_front",
    "faith_contact": "united_front",
    "lawyer": "justice",
    "mediator": "justice",
    "organisation": "civil_affairs",
    "charity": "civil_affairs",
    "volunteer": "youth_league",
    "youth_volunteer": "youth_league",
    "cppcc_member": "cppcc",
}
STATES = [
    ("proposed", _("待审核")),
    ("vetted", _("已审核")),
    ("trained", _("已培训")),
    ("active", _("可以请")),
    ("suspended", _("暂停")),
    ("retired", _("已退出")),
]
LINE_WORDS = [("", _("还没看")), ("agreed", _("同意")), ("objected", _("不同意"))]
GRADES = [("", _("没有评过")), ("1A", "1A"), ("2A", "2A"), ("3A", "3A"), ("4A", "4A"), ("5A", "5A")]
PARTY_ORGANISATIONS = [
    ("own", _("单独建")),
    ("joint", _("联合建")),
    ("instructor", _("派了指导员")),
    ("none", _("还没有")),
]
LOAN_STATES = [
    ("asked", _("等所在镇同意")),
    ("agreed", _("等本人同意")),
    ("active", _("正在借用")),
    ("declined", _("没有借成")),
    ("ended", _("借用结束")),
]
STALE_DAYS = 180  # after these a record is to be confirmed again
EXPIRES_SOON_DAYS = 60
LANGUAGES = [("wenling", _("温岭话"))]
CAPACITY_ASSUMED = 3
BASIC_COURSE = "basic"


def number_said(pk: int) -> str:
    """What a record is called in our own files."""
    return f"ZY-{pk:05d}"


def number_read(said: str) -> int:
    """The record that is meant, or 0."""
    digits = said.removeprefix("ZY-")
    return int(digits) if said.startswith("ZY-") and digits.isdecimal() and len(digits) < 12 else 0
