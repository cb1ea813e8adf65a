"""How far a county reaches, as a box of degrees with its islands: enough to see that a survey's zone is wrong."""

from collections.abc import Mapping

Box = tuple[float, float, float, float]  # west, south, east, north

EXTENTS: Mapping[str, Box] = {"331081": (121.10, 28.10, 121.90, 28.70)}


def box_of(code: str) -> Box | None:
    return EXTENTS.get(code[:6])
