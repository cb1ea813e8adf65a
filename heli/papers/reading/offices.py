"""A document or a workbook of Word, Excel or WPS: kept as it is, to be downloaded, never shown.

Refused: macros, programs, templates and data fetched from elsewhere, more than fits, and what is not whole.
"""

import io
import zipfile
import zlib

from .kept import Kept, Refused

MEDIA = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_MEMBERS = 2000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 200
A_LIST = 1024 * 1024
PROGRAMS = (".bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".lnk", ".hta", ".jar")
HARMLESS = ("printersettings",)  # settings of the office's printer, as .bin


def kept(data: bytes) -> Kept:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return Kept(_checked(archive, data), data)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused("office_broken") from error


def _checked(archive: zipfile.ZipFile, data: bytes) -> str:
    members = archive.infolist()
    if data[-22:-18] != b"PK\x05\x06":
        raise Refused("office_broken")
    packed, whole = sum(one.compress_size for one in members), sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS or whole > MOST_BYTES or whole > MOST_RATIO * max(packed, 1024):
        raise Refused("office_bomb")
    media = next((media for name, media in MEDIA.items() if name in archive.NameToInfo), "")
    if not media or any(not _plain(one) for one in members):
        raise Refused("zip" if not media else "office_broken")
    if any(_program(one.filename.lower()) for one in members):
        raise Refused("office_macro")
    if any(_fetches(archive, one) for one in members if one.filename.endswith(".rels")):
        raise Refused("office_outside")
    return media


def _plain(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.split("/")
    return not (member.flag_bits & 1 or ".." in parts or member.filename.startswith("/") or "\\" in member.filename)


def _program(name: str) -> bool:
    return name.endswith(PROGRAMS) and not any(word in name for word in HARMLESS)


def _fetches(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether opening it makes Word or Excel ask another place for something. A link that one clicks is none."""
    with archive.open(member) as file:
        text = file.read(A_LIST + 1)
    if len(text) > A_LIST:
        raise Refused("office_bomb")
    told = [part for part in text.split(b"<") if b'"External"' in part or b"'External'" in part]
    return any(b"/hyperlink" not in part for part in told)
