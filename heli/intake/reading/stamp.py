"""By which version of our blank workbook a file was made: on a sheet that nobody sees."""

from collections.abc import Iterable

from .cells import text
from .sheets import Sheet

STAMP, VERSION = "heli-blank", "1"


def is_older(sheets: Iterable[Sheet]) -> bool:
    """Whether the file was filled in on another version of the blank."""
    stamped = [sheet for sheet in sheets if sheet.name == STAMP and sheet.rows]
    return any(text(sheet.rows.head[0][-1]) != VERSION for sheet in stamped)
