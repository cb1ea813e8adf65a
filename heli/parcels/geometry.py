"""Shapes: between a survey's plane and CGCS2000 degrees, as text, and their areas. Pure."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer

STORED = "EPSG:4490"
DIGITS = 9  # of a degree: a tenth of a millimetre
Geometry = Any  # shapely ships no types


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(CRS.from_user_input(source), CRS.from_user_input(target), always_xy=True)


def moved(shape: Geometry, source: str, target: str = STORED) -> Geometry:
    """The shape in another coordinate system, longitude or easting first."""
    if source == target:
        return shape
    road = _transformer(source, target)
    return shapely.transform(shape, lambda points: np.column_stack(road.transform(points[:, 0], points[:, 1])))


def zone_of(longitude: float) -> str:
    """The CGCS2000 3-degree zone (without number before the easting) around a longitude: 121.4 → EPSG:4549."""
    meridian = min(135, max(75, round(longitude / 3) * 3))
    return f"EPSG:{4534 + (meridian - 75) // 3}"


def in_metres(shape: Geometry) -> Geometry:
    """A stored shape in the plane of its zone."""
    return moved(shape, STORED, zone_of(shape.bounds[0]))


def area_dm2(shape: Geometry) -> int:
    """What a stored shape gives as area."""
    return areas_dm2([shape])[0]


def areas_dm2(shapes: Sequence[Geometry]) -> list[int]:
    """What stored shapes give as areas, those of one zone at once."""
    listed, areas = np.asarray(shapes, dtype=object), np.zeros(len(shapes))
    zones = np.array([zone_of(west) for west in shapely.bounds(listed)[:, 0]])
    for zone in np.unique(zones):
        there = zones == zone
        areas[there] = shapely.area(moved(listed[there], STORED, str(zone)))
    return [round(area * 100) for area in areas.tolist()]


def text(shape: Geometry) -> str:
    """A stored shape as GeoJSON: the same text for the same shape."""
    return texts([shape])[0]


def texts(shapes: Sequence[Geometry]) -> list[str]:
    """Stored shapes as GeoJSON."""
    plain = shapely.transform(
        shapely.normalize(np.asarray(shapes, dtype=object)), lambda points: np.round(points, DIGITS)
    )
    return [json.dumps(json.loads(one), separators=(",", ":")) for one in shapely.to_geojson(plain)]


def shape_of(text: str) -> Geometry:
    return shapely.from_geojson(text)


def polygon(corners: Sequence[tuple[float, float]]) -> Geometry:
    """A shape from its corners in degrees, closed or not."""
    return shapely.Polygon(corners)


def outer_corners(text: str) -> list[tuple[float, float]]:
    """The corners of a shape's (largest) outline, not closed."""
    shape = shape_of(text)
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    return [(x, y) for x, y in largest.exterior.coords[:-1]]
