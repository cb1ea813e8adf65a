"""What a zipped workbook declares, looked at before anything is unpacked or built."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from . import beside, extents
from .errors import Unreadable

MOST_UNPACKED, MOST_MEMBERS, MOST_RATIO = 150 * 1024 * 1024, 2000, 200
SMALL = 20 * 1024 * 1024  # below this any ratio will do
LONGEST_TAG = 64 * 1024
CHUNK = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
# A member → what the archive is.
WORKBOOKS: Mapping[str, extents.Measure] = {"xl/workbook.xml": extents.of_xlsx, "content.xml": extents.of_ods}
OTHERS: Mapping[str, tuple[str, str]] = {
    "xl/workbook.bin": ("format_unread", ".xlsb"),
    "word/document.xml": ("not_a_table", "Word 文档"),
    "ppt/presentation.xml": ("not_a_table", "幻灯片"),
}


def check_zip(path: Path) -> dict[str, beside.Beside]:
    """Refuse what declares, or turns out to hold, too much. Name of a sheet → what it says beside its values."""
    found: dict[str, beside.Beside] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(members)
            measure = _measure({member.filename for member in members})
            for member in members:
                if member.filename.lower().endswith(".xml"):
                    seen = found.setdefault(member.filename, beside.Beside())
                    with archive.open(member) as file:
                        measure(beside.watched(_parts(file), seen))
            named = beside.members(archive)
    except BROKEN as error:
        raise Unreadable("damaged") from error
    return {name: found[member] for name, member in named.items() if member in found}


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("password")
    if len(members) > MOST_MEMBERS:
        raise Unreadable("too_large", what=f"{len(members)} 个部件")
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise Unreadable("too_large", what=f"{unpacked // 1024 // 1024} MB")


def _measure(names: set[str]) -> extents.Measure:
    for name, (code, what) in OTHERS.items():
        if name in names:
            raise Unreadable(code, what=what)
    for name, measure in WORKBOOKS.items():
        if name in names:
            return measure
    raise Unreadable("not_a_table", what="压缩包")


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """Parts that end between tags. A tag longer than any real one is refused: its attributes cost squared time."""
    kept, size = b"", 0
    while part := file.read(CHUNK):
        size += len(part)
        whole, bracket, begun = (kept + part).rpartition(b"<")
        kept = bracket + begun
        if size > MOST_UNPACKED or _longest_tag(kept) > LONGEST_TAG or _longest_tag(whole) > LONGEST_TAG:
            raise Unreadable("too_large", what="XML")
        yield whole
    yield kept


def _longest_tag(part: bytes) -> int:
    """Looks only where a tag could be too long: in stretches without a closing bracket."""
    longest, start = 0, 0
    while len(part) - start > LONGEST_TAG:
        end = part.rfind(b">", start, start + LONGEST_TAG)
        if end < 0:
            opened = part.find(b"<", start)
            closed = part.find(b">", opened) if opened >= 0 else -1
            longest = max(longest, (closed if closed >= 0 else len(part)) - opened) if opened >= 0 else longest
            end = closed if closed >= 0 else len(part)
        start = end + 1
    return longest
