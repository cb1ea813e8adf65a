"""The standard list, once, for every register: filter in the URL, saved views, columns, sorting, choosing many,
acts upon them with a way back, and export of exactly what is seen.

A register describes itself (`Register`) and calls `lists.listed`. Knows nothing of households, helpers or blocks.
"""

from typing import TYPE_CHECKING

from heli.common import lazily

if TYPE_CHECKING:
    from .acts import Act, Changed
    from .asked import back_to, found, read
    from .columns import Cell, Column, Filter, Part, Register, Search, View, add
    from .listing import listed
    from .pages import paths

__all__ = [
    "Act", "Cell", "Changed", "Column", "Filter", "Part", "Register", "Search", "View", "add", "back_to", "found", "listed", "paths", "read",
]  # fmt: skip

__getattr__ = lazily.attributes(
    __name__,
    {
        "Act": "acts", "Changed": "acts", "back_to": "asked", "found": "asked", "read": "asked", "Cell": "columns", "Column": "columns",
        "Filter": "columns", "Part": "columns", "Search": "columns", "Register": "columns", "View": "columns", "add": "columns", "listed": "listing",
        "paths": "pages",
    },
)  # fmt: skip
