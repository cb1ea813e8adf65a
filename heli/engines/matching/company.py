"""Who may go along: the allowed pairs of official and need, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arcs import joined
from .frame import Frame, Ints


@dataclass(frozen=True, slots=True)
class Company:
    """Who may go along: official and need (positions in the frame), sorted by official, then need."""

    official: Ints
    need: Ints


def company(frame: Frame) -> Company:
    free = np.array([official.free > 0 for official in frame.officials], dtype=np.bool_)
    everyone = np.flatnonzero(free)
    found: dict[tuple[object, ...] | None, Ints] = {None: everyone}
    rows: list[Ints] = []
    ats: list[int] = []
    for at, need in enumerate(frame.needs):
        if need.official != "required":
            continue
        if need.officials not in found:
            chosen = {frame.official_at[one] for one in need.officials or () if one in frame.official_at}
            found[need.officials] = np.array(sorted(one for one in chosen if free[one]), dtype=np.int64)
        rows.append(found[need.officials])
        ats.append(at)
    official = joined(rows)
    need_of = np.repeat(np.array(ats, dtype=np.int64), [len(row) for row in rows])
    by_official = np.argsort(official, kind="stable")
    return Company(official[by_official], need_of[by_official])
