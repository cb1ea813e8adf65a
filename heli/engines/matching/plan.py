"""What comes out: a plan with its price, its proof and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .problem import Id


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against somebody. `term`: a part, "fairness", "scarcity", or a refusal code.

    `value` in points: 0..weight for a part; 0 or below for the prices fairness and scarcity, so that all
    together they sum to what the plan compared (`net`).
    """

    term: str
    value: int
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """One person for one need. The values of the six parts in `reasons` sum to `score`; prices stand beside."""

    need: Id
    helper: Id
    official: Id | None
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A need with `missing` places left open. `reason` is a code of `reasons.NOBODY`."""

    need: Id
    reason: str
    text: str
    text_en: str
    missing: int
    fallback: Id | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """Node prices that prove the bound without the solver; see `certificate.py`.

    `bits`: size of the tie-break part of the costs. `potentials`: one per node of the network, in its order.
    `digest`: SHA-256 over the plan's figures and pairs, so that a changed number shows at once.
    """

    bits: int
    potentials: tuple[int, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Proof that nobody is left out for the sake of a better match; see `coverage.py`.

    `open`, `least`: (urgency, places) that the plan leaves open, and that the best plan for coverage leaves open, the
    most urgent first. `penalty` of the plan in points; `bound`: no plan's is below it, by `potentials`.
    """

    open: tuple[tuple[int, int], ...]
    least: tuple[tuple[int, int], ...]
    penalty: int
    bound: int
    potentials: tuple[int, ...]

    @property
    def proven(self) -> bool:
        return self.penalty == self.bound


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer. `objective` is minimised, in points: penalties of what is left out + fairness − scores.

    `bound`: no plan can be below it. `gap` = (objective − bound) / max(1, |bound|); 0 and `optimal` mean proven
    best. `prices`, `official_prices`: what one more place of this person would be worth, in points (only where
    above 0). `method`: "flow", or "flow and repair" where helper–official exclusions had to be mended.
    `seconds`: how long each step took.
    """

    assigned: tuple[Assigned, ...]
    unassigned: tuple[Unassigned, ...]
    objective: int
    bound: int
    gap: float
    optimal: bool
    method: str
    prices: Mapping[Id, int]
    official_prices: Mapping[Id, int]
    certificate: Certificate
    seconds: Mapping[str, float]
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person seen from one need: why, or why not.

    `excluded`: the hard rule that says no, else None. `net`: score and prices together. `loss`: what the whole
    plan would lose at least if this person took the need after all; 0 for the chosen. `why`: in words.
    """

    need: Id
    helper: Id
    official: Id | None
    chosen: bool
    excluded: Reason | None
    score: int
    net: int
    loss: int
    reasons: tuple[Reason, ...]
    why: Reason
