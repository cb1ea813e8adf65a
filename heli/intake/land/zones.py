"""In which coordinates a survey stands. What a file does not say is asked, never guessed: offices of one county use
several zones, and a wrong one moves a village by hundreds of kilometres or, worse, by a little."""

from collections.abc import Mapping, Sequence

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError

from heli.intake.reading.errors import Unreadable
from heli.intake.reading.land_rows import Zone
from heli.parcels.geometry import STORED, Geometry, moved

Box = tuple[float, float, float, float]
# What offices of this coast hand over; the words are for the person who must choose.
OFFERED: Mapping[str, tuple[str, str]] = {
    "EPSG:4549": ("三度带，中央经线 120 度（横坐标不带带号）", "3-degree zone, meridian 120 (easting without zone)"),
    "EPSG:4550": ("三度带，中央经线 123 度（横坐标不带带号）", "3-degree zone, meridian 123 (easting without zone)"),
    "EPSG:4528": ("三度带 40 带，中央经线 120 度（横坐标以 40 开头）", "3-degree zone 40, meridian 120 (easting begins 40)"),
    "EPSG:4529": ("三度带 41 带，中央经线 123 度（横坐标以 41 开头）", "3-degree zone 41, meridian 123 (easting begins 41)"),
    "EPSG:4490": ("经纬度", "longitude and latitude"),
}  # fmt: skip
SAME_EARTH = ("China 2000", "China_2000", "CGCS2000", "China Geodetic", "China_Geodetic")
NEAR_EARTH = ("World Geodetic System 1984", "WGS 84", "WGS_1984", "WGS84")


def told(crs: str) -> tuple[str, tuple[str, ...]]:
    """What the file says, if it can be used: ('', ()) where it says nothing that tells a zone."""
    if not crs:
        return "", ()
    try:
        system = CRS.from_user_input(crs)
        moved(shapely.Point(0, 0), crs, STORED)
    except (CRSError, ProjError, ValueError):
        return "", ("crs_unread",)
    datum = f"{system.datum.name if system.datum else ''} {system.geodetic_crs.name if system.geodetic_crs else ''}"
    if any(name in datum for name in SAME_EARTH):
        return _short(system, crs), ()
    if any(name in datum for name in NEAR_EARTH):
        return _short(system, crs), ("wgs84",)
    raise Unreadable("other_earth", what=system.name)


def _short(system: CRS, crs: str) -> str:
    """EPSG:4549 for the many ways to write it, else the way it is written."""
    code = system.to_epsg()
    return f"EPSG:{code}" if code else crs


def answered(code: str) -> str:
    """A zone as a person told it: 4549, EPSG:4549."""
    plain = code.strip().upper().removeprefix("EPSG:")
    if f"EPSG:{plain}" not in OFFERED:
        raise Unreadable("zone_unoffered", what=code[:40])
    return f"EPSG:{plain}"


def offers(shapes: Sequence[Geometry | None], box: Box | None) -> tuple[Zone, ...]:
    """The zones to choose from, those first that put the lots into the county."""
    zones = [Zone(code, *words, fits=_fits(shapes, code, box)) for code, words in OFFERED.items()]
    return tuple(sorted(zones, key=lambda zone: not zone.fits))


def _fits(shapes: Sequence[Geometry | None], code: str, box: Box | None) -> bool:
    points = [shape.representative_point() for shape in shapes[:50] if shape is not None and not shape.is_empty]
    if box is None or not points:
        return False
    try:
        return all(shapely.box(*box).covers(moved(point, code, STORED)) for point in points)
    except (ProjError, ValueError):
        return False
