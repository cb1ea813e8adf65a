"""Small to send, large to open. What declares too much is refused before it is opened; what is only odd is read."""

import io
import zipfile

from .making import Case, letters, parts, people, roster, rows_xml, sheet_xml, text, xlsx, zipped

TWO = roster(*people(2))
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{("&" + before + ";") * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def declared() -> bytes:
    return zipped(parts(b"0" * (200 * 1024 * 1024)))


def nested() -> bytes:
    """A zip in a zip in a zip: what is inside is not opened at all."""
    inner = zipped({"a.bin": bytes(100 * 1024 * 1024)})
    for _turn in range(3):
        inner = zipped({f"{name}.zip": inner for name in "abcdefgh"})
    return zipped(parts(sheet_xml(rows_xml(TWO))) | {"xl/media/a.zip": inner})


def members() -> bytes:
    """100,000 empty members, written as one and repeated by hand, for speed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts(sheet_xml(rows_xml(TWO))).items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 10, 25, 8, 0, 0)), content)
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"x/{number}", (2023, 10, 25, 8, 0, 0)), b"")
    return file.getvalue()


def strings() -> bytes:
    """A table of strings far larger than the sheet that uses it."""
    table = b"<sst>" + b"<si><t>" + b"A" * 1000 + b"</t></si>"
    return zipped(parts(sheet_xml(rows_xml(TWO)), strings=table + b"<si><t>B</t></si>" * 10_000_000 + b"</sst>"))


def entities() -> bytes:
    return zipped(parts(f"{DOCTYPE}]>" + sheet_xml(rows_xml(TWO)).partition("\n")[2].replace("吉捕岙", "&j;", 1)))


def wide() -> bytes:
    """16,384 columns in each of a thousand rows."""
    row = "".join(f'<c r="{letters(at)}@"><v>1</v></c>' for at in range(16_384))
    return zipped(parts(sheet_xml("".join(f'<row r="{n}">{row.replace("@", str(n))}</row>' for n in range(1, 201)))), 1)


def corner() -> bytes:
    return xlsx(TWO, lambda book, pages: pages["花名册"].write_string(1_048_575, 0, "x"))


def phantoms() -> bytes:
    """A million rows that only have a colour."""
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(4, 1_000_000))
    return zipped(parts(sheet_xml(rows_xml(TWO) + empty)), 1)


def styled() -> bytes:
    """Cells that only have a colour, far down and far right."""
    empty = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{letters(at)}{n}" s="1"/>' for at in range(16)) + "</row>"
        for n in range(4, 60_000)
    )
    return zipped(parts(sheet_xml(rows_xml(TWO) + empty)), 1)


def merges() -> bytes:
    areas = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(10, 5_000_000, 2))
    return zipped(parts(sheet_xml(rows_xml(TWO), f"<mergeCells>{areas}</mergeCells>")), 1)


def attributes() -> bytes:
    many = " ".join(f"a{n}='1'" for n in range(200_000))
    return zipped(parts(sheet_xml(rows_xml(TWO), f"<x {many}/>")))


def outside() -> bytes:
    """A link to another file, a picture from the network, and a DDE call, beside two good households."""
    link = '<externalLink><externalBook r:id="rId1"/></externalLink>'
    target = '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://127.0.0.1:9/a.xlsx"/></Relationships>'
    return zipped(
        parts(sheet_xml(rows_xml(TWO)))
        | {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": target}
    )


def picture() -> bytes:
    target = '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://127.0.0.1:9/a.png"/></Relationships>'
    drawing = '<xdr:wsDr xmlns:xdr="x"><a:blip xmlns:a="a" r:link="rId1" xmlns:r="r"/></xdr:wsDr>'
    return zipped(
        parts(sheet_xml(rows_xml(TWO)))
        | {"xl/drawings/drawing1.xml": drawing, "xl/drawings/_rels/drawing1.xml.rels": target}
    )


def dde() -> bytes:
    def paint(book, pages):
        pages["花名册"].write_formula(1, 15, "=cmd|' /C calc'!A0", None, "0")

    return xlsx(TWO, paint)


def sparse(size: int) -> bytes:
    return text(TWO) + bytes(size)


GOOD = {"good": 2}
CASES = (
    Case("bombs/declares-200-mb.xlsx", declared, "too_large"),
    Case("bombs/zip-in-zip.xlsx", nested, **GOOD),
    Case("bombs/100000-members.xlsx", members, "too_large"),
    Case("bombs/strings-170-mb.xlsx", strings, "too_large"),
    Case("bombs/entities.xlsx", entities, "damaged"),
    Case("bombs/16384-columns.xlsx", wide, "too_large"),
    Case("bombs/last-row.xlsx", corner, "too_large"),
    Case("bombs/million-coloured-rows.xlsx", phantoms, **GOOD),
    Case("bombs/million-coloured-cells.xlsx", styled, **GOOD),
    Case("bombs/merges.xlsx", merges, "too_large"),
    Case("bombs/attributes.xlsx", attributes, "too_large"),
    Case("bombs/link-to-a-file.xlsx", outside, **GOOD),
    Case("bombs/picture-from-afar.xlsx", picture, **GOOD),
    Case("bombs/dde.xlsx", dde, **GOOD),
    Case("bombs/zeros-151-mb.csv", lambda: sparse(151 * 1024 * 1024), "file_too_large"),
)
