"""Files that are not what their name says, and workbooks of other makers. A plain reason, or read."""

import struct
import zlib

from .making import SHEET, Case, compound, csv_text, parts, people, roster, rows_xml, sheet_xml, text, xls, xlsx, zipped

TWO = roster(*people(2))
PAGE = "<html><body><table>" + "".join(
    "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in TWO
) + "</table></body></html>"  # fmt: skip


def broken_sum() -> bytes:
    """One byte of the sheet's packed content is another one."""
    whole = bytearray(zipped(parts(sheet_xml(rows_xml(TWO)))))
    at = whole.find(b"xl/worksheets/sheet1.xml") + 60
    whole[at] ^= 0xFF
    return bytes(whole)


def escaping() -> bytes:
    """Members that would land elsewhere if anybody unpacked them."""
    return zipped(parts(sheet_xml(rows_xml(TWO))) | {"../../etc/cron.d/x": "x", "/etc/passwd": "x", "a\\..\\b": "x"})


def with_macro() -> bytes:
    return zipped(parts(sheet_xml(rows_xml(TWO))) | {"xl/vbaProject.bin": compound("VBA", b"Shell")})


def twice_named() -> bytes:
    return zipped(parts(sheet_xml(rows_xml(TWO)), names=(SHEET, SHEET)))


def open_document() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' for value in row
        )
        + "</table:table-row>"
        for row in TWO
    )
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="{SHEET}">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def encrypted_flag() -> bytes:
    """A zip whose members say that they have a password."""
    whole = bytearray(zipped(parts(sheet_xml(rows_xml(TWO)))))
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        flags = struct.unpack_from("<H", whole, at + 8)[0]
        struct.pack_into("<H", whole, at + 8, flags | 1)
        at = whole.find(b"PK\x01\x02", at + 4)
    return bytes(whole)


CASES = (
    Case("containers/csv-named.xlsx", lambda: text(TWO), good=2),
    Case("containers/page-named.xls", lambda: PAGE.encode(), good=2, told=("web_page",)),
    Case("containers/page-gbk.xls", lambda: PAGE.encode("gb18030"), good=2, told=("web_page",)),
    Case("containers/old.xls", lambda: xls(TWO), good=2),
    Case("containers/wps.et", lambda: compound("ETWorkbook", b"WPS"), "format_unread"),
    Case("containers/old.et", lambda: xls(TWO), good=2),
    Case("containers/binary.xlsb", lambda: zipped({"xl/workbook.bin": b"\x83\x01"}), "format_unread"),
    Case("containers/open.ods", open_document, good=2),
    Case("containers/password.xlsx", lambda: compound("EncryptedPackage", b"secret"), "password"),
    Case("containers/password-zip.xlsx", encrypted_flag, "password"),
    Case("containers/word.docx", lambda: zipped({"word/document.xml": "<w:document/>"}), "not_a_table"),
    Case("containers/word.doc", lambda: compound("WordDocument", b"word"), "not_a_table"),
    Case("containers/torn.xlsx", lambda: xlsx(TWO)[:-400], "damaged"),
    Case("containers/broken-sum.xlsx", broken_sum, "damaged"),
    Case("containers/members-that-escape.xlsx", escaping, good=2),
    Case("containers/macro.xlsm", with_macro, good=2),
    Case("containers/empty.xlsx", lambda: b"", "empty"),
    Case("containers/empty-sheet.xlsx", lambda: xlsx([]), "empty"),
    Case(
        "containers/same-name-twice.xlsx", twice_named, good=2, bad=("花名册!E2 id_duplicate", "花名册!E3 id_duplicate")
    ),
    Case("containers/picture.png.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + zlib.compress(b"a" * 99), "not_a_table"),
    Case("containers/csv-in-gzip.csv", lambda: b"\x1f\x8b" + csv_text(TWO).encode(), "not_a_table"),
    Case("containers/mail.mht.xls", lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n", "not_a_table"),
)
