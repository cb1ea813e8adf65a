"""Tables as text: UTF-8 with or without mark, UTF-16 with mark, then GB18030; never a guess that garbles names."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from heli.common.sheets import plain_of_csv

from .errors import Unreadable
from .tables import Row, Table

MARKS = ",\t;|，"
LOOK_LINES, LOOK_ROWS = 40, 10_000
LOOK_CHARACTERS = 256 * 1024
A_PART = 1024 * 1024
LONGEST_QUOTED = 40  # lines inside one pair of quotes; beyond this the quote was a slip
CJK = re.compile("[\u4e00-\u9fff]")


def table(path: Path, check_size: Callable[[int, int], None]) -> Table:
    """The file as a table. It is gone through once to see how its quotes are meant and how far it reaches."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        mark = delimiter(file.read(LOOK_CHARACTERS).splitlines()[:LOOK_LINES])
    read = partial(_parsed, path, encoding, mark)
    try:
        if _measured(read(csv.QUOTE_MINIMAL), check_size) <= LONGEST_QUOTED:
            return Table(partial(read, csv.QUOTE_MINIMAL))
    except csv.Error:
        pass  # its quotes fit nowhere: as it stands
    try:
        _measured(read(csv.QUOTE_NONE), check_size)
    except csv.Error as error:
        raise Unreadable("damaged") from error
    return Table(partial(read, csv.QUOTE_NONE))


def _measured(rows: Iterator[Row], check_size: Callable[[int, int], None]) -> int:
    """Refuse what reaches too far; returns how many lines the longest cell takes."""
    widest, longest, count = 0, 0, 0
    for count, row in enumerate(rows, 1):
        if len(row) > widest or count % LOOK_ROWS == 0:
            widest = max(widest, len(row))
            check_size(count, widest)
        joined = "".join(row)  # type: ignore[arg-type]
        if "\n" in joined and joined.count("\n") > longest:
            longest = max(longest, *(str(value).count("\n") for value in row))
    check_size(count, widest)
    return longest


def _parsed(path: Path, encoding: str, mark: str, quoting: int) -> Iterator[Row]:
    """A cell with a line break in it takes several lines of the file; rows are counted as a spreadsheet counts them."""
    with path.open(encoding=encoding, newline="") as file:
        for row in csv.reader(file, delimiter=mark, quoting=quoting):  # type: ignore[arg-type]
            yield tuple(map(plain_of_csv, row))


def encoding_of(path: Path) -> str:
    """How the file is written, or Unreadable; it is gone through in parts."""
    with path.open("rb") as file:
        head = file.read(LOOK_CHARACTERS)
    for encoding in _encodings(head, path.stat().st_size):
        if not encoding.startswith("utf-16") and any(b"\0" in part for part in _parts(path)):
            raise Unreadable("not_a_table", what="二进制文件")
        if not _decodes(path, encoding):
            continue
        if encoding == "gb18030" and (_holds_utf8(path) or _is_big5(path, head)):
            break  # two encodings in one file, or another one: names would be garbled
        return encoding
    raise Unreadable("encoding")


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(A_PART):
            yield part


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for part in _parts(path):
            decoder.decode(part)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _holds_utf8(path: Path) -> bool:
    with path.open("rb") as file:
        return any(map(_is_utf8, file))


def decoded(path: Path) -> str:
    """The whole text of a file that is no table by itself, a page for one."""
    return path.read_bytes().decode(encoding_of(path))


def _encodings(head: bytes, size: int) -> list[str]:
    """By its mark; without one, by where its zeros stand, which only UTF-16 has."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    head = head[:4000]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if size % 2 == 0 and max(odd, even) * 20 > len(head) and min(odd, even) == 0:
        return ["utf-16-le" if odd else "utf-16-be"]
    return ["utf-8-sig", "gb18030"]


def _is_big5(path: Path, head: bytes) -> bool:
    """Big5 read as GB18030 gives characters that nobody writes: most of them GB2312 does not have."""
    signs = [sign for sign in head.decode("gb18030", "ignore")[:20_000] if not sign.isascii()]
    rare = sum(not sign.encode("gb2312", "ignore") for sign in signs)
    return 4 * rare > len(signs) > 0 and _decodes(path, "big5")


def _is_utf8(line: bytes) -> bool:
    """Chinese in UTF-8: in GB18030 such bytes come by chance only in very short words."""
    if line.isascii():
        return False
    try:
        return len(CJK.findall(line.decode("utf-8"))) >= 3
    except UnicodeDecodeError:
        return False


def delimiter(lines: list[str]) -> str:
    """The separator that gives the most lines the same number of fields; titles and remarks hold other ones."""

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if mark in line]
        most = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        return counts.count(most) * min(most, 3) if most else 0, sum(counts)

    return max(MARKS, key=evenness)
