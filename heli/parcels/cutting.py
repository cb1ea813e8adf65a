"""From what a person handed in to the parts of a lot, before anything is written."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from heli.common.errors import DomainError

from . import pieces, rules
from .geometry import shape_of, text
from .models import Parcel
from .pieces import Piece


def parts(lot: Parcel, *, line: Any, file: Any, crs: str) -> list[Piece]:
    """The file's parts where there is one, else what the line makes of the lot; refuses with the first reason."""
    return _from_file(lot, file, crs) if file else _by_line(lot, line)


def _by_line(lot: Parcel, line: Any) -> list[Piece]:
    shape = shape_of(lot.shape)
    _refuse(rules.line_refusals(shape, line))
    return [Piece(text(part)) for part in rules.cut(shape, line)]


def _from_file(lot: Parcel, file: Any, crs: str) -> list[Piece]:
    if file.size > settings.IMPORT_MAX_BYTES:
        raise DomainError("file_too_large", _("文件太大了，最多 150 MB。"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"parts{Path(file.name).suffix.lower()[:8]}"
        place.write_bytes(b"".join(file.chunks()))
        found = list(pieces.reader().read(place, file.name, crs, lot.block))
    if len(found) > rules.MOST_PARTS:
        raise DomainError("parts_many", _("一次最多分成 20 块。"))
    _refuse(rules.split_refusals(shape_of(lot.shape), [shape_of(one.shape) for one in found]))
    return found


def _refuse(reasons: list[Any]) -> None:
    if reasons:
        raise DomainError(reasons[0].code, reasons[0].message)
