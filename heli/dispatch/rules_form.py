"""The form of the match's rules: what the page shows of them, and what a person typed back."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from heli.common.errors import DomainError
from heli.engines.matching import Fit, NeedKind, Weights
from heli.engines.matching.table import NEED_KINDS
from heli.fieldwork.words import FEATURES, KINDS
from heli.helpers.words import KINDS as HELPER_KINDS
from heli.helpers.words import SKILLS

from .rules import LEVELS, PARTS, Rules
from .wording import LEGEND, feature_words

MOST = 100_000
STEPS = (_("手上还少"), _("过半以后"), _("快满时"))


@dataclass(frozen=True, slots=True)
class Number:
    name: str
    label: Any
    value: int
    term: str = ""


@dataclass(frozen=True, slots=True)
class KindRow:
    """`kept_*`: a rule of free will that cannot be taken away."""

    code: str
    label: Any
    skill: str
    level: int
    official: bool
    third_party: bool
    kept_official: bool
    kept_third_party: bool


@dataclass(frozen=True, slots=True)
class FeatureRow:
    code: str
    label: Any
    kinds: tuple[tuple[str, Any, bool], ...]
    skills: tuple[tuple[str, Any, bool], ...]


def shown(rules: Rules) -> dict[str, Any]:
    """What the page needs of the rules."""
    return {
        "rules": rules,
        "parts": [Number(f"w-{name}", LEGEND[name], getattr(rules.weights, name), name) for name in PARTS],
        "steps": [Number(f"f-{at}", STEPS[at], cost) for at, cost in enumerate(rules.weights.fairness)],
        "kinds": [_kind_row(code, kind) for code, kind in rules.need_kinds.items()],
        "features": [_feature_row(code, fit) for code, fit in rules.features.items()],
        "skills": SKILLS,
        "levels": LEVELS,
    }


def _kind_row(code: str, kind: NeedKind) -> KindRow:
    skill, level = next(iter(kind.skills.items()), ("", 1))
    kept = NEED_KINDS[code]
    return KindRow(
        code, KINDS[code].label, skill, level, kind.official, kind.third_party, kept.official, kept.third_party
    )


def _feature_row(code: str, fit: Fit) -> FeatureRow:
    return FeatureRow(
        code,
        dict(FEATURES).get(code) or feature_words(code),
        tuple((name, label, name in fit.kinds) for name, label in HELPER_KINDS if name != "official"),
        tuple((name, label, name in fit.skills) for name, label in SKILLS),
    )


def typed(data: QueryDict, base: Rules) -> Rules:
    """The rules as typed; DomainError where a number is none. Whether they may be put in force is `rules.refusals`."""
    parts: dict[str, Any] = {name: _number(data, f"w-{name}") for name in PARTS}
    fairness = tuple(_number(data, f"f-{at}") for at in range(3))
    kinds = {code: _kind(data, code, kind) for code, kind in base.need_kinds.items()}
    features = {
        code: Fit(frozenset(data.getlist(f"{code}-kinds")), frozenset(data.getlist(f"{code}-skills")))
        for code in base.features
    }
    weights = Weights(**parts, fairness=(fairness[0], fairness[1], fairness[2]))
    return Rules(base.version, weights, kinds, features)


def _kind(data: QueryDict, code: str, base: NeedKind) -> NeedKind:
    skill = data.get(f"{code}-skill", "")
    kept = NEED_KINDS[code]
    return NeedKind(
        {skill: _number(data, f"{code}-level")} if skill else {},
        kept.official or f"{code}-official" in data,
        kept.third_party or f"{code}-third" in data,
    )


def _number(data: QueryDict, name: str) -> int:
    text = data.get(name, "").strip()
    if not text.isdecimal() or int(text) > MOST:
        raise DomainError(
            "not_a_number", _("分数要写成 0 以上的整数。"), kept=_("现在的规则没有变。"), todo=_("请回到上一页再改。")
        )
    return int(text)
