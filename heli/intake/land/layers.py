"""One layer of a survey file as rows: headers, values as read, shapes, and in which coordinates they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from heli.intake.reading.errors import Unreadable
from heli.parcels.geometry import Geometry

MOST_SHAPES, MOST_POINTS = 50_000, 5_000_000


@dataclass(frozen=True, slots=True)
class Layer:
    """`crs` is what the file says of its coordinates: anything pyproj reads, or '' where it says nothing."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    shapes: tuple[Geometry | None, ...]
    crs: str
    notices: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()  # the rows' numbers in the file from 0, where some were left out

    def number(self, row: int) -> int:
        """A row's number as the person sees it."""
        return (self.numbers[row] if self.numbers else row) + 1


def layer(
    name: str, headers: Iterable[str], rows: Iterable[tuple[Any, ...]], shapes: list[Geometry | None], crs: str
) -> Layer:
    """A layer within what a page and a machine can carry."""
    import shapely

    if len(shapes) > MOST_SHAPES or int(shapely.get_num_coordinates(shapes).sum()) > MOST_POINTS:
        raise Unreadable("too_large", what=f"{len(shapes)} 个图形")
    if not shapes:
        raise Unreadable("empty")
    whole = tuple(rows) or ((),) * len(shapes)
    return Layer(name, tuple(headers), whole, tuple(shapes), crs)
