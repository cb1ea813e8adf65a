"""Shapes on a page: degrees to the units of one SVG, north up. Pure, and without a library that a page would wait for."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

Ring = list[tuple[float, float]]
A_DEGREE = 111_320.0  # metres of latitude
MARGIN = 10.0
A_LOT = 20.0  # units that the shorter side of a usual lot gets, so that its number fits
MOST = 2400.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape: the path's `d`, and where its number stands."""

    key: int
    path: str
    x: float
    y: float
    wide: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """All shapes in one viewBox."""

    width: int
    height: int
    lots: tuple[Drawn, ...]
    outline: str


def sheet(shapes: Iterable[tuple[int, str]], outline: str = "", *, lot: float = A_LOT) -> Sheet | None:
    """Lots as (key, GeoJSON) and the outline around them; None where there is nothing to draw."""
    lots = [(key, _rings(text)) for key, text in shapes]
    around = _rings(outline) if outline else []
    points = [point for rings in (*(rings for _key, rings in lots), around) for ring in rings for point in ring]
    if not points:
        return None
    west, north = min(x for x, _ in points), max(y for _, y in points)
    metres = math.cos(math.radians(north)) * A_DEGREE
    scale = _scale([rings for _key, rings in lots] or [around], metres, points, lot)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        x, y = (point[0] - west) * metres * scale, (north - point[1]) * A_DEGREE * scale
        return round(x + MARGIN, 1), round(y + MARGIN, 1)

    placed = [(key, [[place(point) for point in ring] for ring in rings]) for key, rings in lots]
    edge = [place(point) for point in points]
    return Sheet(
        width=math.ceil(max(x for x, _ in edge) + MARGIN),
        height=math.ceil(max(y for _, y in edge) + MARGIN),
        lots=tuple(_drawn(key, rings) for key, rings in placed),
        outline=_path([[place(point) for point in ring] for ring in around]),
    )


def _rings(text: str) -> list[Ring]:
    shape = json.loads(text)
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [[(point[0], point[1]) for point in ring[:-1]] for part in parts for ring in part]


def _scale(lots: Sequence[list[Ring]], metres: float, points: Ring, lot: float) -> float:
    """Units a metre: a usual lot is large enough for a number, and the whole no larger than a sheet."""
    sides = [min(_reach(rings[0], 0) * metres, _reach(rings[0], 1) * A_DEGREE) for rings in lots]
    whole = max(_reach(points, 0) * metres, _reach(points, 1) * A_DEGREE)
    return float(min(lot / max(0.1, median(sides)), MOST / max(0.1, whole)))


def _reach(points: Ring, axis: int) -> float:
    values = [point[axis] for point in points]
    return max(values) - min(values)


def _drawn(key: int, rings: list[Ring]) -> Drawn:
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    x, y = _middle(largest)
    return Drawn(key, _path(rings), round(x, 1), round(y, 1), round(_reach(largest, 0), 1))


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity; of a line without area, its first point."""
    area = _area(ring)
    if abs(area) < 1e-6:
        return ring[0]
    x = y = 0.0
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return x / (6 * area), y / (6 * area)


def _path(rings: list[Ring]) -> str:
    return "".join(f"M{'L'.join(f'{x:g},{y:g}' for x, y in ring)}Z" for ring in rings)
