"""When lots may be split or merged, and which lots follow which. Pure: shapes in, reasons out."""

from collections.abc import Iterator, Mapping, Sequence

import shapely
from django.utils.translation import gettext_lazy as _

from heli.common.errors import Refusal

from .geometry import STORED, Geometry, in_metres, moved, zone_of

SLIVER_M2 = 0.5  # what two survey offices may differ by along a common side
MOST_CORNERS = 2000  # of a boundary
COVERED = 0.95  # a lot of which this much lies under new lots is followed by them
BEYOND_M = 0.5  # a line that ends on the edge, or nearly, is meant to reach it
LEAST_M2 = 1.0  # less than this beside a line is drawing, not a lot
MOST_PARTS = 20
TOUCHING_M = 0.02  # neighbours that a merge can join: see `merged`


def boundary_refusals(shape: Geometry) -> list[Refusal]:
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return [Refusal("boundary_no_area", str(_("范围要围成一块，至少三个角。")))]
    if not shape.is_valid:
        return [Refusal("boundary_crosses", str(_("边线自己交叉了，请把交叉的角移开。")))]
    if sum(len(part.exterior.coords) for part in getattr(shape, "geoms", [shape])) > MOST_CORNERS:
        return [Refusal("boundary_too_fine", str(_("角太多了，最多两千个。")))]
    return []


def split_refusals(old: Geometry, parts: Sequence[Geometry]) -> list[Refusal]:
    """The parts together are the old lot, and none lies over another."""
    whole, pieces = in_metres(old), [in_metres(part) for part in parts]
    reasons: list[Refusal] = []
    if len(parts) < 2:
        reasons.append(Refusal("split_needs_two", str(_("分割后至少要有两块。"))))
    if any(not piece.is_valid or piece.is_empty for piece in pieces):
        return [*reasons, Refusal("shape_invalid", str(_("有一块图形自己交叉或是空的。")))]
    if sum(piece.area for piece in pieces) - shapely.union_all(pieces).area > SLIVER_M2:
        reasons.append(Refusal("parts_overlap", str(_("分出来的几块互相压住了。"))))
    if shapely.union_all(pieces).symmetric_difference(whole).area > SLIVER_M2:
        reasons.append(Refusal("parts_not_whole", str(_("分出来的几块合起来不是原来那一块。"))))
    return reasons


def line_refusals(shape: Geometry, line: Geometry) -> list[Refusal]:
    """Whether the line parts the lot cleanly."""
    if not line.is_simple:
        return [Refusal("line_crosses", str(_("这条线自己交叉了。")))]
    parts = _parted(shape, line)
    if len(parts) <= len(getattr(shape, "geoms", [shape])):
        return [Refusal("line_misses", str(_("这条线没有把地块分开：两头都要画到边线上或边线外。")))]
    if min(part.area for part in parts) < LEAST_M2:
        return [Refusal("line_on_edge", str(_("分出来有一块不到 1 平方米：这条线贴着边线了。")))]
    if len(parts) > MOST_PARTS:
        return [Refusal("parts_many", str(_("一次最多分成 20 块。")))]
    return []


def cut(shape: Geometry, line: Geometry) -> list[Geometry]:
    """What the line makes of the lot, from west to east."""
    zone = zone_of(shape.bounds[0])
    parts = [moved(part, zone) for part in _parted(shape, line)]
    return sorted(parts, key=lambda part: (part.centroid.x, -part.centroid.y))


def _parted(shape: Geometry, line: Geometry) -> list[Geometry]:
    from shapely.ops import split

    zone = zone_of(shape.bounds[0])
    return list(split(moved(shape, STORED, zone), _longer(moved(line, STORED, zone))).geoms)


def _longer(line: Geometry) -> Geometry:
    """A little further at both ends."""
    points = list(line.coords)
    return shapely.LineString([_beyond(points[1], points[0]), *points[1:-1], _beyond(points[-2], points[-1])])


def _beyond(inner: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    far = shapely.Point(inner).distance(shapely.Point(end)) or 1.0
    reach = 1 + BEYOND_M / far
    return inner[0] + (end[0] - inner[0]) * reach, inner[1] + (end[1] - inner[1]) * reach


def beside(chosen: Sequence[Geometry], others: Mapping[int, Geometry]) -> list[int]:
    """Which of the others touch one of the chosen."""
    keys, lots = list(others), [in_metres(shape) for shape in others.values()]
    if not lots:
        return []
    near = shapely.union_all([in_metres(shape) for shape in chosen])
    found = shapely.STRtree(lots).query(near, predicate="dwithin", distance=TOUCHING_M)
    return [keys[at] for at in sorted(found)]


def merge_refusals(shapes: Sequence[Geometry]) -> list[Refusal]:
    if len(shapes) < 2:
        return [Refusal("merge_needs_two", str(_("至少要选两块才能合并。")))]
    if merged(shapes).geom_type != "Polygon":
        return [Refusal("merge_apart", str(_("这几块不相连，不能合成一块。")))]
    return []


def merged(shapes: Sequence[Geometry]) -> Geometry:
    """The union; a gap of a centimetre between neighbours is drawing, not land."""
    gap = 1e-7
    joined = shapely.union_all([shape.buffer(gap, join_style="mitre") for shape in shapes])
    return joined.buffer(-gap, join_style="mitre")


def successions(old: Mapping[int, Geometry], new: Mapping[str, Geometry]) -> Iterator[tuple[int, list[str]]]:
    """Old lots that new ones take the place of, with the numbers of their heirs."""
    keys, pieces = list(new), [in_metres(shape) for shape in new.values()]
    tree = shapely.STRtree(pieces)
    for pk, shape in old.items():
        lot = in_metres(shape)
        over = {keys[at]: lot.intersection(pieces[at]).area for at in tree.query(lot, predicate="intersects")}
        heirs = [key for key, area in over.items() if area > SLIVER_M2]
        if heirs and sum(over.values()) >= COVERED * lot.area:
            yield pk, heirs


def over(old: Mapping[int, Geometry], new: Mapping[str, Geometry]) -> Iterator[tuple[str, int, float]]:
    """New lots that lie over lots which go on: number, old lot, square metres."""
    keys, lots = list(old), [in_metres(shape) for shape in old.values()]
    if not lots:
        return
    tree = shapely.STRtree(lots)
    for number, shape in new.items():
        piece = in_metres(shape)
        for at in tree.query(piece, predicate="intersects"):
            area = piece.intersection(lots[at]).area
            if area > SLIVER_M2:
                yield number, keys[at], area


def around(shapes: Sequence[Geometry], metres: float = 8.0) -> Geometry:
    """An outline around lots that lie near each other, a little outside them."""
    lots = in_metres(shapely.union_all(list(shapes)))
    hull = shapely.concave_hull(lots, ratio=0.25).buffer(metres, join_style="mitre").simplify(1.5)
    return moved(hull, zone_of(shapes[0].bounds[0]))
