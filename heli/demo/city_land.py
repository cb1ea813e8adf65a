"""Lots for the city's blocks: rows of houses along lanes, invented, the same every time, one for most households."""

import random
from collections.abc import Iterator

import shapely
from shapely import affinity

from heli.parcels.bulk import NewParcel
from heli.parcels.geometry import Geometry, areas_dm2, moved, texts, zone_of

WEST, SOUTH, APART = 121.31, 28.335, (0.02, 0.015)  # where the first block's corner lies, and how far the next
IN_A_ROW, IN_A_HOUSE_ROW, LANE, HOUSE = 18, 6, 8.0, (15.0, 16.5)  # metres


def lots(number: int, village: str, many: int) -> list[NewParcel]:
    """`many` lots of the block with this running number."""
    dice = random.Random(f"land-{number}")  # noqa: S311
    corner = shapely.Point(WEST + number % 12 * APART[0], SOUTH + number // 12 * APART[1])
    plane = zone_of(corner.x)
    start = moved(corner, "EPSG:4490", plane)
    whole = shapely.MultiPolygon(list(_houses(dice, start.x, start.y, many)))
    shapes = list(moved(affinity.rotate(whole, dice.uniform(-25, 25)), plane).geoms)
    facts = zip(texts(shapes), areas_dm2(shapes), strict=True)
    return [
        NewParcel(village, f"{serial:05d}", shape, area, area, serial=str(serial), land_use="宅基地")
        for serial, (shape, area) in enumerate(facts, 1)
    ]


def _houses(dice: random.Random, x: float, y: float, many: int) -> Iterator[Geometry]:
    for at in range(many):
        column, row = at % IN_A_ROW, at // IN_A_ROW
        west = x + column * HOUSE[0] + column // IN_A_HOUSE_ROW * LANE
        north = y - row * HOUSE[1] - row // 3 * LANE
        wide, deep = dice.uniform(9, 13.5), dice.uniform(9.5, 14)
        yield affinity.rotate(shapely.box(west, north - deep, west + wide, north), dice.uniform(-3, 3))
