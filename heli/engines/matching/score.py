"""The score of one pair: six named parts, whole points, each 0..its weight; their sum is the score.

`parts` is the specification, one pair at a time; `arcs.py` does the same for all pairs at once and a test holds
the two together. Percentages are cut down to whole points, never rounded up.
"""

from __future__ import annotations

from functools import lru_cache

from . import regions, table
from .plan import Reason
from .problem import Helper, Need, Problem

SKILL_CREDIT = (70, 85, 95, 100, 100)
"""Percent of the skill part by levels above the lowest that will do: just enough gives 70, one more 85, …"""


nearness = lru_cache(maxsize=1 << 16)(regions.nearness)
"""People of one village go to the same few places: most pairs of a plan have been looked at before."""


def skill_percent(need: Need, helper: Helper) -> int:
    """The mean over the skills asked for; below the lowest level a skill gives nothing."""
    if not need.skills:
        return SKILL_CREDIT[0]
    above = [helper.skills.get(skill, 0) - level for skill, level in need.skills.items()]
    return sum(SKILL_CREDIT[min(step, 4)] for step in above if step >= 0) // len(above)


def features_met(problem: Problem, need: Need, helper: Helper) -> tuple[tuple[str, ...], int]:
    """The features of block and owner that this person fits, and how many of the need's the table knows."""
    if not need.features:
        return (), 0
    known = [feature for feature in dict.fromkeys(need.features) if feature in problem.feature_table]
    return tuple(feature for feature in known if fits(problem.feature_table[feature], helper)), len(known)


def fits(fit: table.Fit, helper: Helper) -> bool:
    return not fit.kinds.isdisjoint(helper.kinds) or not fit.skills.isdisjoint(helper.skills)


def parts(problem: Problem, need: Need, helper: Helper) -> tuple[int, int, int, int, int, int]:
    """Skill, place, trust, continuity, features, preference."""
    return _parts(problem, need, helper, features_met(problem, need, helper))


def _parts(
    problem: Problem, need: Need, helper: Helper, met: tuple[tuple[str, ...], int]
) -> tuple[int, int, int, int, int, int]:
    weights = problem.weights
    near, _, _ = nearness(helper.home, helper.serves, need.region)
    fitting, known = met
    return (
        weights.skill * skill_percent(need, helper) // 100,
        weights.place * near // 100,
        weights.trust if helper.id in need.trusted else 0,
        weights.continuity if helper.id == need.current else 0,
        weights.features * len(fitting) // known if known else 0,
        weights.preference if helper.id in need.prefer else 0,
    )


def reasons(problem: Problem, need: Need, helper: Helper) -> tuple[Reason, ...]:
    """The six parts in words a neighbour would use."""
    met = features_met(problem, need, helper)
    skill, place, trust, continuity, features, preference = _parts(problem, need, helper, met)
    return (
        Reason("skill", skill, *skill_words(need, helper)),
        Reason("place", place, *place_words(need, helper)),
        Reason("trust", trust, *TRUST[bool(trust)]),
        Reason("continuity", continuity, *CONTINUITY[bool(continuity)]),
        Reason("features", features, *features_words(*met)),
        Reason("preference", preference, *PREFERENCE[bool(preference)]),
    )


TRUST = {
    True: ("住户自己点名信得过", "named by the household as somebody they trust"),
    False: ("住户没有点名", "not named by the household"),
}
CONTINUITY = {
    True: ("一直是这位在帮，接着帮", "has been helping this household and goes on"),
    False: ("以前没帮过这件事", "has not helped with this before"),
}
PREFERENCE = {
    True: ("经办人希望请这位", "the officer would like this person"),
    False: ("经办人没有特别指定", "the officer named nobody in particular"),
}
LIVES = {
    regions.VILLAGE: ("住在本村", "lives in the village"),
    regions.TOWN: ("住在本镇", "lives in the town"),
    regions.COUNTY: ("住在本市，不在本镇", "lives in the county, in another town"),
    regions.PREFECTURE: ("住在邻近县市", "lives in a neighbouring county"),
    regions.PROVINCE: ("住在省内", "lives in the province"),
    regions.APART: ("住得远或住址不详", "lives far away, or where is not known"),
}
SERVES = {
    regions.VILLAGE: ("常到本村服务", "regularly serves the village"),
    regions.TOWN: ("常到本镇服务", "regularly serves the town"),
    regions.COUNTY: ("服务全市各镇", "serves the whole county"),
    regions.PREFECTURE: ("服务全市各县", "serves the whole prefecture"),
    regions.PROVINCE: ("服务全省", "serves the whole province"),
    regions.APART: ("服务这一带", "serves this area"),
}


def skill_words(need: Need, helper: Helper) -> tuple[str, str]:
    if not need.skills:
        return "这件事不要求专长", "no special skill is needed"
    pairs = [(*table.words(skill), helper.skills.get(skill, 0), level) for skill, level in sorted(need.skills.items())]
    return (
        "，".join(f"{name}{has}级（要求{level}级）" for name, _, has, level in pairs),
        ", ".join(f"{name}: level {has} (asked: {level})" for _, name, has, level in pairs),
    )


def place_words(need: Need, helper: Helper) -> tuple[str, str]:
    _, level, lives = nearness(helper.home, helper.serves, need.region)
    return LIVES[level] if lives else SERVES[level]


def features_words(met: tuple[str, ...], known: int) -> tuple[str, str]:
    if not known:
        return "这户没有登记特点", "no features are recorded for this household"
    if not met:
        return "这户的特点不是这位所长", "does not fit the features of this household"
    names = [table.words(feature) for feature in met]
    return (
        "适合：" + "、".join(name for name, _ in names),
        "fits: " + ", ".join(name for _, name in names),
    )
