"""The tables that tell the matching what words do not. Data: edit here, or pass your own in `Problem`.

* `FEATURES`: a feature of a block or an owner → the kinds of people and the skills that fit it
  (the consultation of 25 October 2023: 根据征迁区块和产权人特点，有针对性地调配).
* `NEED_KINDS`: what is asked → skill and level, whether it touches policy (then an official goes along),
  and whether it wants a third party, that is: nobody on duty for the programme.
* `PUBLIC_BARS`: the only categories of a known bar that may be named. Everything else reads as "tied to the
  matter": the kind of tie is sealed, so that nobody learns a family's debts from a match.

Codes are English; `WORDS` gives what people read. A code without words is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """Who fits a feature: anybody of one of `kinds`, or with one of `skills` at any level."""

    kinds: frozenset[str]
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class NeedKind:
    """Default demands of one kind of need; a single need may ask for more."""

    skills: Mapping[str, int]
    official: bool
    third_party: bool


def _fit(kinds: str, skills: str) -> Fit:
    return Fit(frozenset(kinds.split()), frozenset(skills.split()))


def _kind(skill: str, level: int = 1, *, official: bool = False, third_party: bool = False) -> NeedKind:
    return NeedKind({skill: level} if skill else {}, official, third_party)


FEATURES: Mapping[str, Fit] = {
    # feature              kinds that fit                                   skills that fit
    "elder": _fit("worthy doctor volunteer organisation", "elder_care counselling"),
    "inheritance": _fit("lawyer mediator worthy", "legal_advice family_mediation"),
    "partition": _fit("mediator worthy lawyer", "family_mediation agreement_drafting"),
    "sale": _fit("lawyer mediator", "sale_dispute legal_advice"),
    "debt": _fit("lawyer mediator", "debt_dispute legal_advice"),
    "away": _fit("worthy cppcc_member deputy", "policy_explaining"),
    "business": _fit("enterprise cppcc_member", "business_relocation"),
    "tenant": _fit("volunteer organisation", "housing_search moving_help"),
    "state_land": _fit("lawyer", "legal_advice valuation_explaining"),
    "collective_land": _fit("worthy party_member deputy", "policy_explaining"),
    "large_family": _fit("worthy mediator", "family_mediation"),
    "hardship": _fit("charity organisation volunteer", "elder_care housing_search"),
}

NEED_KINDS: Mapping[str, NeedKind] = {
    # what is asked         skill, level            touches policy      wants a third party
    "policy_explanation": _kind("policy_explaining", official=True),
    "document_finding": _kind("document_finding"),
    "title_inheritance": _kind("legal_advice", third_party=True),
    "family_partition": _kind("family_mediation", official=True, third_party=True),
    "house_sale_dispute": _kind("sale_dispute", third_party=True),
    "debt_dispute": _kind("debt_dispute", third_party=True),
    "agreement_drafting": _kind("agreement_drafting", official=True, third_party=True),
    "legal_consultation": _kind("legal_advice", third_party=True),
    "valuation_explanation": _kind("valuation_explaining", official=True, third_party=True),
    "hardship_care": _kind("elder_care"),
    "psychological_support": _kind("counselling", third_party=True),
    "temporary_housing": _kind("housing_search"),
    "school_place": _kind("school_place", official=True),
    "moving_help": _kind("moving_help"),
    "business_relocation": _kind("business_relocation", official=True),
    "neighbour_dispute": _kind("family_mediation", third_party=True),
    "police_service": _kind("", official=True),
    "small_matter": _kind(""),
}

THIRD_PARTY: frozenset[str] = frozenset(code for code, kind in NEED_KINDS.items() if kind.third_party)

PUBLIC_BARS: Mapping[str, tuple[str, str]] = {
    "untrained": ("还没参加这类事的培训", "not yet trained for this kind of matter"),
    "unvetted": ("还没通过审核", "not yet vetted"),
    "expired": ("证件或聘期已到期", "credential or term has expired"),
    "suspended": ("暂停服务中", "service is suspended"),
    "unavailable": ("这段时间没有空", "not available at this time"),
    "contact_limit": ("这一周已联系过两次，先不打扰", "already contacted twice this week; left in peace"),
}
SEALED_BAR = ("与当事人有关联。细节封存，谁也不能倒查", "tied to the matter; the details are sealed")

WORDS: Mapping[str, tuple[str, str]] = {
    # skills
    "policy_explaining": ("政策宣讲", "explaining policy"),
    "document_finding": ("帮找资料", "finding papers"),
    "legal_advice": ("法律咨询", "legal advice"),
    "family_mediation": ("家庭纠纷调解", "family mediation"),
    "sale_dispute": ("房屋买卖纠纷", "house-sale disputes"),
    "debt_dispute": ("债务纠纷", "debt disputes"),
    "agreement_drafting": ("协议起草", "drafting agreements"),
    "valuation_explaining": ("评估解释", "explaining valuation"),
    "elder_care": ("养老救助", "elder care and relief"),
    "counselling": ("心理疏导", "counselling"),
    "housing_search": ("过渡房源", "temporary housing"),
    "school_place": ("就学衔接", "school places"),
    "moving_help": ("搬家帮扶", "help with moving"),
    "business_relocation": ("经营户搬迁", "relocating a business"),
    # features of block and owner
    "elder": ("家有老人", "elderly person at home"),
    "inheritance": ("涉及继承", "inheritance"),
    "partition": ("要分家析产", "family partition"),
    "sale": ("有过房屋买卖", "past sale of the house"),
    "away": ("户主在外", "owner lives elsewhere"),
    "tenant": ("有租户", "tenants in the house"),
    "state_land": ("国有土地", "state-owned land"),
    "collective_land": ("集体土地", "collective land"),
    "large_family": ("大家庭", "large family"),
    "hardship": ("生活困难", "hardship"),
}


def words(code: str) -> tuple[str, str]:
    """What people read for `code`, in Chinese and English."""
    return WORDS.get(code, (code, code))
