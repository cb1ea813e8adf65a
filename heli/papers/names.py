"""Names of files, as people wrote them or telephones made them: cleaned for the page, and made anew for a download."""

import re
import unicodedata
from pathlib import PurePosixPath

ENDINGS = {
    "image/jpeg": ".jpg",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
PLAIN = {".jpg", ".jpeg", ".png", ".webp"}
LONGEST_TITLE, LONGEST_NAME = 60, 120
# What telephones and programs call their files: it says nothing to people.
SAYS_NOTHING = re.compile(
    r"(?i)^(img|dsc|mmexport|wx_camera|微信图片|screenshot|scan|扫描件?|image|photo|file|doc)?[\W\d_]*$"
)
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def cleaned(name: str) -> str:
    """Only what can be seen: no folders, no control characters, none that turn the direction of writing; a name in
    an encoding that did not arrive is no name."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    return "" if "\N{REPLACEMENT CHARACTER}" in seen else seen.strip()[:LONGEST_NAME]


def title(name: str) -> str:
    """What the name says of the paper, without its endings, however many; '' if it says nothing."""
    stem = cleaned(name)
    while re.search(r"\.[A-Za-z0-9]{1,5}$", stem):
        stem = stem.rpartition(".")[0]
    return "" if SAYS_NOTHING.match(stem) else stem.strip(" .")[:LONGEST_TITLE]


def download(title_: str, media: str) -> str:
    """A name that every system takes, with the ending that fits the content."""
    return (FORBIDDEN.sub("_", cleaned(title_)).strip(". ") or "paper") + ENDINGS.get(media, ".bin")


def original(name: str, title_: str) -> str:
    """What it was called when it came, for the file as it came; only plain endings survive."""
    ending = PurePosixPath(cleaned(name)).suffix.lower()
    kept = ending if ending in PLAIN else ".bin"
    stem = FORBIDDEN.sub("_", cleaned(title_)).strip(". ") or "original"
    return f"{stem}{kept}"
