"""Each shape of a layer: moved to stored degrees, measured, and what is wrong with it, named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from heli.parcels import geometry
from heli.parcels.geometry import STORED, Geometry

from . import zones

SLIVER_M2 = 0.5  # what neighbours may share by drawing


@dataclass(frozen=True, slots=True)
class Checked:
    """A shape as it would be stored, or the code of what is wrong with it; `first` in the facts is a row from 0."""

    text: str = ""
    area_dm2: int = 0
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def check(shapes: Sequence[Geometry | None], crs: str, box: zones.Box | None, *, overlaps: bool) -> list[Checked]:
    """In the order of the rows; of two shapes over each other the first stays."""
    found = [_alone(shape, crs, box) for shape in shapes]
    good = [row for row, one in enumerate(found) if not one.code]
    if overlaps and good:
        plane = [_plane(shapes[row], crs) for row in good]
        for row, wrong in _over(good, plane).items():
            found[row] = replace(wrong, text=found[row].text)
    return found


def _alone(shape: Geometry | None, crs: str, box: zones.Box | None) -> Checked:
    if shape is None or shape.is_empty:
        return Checked(code="shape_missing")
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return Checked(code="shape_invalid", facts={"why": shape.geom_type})
    if not shape.is_valid:
        return Checked(code="shape_invalid", facts={"why": shapely.is_valid_reason(shape)[:80]})
    stored = geometry.moved(shape, crs, STORED)
    if not np.isfinite(stored.bounds).all() or (box and not shapely.box(*box).covers(stored)):
        return Checked(code="outside_county")
    area = round(_plane(shape, crs).area * 100)
    if area <= 0:
        return Checked(code="shape_invalid", facts={"why": "0 ㎡"})
    return Checked(geometry.text(stored), area)


def _plane(shape: Geometry | None, crs: str) -> Geometry:
    """In metres: as surveyed where the survey is in metres, else in the zone of the place."""
    if crs in zones.OFFERED and crs != STORED:
        return shape
    return geometry.in_metres(geometry.moved(shape, crs, STORED))


def _over(rows: list[int], plane: list[Geometry]) -> dict[int, Checked]:
    """Rows that repeat or lie over an earlier one."""
    wrong: dict[int, Checked] = {}
    left, right = shapely.STRtree(plane).query(plane, predicate="intersects")
    for a, b in sorted((int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b):
        if rows[a] in wrong or rows[b] in wrong:
            continue
        area = plane[a].intersection(plane[b]).area
        if area > SLIVER_M2:
            same = plane[a].equals(plane[b])
            facts = {"first": str(rows[a])} | ({} if same else {"area": f"{area:.2f}"})
            wrong[rows[b]] = Checked(code="shape_duplicate" if same else "shape_overlaps", facts=facts)
    return wrong
