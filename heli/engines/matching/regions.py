"""How near two places of the official tree are. Codes are cut to their level, so a prefix is an ancestor."""

from __future__ import annotations

from collections.abc import Iterable

VILLAGE, TOWN, COUNTY, PREFECTURE, PROVINCE, APART = 12, 9, 6, 4, 2, 0
LEVELS = (VILLAGE, TOWN, COUNTY, PREFECTURE, PROVINCE)

# Percent of the place part. Living there counts a little more than going there.
LIVES = {VILLAGE: 100, TOWN: 70, COUNTY: 40, PREFECTURE: 20, PROVINCE: 10, APART: 0}
SERVES = {VILLAGE: 90, TOWN: 60, COUNTY: 30, PREFECTURE: 10, PROVINCE: 5, APART: 0}


def shared(one: str, other: str) -> int:
    """The smallest unit that holds both, as the length of its code; 0 if none."""
    for level in LEVELS:
        if len(one) >= level and len(other) >= level and one[:level] == other[:level]:
            return level
    return APART


def covers(code: str, region: str) -> bool:
    """Whether `code` holds `region` or lies in it (a need of a whole town can be met from a village of it)."""
    return bool(code) and shared(code, region) == min(len(code), len(region), VILLAGE)


def town(home: str) -> str:
    """Where people go without being asked: the town they live in (a wider code stays as it is)."""
    return home[:TOWN]


def reaches(home: str, serves: Iterable[str], region: str) -> bool:
    return covers(town(home), region) or any(covers(code, region) for code in serves)


def nearness(home: str, serves: Iterable[str], region: str) -> tuple[int, int, bool]:
    """Percent of the place part, the level that gave it, and whether by living there."""
    level = shared(home, region)
    best = (LIVES[level], level, True)
    for code in serves:
        if covers(code, region):
            level = shared(code, region)
            best = max(best, (SERVES[level], level, False))
    return best
