"""Tables as text: UTF-8 with or without mark, UTF-16 with mark, then GB18030; never a guess that garbles names."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from heli.common.sheets import plain_of_csv

from .errors import Unreadable

MARKS = ",\t;|，"
LOOK_LINES = 40
LONGEST_QUOTED = 40  # lines inside one pair of quotes; beyond this the quote was a slip
CJK = re.compile("[\u4e00-\u9fff]")


def rows(path: Path) -> tuple[tuple[object, ...], ...]:
    text = decoded(path.read_bytes())
    mark = delimiter(text.splitlines()[:LOOK_LINES])
    try:
        found = tuple(_parsed(text, mark, csv.QUOTE_MINIMAL))
        if any(value.count("\n") > LONGEST_QUOTED for row in found for value in row):
            found = tuple(_parsed(text, mark, csv.QUOTE_NONE))
    except csv.Error:
        found = _plain(text, mark)
    return tuple(tuple(map(plain_of_csv, row)) for row in found)


def _parsed(text: str, mark: str, quoting: int) -> Iterator[tuple[str, ...]]:
    """A cell with a line break in it takes several lines of the file; rows are counted as a spreadsheet counts them."""
    return (tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=quoting))  # type: ignore[arg-type]


def _plain(text: str, mark: str) -> tuple[tuple[str, ...], ...]:
    """As it stands, for text whose quotes fit nowhere."""
    try:
        return tuple(_parsed(text, mark, csv.QUOTE_NONE))
    except csv.Error as error:
        raise Unreadable("damaged") from error


def decoded(raw: bytes) -> str:
    for encoding in _encodings(raw):
        if not encoding.startswith("utf-16") and b"\0" in raw:
            raise Unreadable("not_a_table", what="二进制文件")
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and (any(map(_is_utf8, raw.splitlines())) or _is_big5(raw, text)):
            break  # two encodings in one file, or another one: names would be garbled
        return text
    raise Unreadable("encoding")


def _encodings(raw: bytes) -> list[str]:
    """By its mark; without one, by where its zeros stand, which only UTF-16 has."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    head = raw[:4000]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(raw) % 2 == 0 and max(odd, even) * 20 > len(head) and min(odd, even) == 0:
        return ["utf-16-le" if odd else "utf-16-be"]
    return ["utf-8-sig", "gb18030"]


def _is_big5(raw: bytes, text: str) -> bool:
    """Big5 read as GB18030 gives characters that nobody writes: most of them GB2312 does not have."""
    signs = [sign for sign in text[:20_000] if not sign.isascii()]
    rare = sum(not sign.encode("gb2312", "ignore") for sign in signs)
    try:
        return 4 * rare > len(signs) > 0 and bool(raw.decode("big5"))
    except UnicodeDecodeError:
        return False


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
