"""A list as a file: the columns that are seen, the rows in their order, values as this person may see them."""

import secrets
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from heli.common import sheets

from .asked import Asked
from .columns import Part

Report = Callable[[int, int], None]
AT_A_TIME = 500
WRITERS = {"xlsx": sheets.write_xlsx, "csv": sheets.write_csv}
WIDTHS = {"id": 22, "phone": 16, "day": 13, "number": 9, "area": 12}


def write(asked: Asked, sheet: str, total: int, report: Report) -> str:
    """Write the file beside the media; returns its place. A broken attempt leaves nothing."""
    place = f"exports/{secrets.token_hex(16)}.{sheet}"
    path = path_of(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [part for column in asked.columns for part in column.parts]
    columns = [sheets.Column(part.key, str(part.label), part.kind, WIDTHS.get(part.kind, 16)) for part in parts]
    try:
        with path.open("xb") as file:
            WRITERS[sheet](file, columns, _rows(asked, parts, total, report), title=str(asked.register.label))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return place


def _rows(asked: Asked, parts: list[Part], total: int, report: Report) -> Iterator[list[Any]]:
    register, done = asked.register, 0
    found = register.whole(asked.found())
    each = found.iterator(chunk_size=AT_A_TIME)
    while some := list(islice(each, AT_A_TIME)):
        for line in register.lines(some, asked.person):
            yield [_plain(part.value(line)) for part in parts]
        done += len(some)
        report(done, max(total, done))


def _plain(value: Any) -> Any:
    """Translated words and shown values as text; numbers and days as they are."""
    return value if value is None or isinstance(value, (int, float, str)) or hasattr(value, "year") else str(value)


def path_of(place: str) -> Path:
    return Path(settings.MEDIA_ROOT) / place


def forget(place: str) -> None:
    if place:
        path_of(place).unlink(missing_ok=True)


def file_name(asked: Asked, sheet: str, day: Any) -> str:
    return _("%(what)s %(day)s.%(sheet)s") % {"what": asked.register.label, "day": f"{day:%Y-%m-%d}", "sheet": sheet}
