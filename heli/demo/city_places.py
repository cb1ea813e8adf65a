"""Where the demonstration city's blocks lie and how many households each has.

The numbers are the consultation's of 25 October 2023: 18 blocks with 3,703 households in three subdistricts in 2022; 34
blocks in 13 towns in 2023 with 3,670 households signed by the end of September and more open; eight reservoir villages
with 4,200 households. Names of places it does not name are those of villages the blocks lie in. Which eight villages
the reservoir moves is not said there: eight of 温峤镇 stand for them.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from heli.regions.models import Region

SIGNED_2022, SIGNED_2023, STILL_OPEN, RESERVOIR = 3_703, 3_670, 570, 4_200
TAIPING, CHENGDONG, CHENGXI, WENQIAO = "331081001", "331081002", "331081003", "331081107"
# How many blocks each town has in that year; 吉捕岙 and 彭家 of 城南镇 are the village world's own.
IN_2022 = {TAIPING: 7, CHENGDONG: 6, CHENGXI: 5}
IN_2023 = {
    TAIPING: 3, CHENGDONG: 3, CHENGXI: 3, "331081004": 3, "331081005": 3, "331081100": 3, "331081101": 3,
    "331081102": 2, "331081103": 2, "331081104": 2, "331081105": 2, WENQIAO: 2, "331081108": 1,
}  # fmt: skip
JIBUAO = 209  # households of the village world's block
NAMED = {  # told of in the consultation
    "331081001028": ("卖鱼桥区块", "state_owned"),
    "331081001008": ("月河区块", "state_owned"),
    "331081002215": ("虎头山区块", "collective"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A block to be: its name and mark, where it lies, when it began, and its households."""

    name: str
    mark: str
    town: str
    village: str
    land: str
    started_on: date
    households: int


def blocks_2022(dice: random.Random) -> list[Place]:
    return _places(dice, IN_2022, SIGNED_2022, date(2022, 3, 1), named=True)


def blocks_2023(dice: random.Random, marks: Sequence[str]) -> list[Place]:
    rest = SIGNED_2023 + STILL_OPEN - JIBUAO
    return _places(dice, IN_2023, rest, date(2023, 2, 1), taken=marks)


def reservoir(dice: random.Random, marks: Sequence[str]) -> list[Place]:
    # Surveyed within forty days of its start, so it starts early enough to be known on the demonstration's day.
    return _places(dice, {WENQIAO: 8}, RESERVOIR, date(2023, 9, 4), within=10, taken=marks, suffix="库区")


def _places(
    dice: random.Random, per_town: dict[str, int], households: int, first: date, *, named: bool = False,
    taken: Sequence[str] = (), suffix: str = "区块", within: int = 120,
) -> list[Place]:  # fmt: skip
    counts = shares(dice, households, sum(per_town.values()))
    used = {"吉", "彭", *taken}
    found: list[Place] = []
    for town, many in per_town.items():
        for village in _villages(dice, town, many, named, used):
            name, land = NAMED.get(village.code, (f"{_short(village.name)}{suffix}", "collective"))
            mark = next(name[:size] for size in (1, 2, 3, 4) if name[:size] not in used)
            used.add(mark)
            started = first + timedelta(days=dice.randrange(0, within))
            found.append(Place(name, mark, town, village.code, land, started, counts[len(found)]))
    return found


def _villages(dice: random.Random, town: str, many: int, named: bool, used: set[str]) -> list[Region]:
    rows = list(Region.objects.filter(level="village", parent_code=town).order_by("code"))
    told = [row for row in rows if named and row.code in NAMED]
    others = [row for row in rows if row.code not in NAMED and not {row.name[:1], row.name[:2]} & used]
    return [*told, *dice.sample(others, many - len(told))]


def shares(dice: random.Random, whole: int, many: int) -> list[int]:
    """`whole` split into `many` parts of about one size."""
    weights = [dice.randrange(60, 140) for _ in range(many)]
    parts = [whole * weight // sum(weights) for weight in weights]
    for at in range(whole - sum(parts)):
        parts[at % many] += 1
    return parts


def _short(name: str) -> str:
    for tail in ("社区", "村"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name.removesuffix(tail)
    return name
