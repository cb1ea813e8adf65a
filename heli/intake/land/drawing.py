"""A drawing (DXF): closed lines are lots, and the words that stand inside a lot are its number and its area."""

import re
from pathlib import Path
from typing import Any

from heli.intake.reading.errors import Unreadable

from .layers import MOST_SHAPES, Layer, layer

HEADERS = ("图层", "宗地号", "面积", "注记")
STRAIGHT = 0.01  # metres that a bow may lie off its chords
NUMBER, AREA = re.compile(r"[A-Z\d][\w-]*", re.ASCII), re.compile(r"\d+\.\d+")


def drawing(path: Path, name: str) -> Layer:
    import shapely
    from ezdxf import recover

    try:
        document, _audit = recover.readfile(path)
        space = document.modelspace()
        lots = [one for one in (_lot(entity) for entity in space.query("LWPOLYLINE POLYLINE")) if one]
        words = [_word(entity) for entity in space.query("TEXT MTEXT")]
    except Exception as error:  # a torn drawing makes the library fail in any way
        raise Unreadable("damaged") from error
    if not lots:
        raise Unreadable("no_polygons")
    if len(lots) > MOST_SHAPES:
        raise Unreadable("too_large", what=f"{len(lots)} 个图形")
    shapes = [shape for _layer, shape in lots]
    inside = _inside(shapes, [shapely.Point(x, y) for _text, x, y in words], [text for text, _x, _y in words])
    rows = [(lots[at][0], *_read(inside[at])) for at in range(len(lots))]
    return layer(name, HEADERS, rows, shapes, "")


def _lot(entity: Any) -> tuple[str, Any] | None:
    """A closed line as (layer, polygon); an open one is a road or a wall."""
    import shapely
    from ezdxf.path import make_path

    corners = [(point.x, point.y) for point in make_path(entity).flattening(STRAIGHT)]
    closed = getattr(entity, "closed", False) or getattr(entity, "is_closed", False) or corners[:1] == corners[-1:]
    return (entity.dxf.layer, shapely.Polygon(corners)) if closed and len(corners) > 3 else None


def _word(entity: Any) -> tuple[str, float, float]:
    text = entity.plain_text() if entity.dxftype() == "MTEXT" else entity.dxf.text
    aligned = entity.dxftype() == "TEXT" and (entity.dxf.get("halign", 0) or entity.dxf.get("valign", 0))
    at = entity.dxf.align_point if aligned and entity.dxf.hasattr("align_point") else entity.dxf.insert
    return str(text).strip(), at.x, at.y


def _inside(shapes: list[Any], points: list[Any], texts: list[str]) -> list[list[str]]:
    import shapely

    found: list[list[str]] = [[] for _ in shapes]
    if points:
        for word, lot in zip(*shapely.STRtree(shapes).query(points, predicate="within"), strict=True):
            found[lot].append(texts[word])
    return found


def _read(texts: list[str]) -> tuple[str, str, str]:
    """Which word is the number, which the area, and what is left."""
    parts = [part for text in texts for part in text.split()]
    area = next((part for part in parts if AREA.fullmatch(part)), "")
    number = next((part for part in parts if NUMBER.fullmatch(part) and part != area), "")
    return number, area, " ".join(part for part in parts if part not in (number, area))
