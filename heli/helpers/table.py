"""The life of a helper: proposed → vetted → trained → active ⇄ suspended → retired. Only active ones are matched."""

from collections.abc import Mapping
from dataclasses import dataclass

from heli.common.errors import Refusal


@dataclass(frozen=True, slots=True)
class Move:
    """From which states to which; `level` is who decides (village, town, city)."""

    origins: frozenset[str]
    to: str
    level: str


TRANSITIONS: Mapping[str, Move] = {
    "vet": Move(frozenset({"proposed"}), "vetted", "town"),
    "train": Move(frozenset({"vetted"}), "trained", "town"),
    "activate": Move(frozenset({"trained", "suspended"}), "active", "town"),
    "suspend": Move(frozenset({"active"}), "suspended", "town"),
    "retire": Move(frozenset({"active", "suspended", "trained", "vetted", "proposed"}), "retired", "town"),
}

# What "admit" does in one go: a roster's helper becomes one who can be asked.
ADMISSION = ("vet", "train", "activate")


def refusal(verb: str, state: str) -> Refusal | None:
    """Why a helper in `state` cannot go through `verb`, or None."""
    if state in TRANSITIONS[verb].origins:
        return None
    return Refusal("helper_state", f"{verb}: {state}")
