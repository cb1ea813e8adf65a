"""What the engine may know: everything in `Problem`, nothing else. No database, no clock, no settings.

The fields are those of the file format `heli-dispatch/1`. Ids are strings or whole numbers, unique within
needs, within helpers and within officials. Region codes are strings of the official tree, cut to their level
(2, 4, 6, 9 or 12 digits, a local team as 12 digits and `-NN`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from . import table

Id = str | int

PARTS = ("skill", "place", "trust", "continuity", "features", "preference")
"""The six named parts of a score, in the order in which people see them."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A bar that is already known. `reason` is a category; only those of `table.PUBLIC_BARS` are ever shown."""

    helper: Id
    reason: str


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a household asked for. It carries nothing about the household's answer, on purpose.

    `skills`: name → lowest level that will do (1..5); all are wanted in one person.
    `urgency`: 1 (can wait) .. 5 (today). `slots`: how many people are wanted, at least 1; above 1 only without
    an official. `official`: "required" means a helper and an official go together or nobody goes.
    `officials`: who may go along; None means any. `prefer` is the officer's wish, `trusted` the household's own
    naming, `refuse` the household's no. `current`: who helped so far, kept if all else is equal.
    `fallback`: the station that takes over when nobody is found; the engine only passes it on.
    """

    id: Id
    kind: str
    region: str
    skills: Mapping[str, int] = field(default_factory=dict)
    urgency: int = 3
    slots: int = 1
    official: Literal["required", "none"] = "none"
    prefer: tuple[Id, ...] = ()
    trusted: tuple[Id, ...] = ()
    features: tuple[str, ...] = ()
    fallback: Id | None = None
    refuse: tuple[Id, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    current: Id | None = None
    officials: tuple[Id, ...] | None = None

    @property
    def named(self) -> tuple[Id, ...]:
        """Helpers asked for by name; the area does not matter for them."""
        return self.trusted + self.prefer + (() if self.current is None else (self.current,))


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who can be asked: active, vetted and trained people only (the caller sees to that).

    `skills`: name → level 1 (self-declared) .. 5. `home`: where they live, "" if unknown. `serves`: regions
    they go to besides the town of their home. `capacity`: open households they take at most; `load`: how many
    they have that this problem does not decide again. `team` is passed on and not used yet.
    """

    id: Id
    home: str = ""
    skills: Mapping[str, int] = field(default_factory=dict)
    serves: tuple[str, ...] = ()
    relation: Literal["social", "staff"] = "social"
    kinds: tuple[str, ...] = ()
    team: Id | None = None
    capacity: int = 3
    load: int = 0

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.load)


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody with authority who goes along. `capacity` and `load` are visits a week."""

    id: Id
    capacity: int = 3
    load: int = 0

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.load)


@dataclass(frozen=True, slots=True)
class Weights:
    """All in points, whole numbers. The six parts are upper limits and sum to 1000 by default.

    `fairness`: what one more household costs while the load is within the first, the second and the last step;
    `fairness_until`: where the first two steps end, in percent of the capacity. It must not fall, so that the
    load is spread. A need left out costs `unserved + urgency × unserved_urgency`: one more need served beats
    any one better match.
    """

    skill: int = 350
    place: int = 200
    trust: int = 150
    continuity: int = 150
    features: int = 100
    preference: int = 50
    fairness: tuple[int, int, int] = (0, 20, 60)
    fairness_until: tuple[int, int] = (50, 80)
    unserved: int = 10_000
    unserved_urgency: int = 10_000

    @property
    def full(self) -> int:
        """The best score anybody could have."""
        return self.skill + self.place + self.trust + self.continuity + self.features + self.preference

    def penalty(self, urgency: int) -> int:
        return self.unserved + urgency * self.unserved_urgency

    def steps(self, capacity: int, load: int) -> tuple[int, int, int]:
        """How many more households fit into each fairness step, `load` being there already."""
        ends = (capacity * self.fairness_until[0] // 100, capacity * self.fairness_until[1] // 100, capacity)
        starts = (load, max(load, ends[0]), max(load, ends[1]))
        return tuple(max(0, end - start) for start, end in zip(starts, ends, strict=True))  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the solver may know. The order of the tuples has no influence on the plan.

    `pair_exclude`: (helper, official) who must not go together. `seed` only decides between equal plans.
    `feature_table` and `third_party` are the tables of `table.py` unless replaced.
    """

    needs: tuple[Need, ...]
    helpers: tuple[Helper, ...]
    officials: tuple[Official, ...] = ()
    pair_exclude: tuple[tuple[Id, Id], ...] = ()
    weights: Weights = field(default_factory=Weights)
    seed: int = 0
    feature_table: Mapping[str, table.Fit] = field(default_factory=lambda: table.FEATURES)
    third_party: frozenset[str] = table.THIRD_PARTY


def order(one: Id) -> tuple[bool, int, str]:
    """Sort key of ids: numbers by value, then strings."""
    return (True, 0, one) if isinstance(one, str) else (False, one, "")
