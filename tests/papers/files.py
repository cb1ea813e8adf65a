"""Files to hand over, made here: good ones, and what strangers send."""

import io
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from heli.demo import scans
from heli.papers.reading.sniffing import EICAR


def picture(form="PNG", size=(400, 300), mode="RGB", **saving):
    target = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(target, form, **saving)
    return target.getvalue()


@cache
def located():
    """A photograph as a telephone makes it: lying on its side, with the place, the maker and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "GPS-CANARY-PHONE"
    exif.get_ifd(0x8825).update({1: "N", 2: (28.0, 21.0, 30.0), 3: "E", 4: (121.0, 22.0, 40.0)})
    return picture("JPEG", (2400, 1200), exif=exif, comment=b"COMMENT-CANARY")


def pdf(*, pages=1, work=None, **sealing):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if work:
        work(writer)
    if sealing:
        writer.encrypt(**sealing)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def endless():
    """A PDF of a megabyte or two that unpacks to a gigabyte of strokes."""
    packer = zlib.compressobj(6)
    strokes = b"1 0 0 RG 0 0 m 9 9 l S " * 40_000
    packed = b"".join(packer.compress(strokes) for _ in range(1100)) + packer.flush()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return scans.written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
                          head + packed + b"\nendstream"])  # fmt: skip


def launching(writer):
    act = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)


def opening(writer):
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)


def hidden_script(writer):
    """In an object that no page leads to, its name written in another way."""
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer._add_object(DictionaryObject(act))


def office(kind="word/document.xml", **members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(kind, "<document/>" * 40)
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def flood(width, height):
    """A PNG that says it is huge, in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    made = (struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def hostile():
    """Name of the case → (file name, content, code of the refusal)."""
    good, script = pdf(), b"<script>alert(1)</script>"
    outside = '<Relationship Type="t/attachedTemplate" Target="http://x/" TargetMode="External"/>'
    return {
        "empty": ("空.jpg", b"", "empty"),
        "html as jpg": ("照片.jpg", b"<!doctype html>" + script, "active"),
        "html after a mark": ("照片.jpg", b"\xef\xbb\xbf \n<html>" + script, "active"),
        "svg": ("图.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "active"),
        "svg as png": ("图.png", b'<?xml version="1.0"?><svg/>', "active"),
        "gif with script": ("a.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;" + script, "picture_kind"),
        "program": ("a.jpg.exe", b"MZ" + b"\0" * 60, "active"),
        "shell": ("a.pdf", b"#!/bin/sh\nid", "active"),
        "eicar": ("a.txt", EICAR, "virus"),
        "eicar inside a picture": ("a.jpg", picture("JPEG") + EICAR, "virus"),
        "heic": ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
        "text": ("a.jpg", "不是图".encode("gb18030"), "unknown"),
        "nothing but a head": ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 90, "image_broken"),
        "cut short": ("a.png", picture()[:3000], "image_broken"),
        "pixel flood": ("a.png", flood(60_000, 60_000), "image_flood"),
        "large flood": ("a.png", flood(2**31 - 1, 2**31 - 1), "image_flood"),
        "small flood": ("a.png", flood(8_000, 8_000), "image_flood"),
        "pdf with html behind": ("a.pdf", good + b"<html>" + script, "pdf_mixed"),
        "pdf with zip behind": ("a.pdf", good + office(), "pdf_mixed"),
        "pdf behind html": ("a.pdf", b"<html>" + good, "active"),
        "pdf with a password": ("a.pdf", pdf(user_password="x", algorithm="AES-256"), "pdf_locked"),
        "pdf with an owner": ("a.pdf", pdf(user_password="", owner_password="x", algorithm="AES-128"), "pdf_locked"),
        "pdf with script": ("a.pdf", pdf(work=opening), "pdf_active"),
        "pdf with a hidden script": ("a.pdf", pdf(work=hidden_script), "pdf_active"),
        "pdf in another spelling": ("a.pdf", pdf(work=hidden_script).replace(b"/JavaScript", b"/J#61vaScript"), "pdf_active"),
        "pdf that starts a program": ("a.pdf", pdf(work=launching), "pdf_active"),
        "pdf with a file": ("a.pdf", pdf(work=lambda made: made.add_attachment("a.exe", b"MZ")), "pdf_active"),
        "pdf of nothing": ("a.pdf", b"%PDF-1.7\n%%EOF", "pdf_broken"),
        "pdf of noise": ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF", "pdf_broken"),
        "pdf without pages": ("a.pdf", pdf(pages=0), "pdf_broken"),
        "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old_office"),
        "zip": ("a.zip", office("a.txt"), "zip"),
        "zip bomb": ("a.docx", office(word__media__a_dot_xml=b"\0" * 120_000_000), "office_bomb"),
        "many members": ("a.docx", office(**{f"word__m{n}": "" for n in range(2100)}), "office_bomb"),
        "macro": ("a.docx", office(word__vbaProject_dot_bin=b"x"), "office_macro"),
        "template from elsewhere": ("a.docx", office(word___rels__settings_dot_rels=outside), "office_outside"),
        "way out of the archive": ("a.docx", office(**{"word__..__..__a": "x"}), "office_broken"),
        "docx with html behind": ("a.docx", office() + script, "office_broken"),
        "docx cut short": ("a.docx", office()[:200], "office_broken"),
        "too large": ("a.jpg", b"\xff\xd8\xff" + b"\0" * (21 * 1024 * 1024), "too_large"),
    }  # fmt: skip


GOOD = {
    "jpeg": ("a.jpg", lambda: located(), "image/jpeg"),
    "png": ("a.png", lambda: picture(mode="RGBA"), "image/jpeg"),
    "palette": ("a.png", lambda: scans.picture("x", 600), "image/jpeg"),
    "grey": ("a.png", lambda: picture(mode="L"), "image/jpeg"),
    "webp": ("a.webp", lambda: picture("WEBP"), "image/jpeg"),
    "cmyk": ("a.jpg", lambda: picture("JPEG", mode="CMYK"), "image/jpeg"),
    "pdf": ("a.pdf", lambda: scans.pdf([["one"], ["two"]]), "application/pdf"),
    "docx": ("a.docx", lambda: office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("a.xlsx", lambda: office("xl/workbook.xml"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip
