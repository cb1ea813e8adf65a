"""What a file is, by its first bytes. Its name and what the browser calls it are not asked."""

from .kept import Refused

# The test string that every virus scanner knows, in two parts, so that scanners leave this file alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

BEGINS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
)
REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"GIF8", "picture_kind"),
    (b"BM", "picture_kind"),
    (b"II*\x00", "picture_kind"),
    (b"MM\x00*", "picture_kind"),
    (b"8BPS", "picture_kind"),
    (b"MZ", "active"),
    (b"\x7fELF", "active"),
    (b"#!", "active"),
    (b"<", "active"),
)
HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}


def sniff(data: bytes) -> str:
    """jpeg, png, webp, pdf or zip; anything else is refused with its reason."""
    if not data:
        raise Refused("empty")
    if EICAR in data:
        raise Refused("virus")
    for begin, name in BEGINS:
        if data.startswith(begin):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise Refused(_why(data))


def _why(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        return "heic"
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((code for begin, code in REFUSED if start.startswith(begin)), "unknown")
