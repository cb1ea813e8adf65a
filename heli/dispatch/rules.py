"""The match's two tables and its weights as one dated document: read, checked, written. Pure.

What belongs to free will is no setting: a kind of need that touches policy always has an official beside the helper,
and a kind that wants a third party always gets one. The tables may add to these, never take away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.common.errors import Refusal
from heli.engines.matching import Fit, NeedKind, Weights
from heli.engines.matching.table import FEATURES, NEED_KINDS
from heli.fieldwork.words import KINDS
from heli.helpers.words import KINDS as HELPER_KINDS
from heli.helpers.words import SKILLS

PARTS = ("skill", "place", "trust", "continuity", "features", "preference")
FULL = 1000
LEVELS = range(1, 6)


@dataclass(frozen=True)
class Rules:
    """`need_kinds`: what is asked → skill and level, official, third party. `features`: feature → who fits."""

    version: int = 0
    weights: Weights = field(default_factory=Weights)
    need_kinds: Mapping[str, NeedKind] = field(default_factory=lambda: NEED_KINDS)
    features: Mapping[str, Fit] = field(default_factory=lambda: FEATURES)

    @property
    def third_party(self) -> frozenset[str]:
        return frozenset(code for code, kind in self.need_kinds.items() if kind.third_party)


DEFAULT = Rules()


def document_of(rules: Rules) -> dict[str, Any]:
    """As stored and as put into the ledger: plain values in a fixed order."""
    return {
        "weights": {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(rules.weights).items()},
        "need_kinds": {
            code: {"skills": dict(kind.skills), "official": kind.official, "third_party": kind.third_party}
            for code, kind in rules.need_kinds.items()
        },
        "features": {
            code: {"kinds": sorted(fit.kinds), "skills": sorted(fit.skills)} for code, fit in rules.features.items()
        },
    }


def rules_of(document: Mapping[str, Any], version: int = 0) -> Rules:
    """From what `document_of` gave. Kinds and features that came later than the document are as by default."""
    weights: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in document["weights"].items()}
    kinds = {
        code: NeedKind(row["skills"], row["official"], row["third_party"])
        for code, row in document["need_kinds"].items()
    }
    features = {
        code: Fit(frozenset(row["kinds"]), frozenset(row["skills"])) for code, row in document["features"].items()
    }
    return Rules(version, Weights(**weights), {**NEED_KINDS, **kinds}, {**FEATURES, **features})


def refusals(rules: Rules) -> list[Refusal]:
    """Everything that keeps these rules from being put in force."""
    return [*_wrong_weights(rules.weights), *_wrong_kinds(rules.need_kinds), *_wrong_features(rules.features)]


def _wrong_weights(weights: Weights) -> Iterable[Refusal]:
    if sum(getattr(weights, name) for name in PARTS) != FULL or min(getattr(weights, name) for name in PARTS) < 0:
        yield Refusal("weights_sum", str(_("六项加起来要正好 1000 分，一项也不能是负的。")))
    steps = list(weights.fairness)
    if steps != sorted(steps) or steps[0] < 0:
        yield Refusal("fairness_falls", str(_("手上越多，再加一户只能越贵，不能便宜下来。")))


def _wrong_kinds(kinds: Mapping[str, NeedKind]) -> Iterable[Refusal]:
    known = dict(SKILLS)
    for code, kind in kinds.items():
        if any(skill not in known or level not in LEVELS for skill, level in kind.skills.items()):
            yield Refusal("skill_unknown", str(_("“%(kind)s”要的专长不认得。")) % {"kind": KINDS[code].label})
        if NEED_KINDS[code].official and not kind.official:
            yield Refusal("official_kept", str(_("“%(kind)s”牵涉政策，总要有干部陪同。")) % {"kind": KINDS[code].label})
        if NEED_KINDS[code].third_party and not kind.third_party:
            yield Refusal("third_party_kept", str(_("“%(kind)s”总要请第三方的人。")) % {"kind": KINDS[code].label})


def _wrong_features(features: Mapping[str, Fit]) -> Iterable[Refusal]:
    kinds, skills = dict(HELPER_KINDS), dict(SKILLS)
    for code, fit in features.items():
        if not fit.kinds <= kinds.keys() or not fit.skills <= skills.keys():
            yield Refusal("feature_unknown", str(_("“%(feature)s”一行里有不认得的类别或专长。")) % {"feature": code})
