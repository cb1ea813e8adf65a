"""How far the cells of an old .xls reach: its streams by hand, for the same reason as `extents`.

Also tells what else such a container holds: a workbook with a password, a Word document.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from .beside import Beside
from .errors import Unreadable
from .extents import Extent

NO_SECTOR = 0xFFFFFFFA  # from here on a sector number is a mark
MOST_RECORDS = 4_000_000
SHEET_BEGINS, PASSWORD = 0x0809, 0x002F
# Records of cells with content; all begin with row and column. MULRK ends with its last column.
CELLS = {0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
MULTIPLE = 0x00BD


def check_ole(path: Path) -> dict[str, Beside]:
    """Refuse what is no workbook or reaches too far. It says nothing beside its values."""
    try:
        streams = Container(path.read_bytes()).streams()
    except (struct.error, IndexError, ValueError, OSError) as error:
        raise Unreadable("damaged") from error
    if "EncryptedPackage" in streams:
        raise Unreadable("password")
    if "WordDocument" in streams:
        raise Unreadable("not_a_table", what="Word 文档")
    book = streams.get("Workbook") or streams.get("Book")
    if book is None:
        raise Unreadable("format_unread", what=".et、.wps 这类老文件的")
    _check_book(book)
    return {}


class Container:
    """A compound file: sectors chained by a table, small streams inside a big one."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.size = raw, 1 << self._number(raw, 30, "<H", 16)
        self.small = 1 << self._number(raw, 32, "<H", 16)
        self.cutoff = struct.unpack_from("<I", raw, 56)[0]
        self.table = self._table()
        self.small_table = self._numbers(self._chain(struct.unpack_from("<I", raw, 60)[0]))
        self.directory = self._chain(struct.unpack_from("<I", raw, 48)[0])

    @staticmethod
    def _number(raw: bytes, at: int, form: str, most: int) -> int:
        value: int = struct.unpack_from(form, raw, at)[0]
        if value > most:
            raise ValueError
        return value

    def _sector(self, number: int) -> bytes:
        return self.raw[(number + 1) * self.size : (number + 2) * self.size]

    def _numbers(self, raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _table(self) -> tuple[int, ...]:
        """The table of sectors: 109 of its parts are named in the header, the others in a chain of their own."""
        parts = [number for number in struct.unpack_from("<109I", self.raw, 76) if number < NO_SECTOR]
        following: int = struct.unpack_from("<I", self.raw, 68)[0]
        for _turn in range(len(self.raw) // self.size):
            if following >= NO_SECTOR:
                break
            *more, following = self._numbers(self._sector(following))
            parts += [number for number in more if number < NO_SECTOR]
        if len(parts) * self.size > len(self.raw):
            raise ValueError
        return self._numbers(b"".join(self._sector(number) for number in parts))

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(start, self.table))

    def streams(self) -> dict[str, bytes]:
        """Name → content."""
        entries = [self.directory[at : at + 128] for at in range(0, len(self.directory) - 127, 128)]
        root = self._chain(struct.unpack_from("<I", entries[0], 116)[0])
        found = {}
        for entry in entries[1:]:
            name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if name in {"Workbook", "Book", "EncryptedPackage", "WordDocument"}:
                found[name] = (self._chain(start) if size >= self.cutoff else self._little(start, root))[:size]
        return found

    def _little(self, start: int, root: bytes) -> bytes:
        numbers = _followed(start, self.small_table)
        return b"".join(root[number * self.small : (number + 1) * self.small] for number in numbers)


def _followed(start: int, table: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that bites its own tail is broken."""
    for _turn in range(len(table) + 1):
        if start >= NO_SECTOR:
            return
        yield start
        start = table[start]
    raise ValueError


def _check_book(book: bytes) -> None:
    """All sheets are built at once, so their extents count together."""
    sheets, at = [Extent()], 0
    for _turn in range(MOST_RECORDS):
        if at + 4 > len(book):
            break
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == PASSWORD:
            raise Unreadable("password")
        if kind == SHEET_BEGINS:
            sheets.append(Extent())
        elif kind in CELLS or kind == MULTIPLE:
            _reach(sheets[-1], book[at + 4 : at + 4 + length], multiple=kind == MULTIPLE)
        at += 4 + length
    else:
        raise Unreadable("too_large", what="xls")
    areas = [sheet.rows * sheet.columns for sheet in sheets]
    Extent(sum(areas), 1, sum(sheet.cells for sheet in sheets)).check()


def _reach(sheet: Extent, record: bytes, *, multiple: bool) -> None:
    if len(record) < 4:
        return
    row, column = struct.unpack_from("<HH", record)
    if multiple:
        column = max(column, struct.unpack_from("<H", record, len(record) - 2)[0])
    sheet.cells += 1
    sheet.reach(row + 1, column + 1)
