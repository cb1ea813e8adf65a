"""What a hostile file is made of: cases, rosters, and containers written by hand where no library would."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
import xlwt

from heli.common.resident_id import check_digit

SHEET = "花名册"
HEAD = [
    "户号", "村", "小组", "户主姓名", "身份证号码", "联系电话", "家庭人口", "间数", "幢号", "结构", "建造年份", "登记面积",
    "认定面积", "认定情况", "安置意向", "备注",
]  # fmt: skip
AT = {name: index for index, name in enumerate(HEAD)}
NAMES = [f"{first}某{last}" for first in "甲乙丙丁戊己庚辛壬癸" for last in "天地元黄宇宙洪荒"]
MADE = datetime(2023, 10, 25, 8, tzinfo=UTC).replace(tzinfo=None)  # workbooks know no zones


@dataclass(frozen=True)
class Case:
    """One file and what must be found: refused with a code, or read with exactly these bad cells and this many good."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    kind: str = "households"
    good: int = 0
    bad: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)
    slow: bool = False

    @property
    def group(self) -> str:
        return self.name.partition("/")[0]

    @property
    def file_name(self) -> str:
        return self.name.partition("/")[2]


def identity(number: int, born: str = "") -> str:
    """A number whose check digit is right; of nobody."""
    first = f"331081{born or f'{1970 + number // 1000}0101'}{number % 1000:03d}"
    return first + check_digit(first)


def line(number: int, **changes: Any) -> list[Any]:
    """One household with one house; `changes` by column name."""
    plain = [
        str(number), "吉捕岙", "3组", NAMES[number % len(NAMES)], identity(number), f"1000000{number:04d}", 3, 2, "1", "砖混",
        1996, 100, 90, "", "货币补偿", "",
    ]  # fmt: skip
    for name, value in changes.items():
        plain[AT[name]] = value
    return plain


def roster(*lines: list[Any]) -> list[list[Any]]:
    return [HEAD, *lines]


def people(count: int, first: int = 1) -> list[list[Any]]:
    return [line(number) for number in range(first, first + count)]


Paint = Callable[[Any, Any], None]


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]] | Sequence[Sequence[Any]], paint: Paint | None = None, **options: Any
) -> bytes:
    """A workbook; `paint(book, pages)` adds what rows cannot say."""
    file = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, safe | options) as book:
        book.set_properties({"created": MADE})
        pages = {}
        for name, rows in (sheets if isinstance(sheets, Mapping) else {SHEET: sheets}).items():
            pages[name] = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, value in enumerate(row):
                    _put(pages[name], number, at, value)
        if paint:
            paint(book, pages)
    return file.getvalue()


def _put(page: Any, row: int, at: int, value: Any) -> None:
    if isinstance(value, str):
        page.write_string(row, at, value)
    elif value is not None:
        page.write(row, at, value)


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    book, file = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    page = book.add_sheet(SHEET)
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            page.write(number, at, value)
    book.save(file)
    return file.getvalue()


def csv_text(rows: Sequence[Sequence[Any]], mark: str = ",", ends: str = "\r\n") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=mark, lineterminator=ends).writerows(rows)
    return file.getvalue()


def text(rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig", **facts: Any) -> bytes:
    return csv_text(rows, **facts).encode(encoding)


TYPES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(members: Mapping[str, bytes | str], level: int = 9) -> bytes:
    """A zip that is the same every time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content, compresslevel=level)
    return file.getvalue()


def parts(
    sheet: bytes | str, *, names: Sequence[str] = (SHEET,), strings: bytes | str = "", **more: bytes | str
) -> dict[str, bytes | str]:
    """The members of a small workbook around one sheet's XML."""
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, 1))
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATED}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    relations += (
        f'<Relationship Id="rIdS" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    )
    found: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{TYPES}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'{TYPES}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{TYPES}<workbook xmlns="{SPACE}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{TYPES}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }  # fmt: skip
    for at in range(1, len(names) + 1):
        found[f"xl/worksheets/sheet{at}.xml"] = sheet
    if strings:
        found["xl/sharedStrings.xml"] = strings
    return found | {name.replace("__", "/"): content for name, content in more.items()}


def sheet_xml(inside: str, after: str = "", before: str = "") -> str:
    return f'{TYPES}<worksheet xmlns="{SPACE}" xmlns:r="{RELATED}">{before}<sheetData>{inside}</sheetData>{after}</worksheet>'


def rows_xml(rows: Sequence[Sequence[Any]], first: int = 1) -> str:
    """Rows with their texts in the cells."""
    return "".join(
        f'<row r="{number}">'
        + "".join(_cell_xml(f"{letters(at)}{number}", value) for at, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, first)
    )


def _cell_xml(place: str, value: Any) -> str:
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    plain = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{place}" t="inlineStr"><is><t>{plain}</t></is></c>' if plain else ""


def letters(at: int) -> str:
    name = ""
    while at >= 0:
        name, at = chr(65 + at % 26) + name, at // 26 - 1
    return name


def compound(stream: str, content: bytes) -> bytes:
    """An OLE container with one stream: what Word, WPS and workbooks with a password are."""
    content = content.ljust(4096, b"\0")
    content += b"\0" * (-len(content) % 512)
    count = len(content) // 512
    table = struct.pack("<I", 0xFFFFFFFD) + struct.pack("<I", 0xFFFFFFFE)
    table += b"".join(struct.pack("<I", at) for at in range(3, count + 2)) + struct.pack("<I", 0xFFFFFFFE)
    table = table.ljust(512, b"\xff")
    assert len(table) == 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * 432
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(stream, 2, 2, len(content))
    return head + table + directory.ljust(512, b"\0") + content


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    told = name.encode("utf-16-le")
    entry = told.ljust(64, b"\0") + struct.pack("<HBB", len(told) + 2, kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)
