"""What pages show of lots that are about to change: the ones beside them, what ends, what begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import drawing, rules, selectors
from .geometry import Geometry, area_dm2, outer_corners, shape_of, text
from .models import Parcel
from .pages import NumberedLot

A_LOT = 54.0  # units of a usual lot: its new numbers read
NEAR = 0.00015  # of a degree, some fifteen metres: the next neighbours, so that numbers read on a telephone


@dataclass(frozen=True, slots=True)
class Before:
    """A picture of what would be: the neighbours as they are, the new lots over the old ones."""

    width: int
    height: int
    others: tuple[NumberedLot, ...]
    fresh: tuple[NumberedLot, ...]


def corners(lot: Parcel) -> list[tuple[float, float]]:
    return outer_corners(lot.shape)


def around(person: Any, lot: Parcel) -> dict[str, Any]:
    """For the drawing script: the lot and its neighbours as GeoJSON, the lot marked."""
    import json

    features = [
        {"type": "Feature", "properties": {"n": one.number, "on": one.pk == lot.pk}, "geometry": json.loads(one.shape)}
        for one in _near(person, [lot])
    ]
    return {"type": "FeatureCollection", "features": features}


def splitting(person: Any, lot: Parcel, parts: Any) -> dict[str, Any]:
    """`parts` are the forms of the new lots; each is shown with what its shape gives beside the survey's area."""
    shapes = [shape for shape in (_shape(form["shape"].value()) for form in parts) if shape is not None]
    fresh = [(str(n), text(shape)) for n, shape in enumerate(shapes, 1)]
    return {"picture": _picture(person, [lot], fresh), "computed": [area_dm2(shape) for shape in shapes]}


def merging(person: Any, chosen: Sequence[Parcel]) -> dict[str, Any]:
    """The neighbours that could be chosen too, and what would come of those that are."""
    shapes = [shape_of(lot.shape) for lot in chosen]
    refusals = rules.merge_refusals(shapes)
    joined = None if refusals else rules.merged(shapes)
    others = {lot.pk: lot for lot in _near(person, chosen) if lot not in chosen}
    beside = rules.beside(shapes, {pk: shape_of(lot.shape) for pk, lot in others.items()})
    fresh = [(chosen[0].number, text(joined))] if joined is not None else [(one.number, one.shape) for one in chosen]
    return {
        "picture": _picture(person, chosen, fresh), "refusals": refusals if len(chosen) > 1 else [],
        "beside": [others[pk] for pk in beside], "legal": sum(one.legal_dm2 or 0 for one in chosen),
        "computed": area_dm2(joined) if joined is not None else 0,
        "serials": {one.serial for one in chosen if one.serial},
    }  # fmt: skip


def _picture(person: Any, ending: Sequence[Parcel], fresh: Sequence[tuple[str, str]]) -> Before | None:
    gone = {lot.pk for lot in ending}
    others = [lot for lot in _near(person, ending) if lot.pk not in gone]
    numbers = {lot.pk: lot.number for lot in others} | {-n: number for n, (number, _text) in enumerate(fresh, 1)}
    drawn = [(lot.pk, lot.shape) for lot in others] + [(-n, shape) for n, (_number, shape) in enumerate(fresh, 1)]
    sheet = drawing.sheet(drawn, lot=A_LOT)
    if sheet is None:
        return None
    lots = [(one.key, NumberedLot(one.path, one.x, one.y, numbers[one.key], one.wide)) for one in sheet.lots]
    return Before(
        sheet.width,
        sheet.height,
        tuple(lot for key, lot in lots if key > 0),
        tuple(lot for key, lot in lots if key < 0),
    )


def _near(person: Any, lots: Sequence[Parcel]) -> list[Parcel]:
    """The lots and those around them, as far as the person sees them."""
    boxes = [shape_of(lot.shape).bounds for lot in lots]
    west, south = min(box[0] for box in boxes) - NEAR, min(box[1] for box in boxes) - NEAR
    east, north = max(box[2] for box in boxes) + NEAR, max(box[3] for box in boxes) + NEAR
    known: Iterable[Parcel] = selectors.in_force(person, lots[0].block)
    return [lot for lot in known if _meets(shape_of(lot.shape), (west, south, east, north))]


def _meets(shape: Geometry, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = shape.bounds
    return bool(west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1])


def _shape(given: Any) -> Geometry | None:
    """What a form carries; a torn one is told by the form."""
    import shapely

    try:
        return shape_of(str(given))
    except shapely.GEOSException:
        return None
