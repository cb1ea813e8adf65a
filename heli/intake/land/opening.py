"""Any survey file → one layer. Each format is told by its own first bytes before a library sees it: a file that only
bears the name could otherwise make GDAL open something else."""

import json
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

from heli.intake.reading.containers import MOST_BYTES, ZIP
from heli.intake.reading.errors import Unreadable

from . import archive
from .attributes import read_table
from .layers import MOST_SHAPES, Layer, layer

SHP, SQLITE, BINARY_DXF = b"\x00\x00\x27\x0a", b"SQLite format 3\x00", b"AutoCAD Binary DXF"
GPKG = (b"GPKG", b"GP10", b"GP11")


def kind_of(path: Path) -> str:
    """shapes (zipped), geopackage, geojson or dxf; '' for anything else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(ZIP):
        return "zip" if archive.is_land(path) else ""
    if head.startswith(SHP):
        return "shp"
    if head.startswith(SQLITE) and head[68:72] in GPKG:
        return "gpkg"
    return _text_kind(head)


def _text_kind(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"{") and b'"type"' in head and b'"persons"' not in head and b'"organizations"' not in head:
        return "geojson"
    codes = plain.split(maxsplit=2)
    is_dxf = codes[:2] == [b"0", b"SECTION"] or (codes[:1] == [b"999"] and b"SECTION" in head)
    return "dxf" if head.startswith(BINARY_DXF) or is_dxf else ""


def open_layer(path: Path, name: str) -> Layer:
    """The one layer with polygons of a survey file; raises Unreadable."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("too_large", what=f"{path.stat().st_size // 1024 // 1024} MB")
    kind = kind_of(path)
    if kind != "zip":
        return _opened(path, kind, name)
    with tempfile.TemporaryDirectory() as folder:
        found, main = archive.unpack(path, Path(folder))
        return _opened(main, kind_of(main) if main.suffix != ".shp" else "layer.shp", found)


def _opened(path: Path, kind: str, name: str) -> Layer:
    if kind == "shp":
        raise Unreadable("shp_alone")
    if kind == "layer.shp":
        return _shapes(path, name)
    if kind == "gpkg":
        return _geopackage(path)
    if kind == "geojson":
        return _geojson(path, name)
    if kind == "dxf":
        from .drawing import drawing

        return drawing(path, name)
    raise Unreadable("not_land")


def _shapes(path: Path, name: str) -> Layer:
    """The shapes by GDAL, the attributes as they stand in the .dbf; a row that was struck out there has no shape."""
    encoding, said = archive.encoding_of(path)
    table = read_table(path.with_suffix(".dbf"), encoding)
    shapes = _by_gdal(path, name, columns=[], encoding=encoding, return_fids=True)
    notices = () if said else ("encoding_assumed",)
    return replace(
        shapes, headers=table.headers, rows=tuple(table.rows[number] for number in shapes.numbers),
        crs=archive.crs_of(path), notices=notices,
    )  # fmt: skip


def _geopackage(path: Path) -> Layer:
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind and "Polygon" in kind]
    except Exception as error:  # a torn file makes a library fail in any way
        raise Unreadable("damaged") from error
    if not layers:
        raise Unreadable("no_polygons")
    if len(layers) > 1:
        raise Unreadable("several_layers", what="、".join(layers[:5]))
    return _by_gdal(path, layers[0], layer=layers[0])


def _by_gdal(path: Path, name: str, **options: Any) -> Layer:
    import pyogrio
    import shapely

    # What GDAL thinks of a torn file goes to nobody: the checks name each row, and its words may quote values.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="pyogrio")
    try:
        meta, ids, shapes, columns = pyogrio.raw.read(path, force_2d=True, max_features=MOST_SHAPES + 1, **options)
    except UnicodeError as error:
        raise Unreadable("encoding") from error
    except Exception as error:  # a torn file makes a library fail in any way
        raise Unreadable("damaged") from error
    rows = tuple(zip(*([_plain(value) for value in column] for column in columns), strict=True))
    found = list(shapely.from_wkb(shapes, on_invalid="ignore"))
    read = layer(name, [str(field) for field in meta["fields"]], rows, found, meta["crs"] or "")
    return replace(read, numbers=tuple(int(one) for one in ids) if ids is not None else ())


def _plain(value: Any) -> Any:
    """A numpy value as Python's own; what is no number is nothing."""
    plain = value.item() if hasattr(value, "item") else value
    return None if plain != plain else plain


def _geojson(path: Path, name: str) -> Layer:
    import shapely

    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
        features = _features(content)
        properties = [one.get("properties") or {} for one in features]
        headers = list(dict.fromkeys(key for one in properties for key in one))
        shapes = [
            shapely.from_geojson(json.dumps(one["geometry"]), on_invalid="ignore") if one.get("geometry") else None
            for one in features
        ]
        crs = str(((content.get("crs") or {}).get("properties") or {}).get("name", ""))
        rows = [tuple(_scalar(one.get(header)) for header in headers) for one in properties]
    except Exception as error:  # whatever the nesting, the types or GEOS make of it
        raise Unreadable("damaged") from error
    return layer(name, headers, rows, [shapely.force_2d(one) if one else None for one in shapes], crs)


def _features(content: dict[str, Any]) -> list[dict[str, Any]]:
    if content.get("type") == "FeatureCollection":
        return list(content["features"])
    return [content] if content.get("type") == "Feature" else [{"geometry": content, "properties": {}}]


def _scalar(value: Any) -> Any:
    return value if isinstance(value, str | int | float) or value is None else json.dumps(value, ensure_ascii=False)
