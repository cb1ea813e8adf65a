"""What a sheet of an .xlsx says beside its values: hidden rows and columns, formulas without a result, errors.

Picked out while its parts stream by for the check of its size; the values themselves are calamine's.
"""

import html
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .extents import column

MOST = 100_000  # more than this is no slip of a person
MOST_BYTES = 1024 * 1024
HIDDEN = re.compile(rb"""<(row|col)\b([^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*)>""")
CELL = re.compile(rb"<c\b([^>]*[^/>])>(<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
NUMBERED = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,7})["']""")
SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass
class Beside:
    """`broken`: (row, column), both from 0 → what is wrong there, and its text."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    broken: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


def watched(parts: Iterable[bytes], found: Beside) -> Iterator[bytes]:
    """The same parts; what stands beside the values is noted in `found`."""
    kept = b""
    for part in parts:
        yield part
        whole = kept + part
        at = whole.rfind(b"<c ")
        kept = whole[at:] if at >= 0 and len(whole) - at < MOST_BYTES else b""
        _note(whole[: len(whole) - len(kept)], found)
    _note(kept, found)


def _note(part: bytes, found: Beside) -> None:
    if b"hidden" in part:
        for name, attributes in HIDDEN.findall(part):
            _hide(name, attributes, found)
    if b"<f" in part or b'"e"' in part or b"'e'" in part:
        for attributes, formula, value in CELL.findall(part):
            _judge(attributes, formula, value, found)


def _hide(name: bytes, attributes: bytes, found: Beside) -> None:
    said = {key: int(number) for key, number in NUMBERED.findall(attributes)}
    if name == b"row" and b"r" in said and len(found.rows) < MOST:
        found.rows.add(said[b"r"] - 1)
    elif name == b"col" and said.get(b"max", 0) - said.get(b"min", 0) < 300:
        found.columns.update(range(said.get(b"min", 1) - 1, said.get(b"max", 0)))


def _judge(attributes: bytes, formula: bytes, value: bytes, found: Beside) -> None:
    kind = said[1] if (said := TYPE.search(attributes)) else b""
    place = PLACE.search(attributes)
    if place is None or len(found.broken) >= MOST:
        return
    at = int(place[2]) - 1, column(place[1]) - 1
    if kind == b"e":
        found.broken[at] = ("formula_error", html.unescape(value.decode("utf-8", "replace")))
    elif formula and not value and not kind:
        found.broken[at] = ("formula_uncomputed", "")


def members(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Name of a sheet → the member of the archive that holds it."""
    targets = {
        said.get("Id", ""): said.get("Target", "")
        for said in map(_attributes, RELATION.findall(_small(archive, "xl/_rels/workbook.xml.rels")))
    }
    sheets = map(_attributes, SHEET.findall(_small(archive, "xl/workbook.xml")))
    return {said.get("name", ""): _absolute(targets.get(said.get("r:id", ""), "")) for said in sheets}


def _absolute(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(one or other) for name, one, other in ATTRIBUTE.findall(text)}


def _small(archive: zipfile.ZipFile, name: str) -> str:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return ""
    return archive.read(info).decode("utf-8", "replace") if info.file_size < MOST_BYTES else ""
