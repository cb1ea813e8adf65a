"""The attribute table of a shapefile (.dbf) as the text that stands in it: a survey's figure must not pass through a
floating-point number, nor a torn one be read in part."""

import re
import struct
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from heli.intake.reading.errors import Unreadable

HEADER, DESCRIPTOR, END = 32, 32, 0x0D
LONG = re.compile(r"-?\d{1,15}\.\d{7,}")


@dataclass(frozen=True, slots=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(path: Path, encoding: str) -> Table:
    content = path.read_bytes()
    count, start, width = struct.unpack("<IHH", content[4:12])
    fields = _fields(content[HEADER:start], encoding)
    if sum(size for _name, size in fields) + 1 != width or start + count * width > len(content):
        raise Unreadable("damaged")
    rows = (content[start + at * width + 1 : start + (at + 1) * width] for at in range(count))
    return Table(tuple(name for name, _size in fields), tuple(_cells(row, fields, encoding) for row in rows))


def _fields(descriptors: bytes, encoding: str) -> list[tuple[str, int]]:
    """Names and widths, up to the mark that ends them."""
    found: list[tuple[str, int]] = []
    for at in range(0, len(descriptors) - DESCRIPTOR + 1, DESCRIPTOR):
        one = descriptors[at : at + DESCRIPTOR]
        if one[0] == END:
            break
        found.append((_text(one[:11].partition(b"\x00")[0], encoding), one[16]))
    return found


def _cells(row: bytes, fields: list[tuple[str, int]], encoding: str) -> tuple[str, ...]:
    cells, at = [], 0
    for _name, size in fields:
        cells.append(_shown(_text(row[at : at + size], encoding)))
        at += size
    return tuple(cells)


def _text(raw: bytes, encoding: str) -> str:
    """Without the padding; a character that the width cut in two is left out, other torn ones are shown as torn."""
    plain = raw.strip(b" \x00")
    for part in (plain, plain[:-1]):
        try:
            return part.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return plain.decode(encoding, "replace").strip()


def _shown(text: str) -> str:
    """131.300000000000011 is how a program wrote 131.3; what is no plain figure stays as it stands."""
    if not LONG.fullmatch(text):
        return text
    return f"{Decimal(text).quantize(Decimal('1.000000')):f}".rstrip("0").rstrip(".")
