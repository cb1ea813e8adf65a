"""Gather the words people read, keep the English catalogue, compile it. Chinese is the language of the msgids.

python tools/catalogue.py          write heli/locale/en/LC_MESSAGES/django.po and .mo; say what is still untranslated
python tools/catalogue.py --check  change nothing; exit 1 and say what is wrong
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "heli" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
NO_WORDS = {"tests", "migrations", "static", "locale", "engines"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Id = str | tuple[str, str]
Key = tuple[str, Id]  # context, msgid


class Words(Catalog):
    """A catalogue whose header says nothing that changes by itself, so that the files change with the words only."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "en"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]


def gathered() -> set[Key]:
    """Every msgid in the code and the templates."""
    files = sorted(path for ending in ("py", "html", "txt") for path in (ROOT / "heli").rglob(f"*.{ending}"))
    wanted = (path for path in files if not NO_WORDS & set(path.relative_to(ROOT).parts))
    return {key for path in wanted if path.suffix == ".py" or "templates" in path.parts for key in _in(path)}


def _in(path: Path) -> Iterator[Key]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path.relative_to(ROOT))).splitlines()
        source = "\n".join(line.lstrip() for line in lines)  # indentation of HTML is none of Python
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield context or "", _id(message)


def _id(message: str | tuple[str, ...] | list[str]) -> Id:
    return message if isinstance(message, str) else (message[0], message[1])


def stored() -> dict[Key, Message]:
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        return {(row.context or "", _id(row.id)): row for row in read_po(file, locale="en") if row.id}


def merged(keys: set[Key], old: dict[Key, Message]) -> Words:
    """The wanted msgids with the translations we have."""
    words = Words(
        locale="en", domain="django", header_comment="# Heli in English. Written by tools/catalogue.py.", fuzzy=False
    )
    for context, msgid in sorted(keys, key=lambda key: (key[0], str(key[1]))):
        row = old.get((context, msgid))
        flags = {"fuzzy"} if row is not None and row.fuzzy else set()
        words.add(msgid, row.string if row is not None else None, context=context or None, flags=flags)
    return words


def po_of(words: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, words, width=110, sort_output=True)
    return buffer.getvalue()


def mo_of(words: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, words)
    return buffer.getvalue()


def problems(keys: set[Key], old: dict[Key, Message]) -> list[str]:
    """What is wrong with the stored catalogue, a sentence each."""
    missing = [f"untranslated: {_shown(key)}" for key in sorted(keys, key=str) if not _is_translated(old.get(key))]
    unused = [f"no longer used: {_shown(key)}" for key in sorted(old.keys() - keys, key=str)]
    fuzzy = [f"fuzzy, look again: {_shown(key)}" for key, row in old.items() if row.fuzzy]
    places = [f"placeholders differ: {_shown(key)}" for key, row in old.items() if not _places_agree(row)]
    return [*missing, *unused, *fuzzy, *places]


def _is_translated(row: Message | None) -> bool:
    return row is not None and all(_forms(row.string)) and len(_forms(row.string)) == len(_forms(row.id))


def _places_agree(row: Message) -> bool:
    wanted = {frozenset(PLACEHOLDER.findall(text)) for text in _forms(row.id)}
    return all(frozenset(PLACEHOLDER.findall(text)) in wanted for text in _forms(row.string) if text)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _shown(key: Key) -> str:
    return key[1] if isinstance(key[1], str) else key[1][0]


def check() -> list[str]:
    """All that keeps the catalogue from being complete and current."""
    keys, old = gathered(), stored()
    found = problems(keys, old)
    current = merged(keys, old)
    if not found and PO.read_bytes() != po_of(current):
        found = ["django.po is not in its written form; run `make catalogue`"]
    if not found and (not MO.exists() or MO.read_bytes() != mo_of(current)):
        found = ["django.mo is not compiled from django.po; run `make catalogue`"]
    return found


def write() -> list[str]:
    """Update both files; returns what is still to translate."""
    keys, old = gathered(), stored()
    words = merged(keys, old)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_of(words))
    MO.write_bytes(mo_of(words))
    return problems(keys, {key: row for key, row in old.items() if key in keys})


def main() -> int:
    checking = "--check" in sys.argv[1:]
    found = check() if checking else write()
    for sentence in found:
        print(sentence)
    if not found:
        print(f"{len(gathered())} msgids, all in English.")
    elif checking:
        print(f"The English catalogue has {len(found)} problem(s): run `make catalogue`, then translate in django.po.")
    return 1 if checking and found else 0


if __name__ == "__main__":
    sys.exit(main())
