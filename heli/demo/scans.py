"""Papers of the village world, drawn here: invented, small, and marked as a demonstration."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageDraw

from heli.papers.services import Handed


@dataclass(frozen=True, slots=True)
class Scan:
    """A paper of the first family."""

    day: date
    kind: str
    file: Handed


def picture(word: str, width: int = 1200) -> bytes:
    """A house in outline with the sun above it, as a PNG; `word` makes each another one."""
    height = width * 3 // 4
    sheet = Image.new("RGB", (width, height), (236, 240, 233))
    pen, unit = ImageDraw.Draw(sheet), width / 12
    tint = 90 + sum(word.encode()) % 90
    pen.ellipse((9 * unit, unit, 10.5 * unit, 2.5 * unit), fill=(226, 150, 70))
    pen.polygon([(2 * unit, 4 * unit), (6 * unit, 1.5 * unit), (10 * unit, 4 * unit)], fill=(70, tint, 95))
    pen.rectangle((2.5 * unit, 4 * unit, 9.5 * unit, 8 * unit), fill=(250, 250, 246), outline=(60, 72, 70), width=3)
    for left in (3.2, 7.3):
        pen.rectangle((left * unit, 4.8 * unit, (left + 1.4) * unit, 6 * unit), fill=(150, 182, 190))
    pen.rectangle((5.4 * unit, 5 * unit, 6.6 * unit, 8 * unit), fill=(140, 96, 66))
    return _png(sheet)


def form(lines: int, stamp: bool) -> bytes:
    """A filled-in sheet without a word on it: lines, boxes and, on a title, a round stamp."""
    sheet = Image.new("RGB", (900, 1240), (252, 251, 247))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((60, 60, 840, 1180), outline=(40, 48, 47), width=3)
    for n in range(lines):
        top = 180 + n * 900 // lines
        pen.line((90, top + 40, 810, top + 40), fill=(150, 158, 154), width=2)
        pen.rectangle((90, top, 90 + 60 + (n * 137) % 480, top + 22), fill=(96, 104, 102))
    if stamp:
        pen.ellipse((560, 900, 780, 1120), outline=(190, 40, 36), width=8)
    return _png(sheet)


def _png(sheet: Image.Image) -> bytes:
    target = io.BytesIO()
    sheet.quantize(32).save(target, "PNG", optimize=True)
    return target.getvalue()


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Lines of plain letters on A4 pages; every object and its place written by hand."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        text = _text(lines)
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            + f" /Contents {5 + 2 * n} 0 R >>".encode()
        )
        bodies.append(f"<< /Length {len(text)} >>\nstream\n".encode() + text + b"\nendstream")
    return written(bodies)


def _text(lines: Sequence[str]) -> bytes:
    said = " ".join(f"({line}) Tj 0 -28 Td" for line in lines)
    return f"BT /F1 16 Tf 72 760 Td {said} ET".encode("ascii")


def written(bodies: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def scans() -> tuple[Scan, ...]:
    valued = (
        ("Valuation report (demonstration)", "Household JI-0001", "Main house 192.10 m2", "East wing 76.20 m2"),
        ("How it was worked out", "Structure, grade, year, floors", "Signed by the valuer"),
    )
    return (
        Scan(date(2023, 8, 19), "survey", Handed("全家签字的调查表.png", form(14, stamp=False))),
        Scan(date(2023, 8, 19), "photo", Handed("正屋和东厢.png", picture("正屋"))),
        Scan(date(2023, 8, 19), "identity", Handed("户主的身份证明.png", form(6, stamp=True))),
        Scan(date(2023, 9, 28), "valuation", Handed("评估报告.pdf", pdf(valued))),
    )
