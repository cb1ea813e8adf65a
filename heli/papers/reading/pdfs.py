"""A PDF is kept as it is, if there is nothing in it but pages; its first page is drawn as a picture.

Refused: what needs a password, runs something (scripts, programs, forms that send themselves), carries other files,
or is another kind of file at the same time.
"""

import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from . import images
from .kept import Kept, Refused

MOST_OBJECTS = 50_000
DEEPEST = 30
RUNS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"}
CARRIES = {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
# Also where no table of the file leads: another reader may find it all the same.
NEVER = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
TROUBLE = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    ArithmeticError,
    OSError,
)


def kept(data: bytes) -> Kept:
    if data[data.rfind(b"%%EOF") + 5 :].strip(b" \t\r\n\0") or b"<script" in data.lower():
        raise Refused("pdf_mixed")
    if any(word in data for word in NEVER):
        raise Refused("pdf_active")
    try:
        _check(PdfReader(io.BytesIO(data), strict=False))
    except TROUBLE as error:
        raise Refused("pdf_broken") from error
    preview, pages = _first_page(data)
    return Kept("application/pdf", data, preview, pages)


def _check(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise Refused("pdf_locked")
    for number, thing in enumerate(_objects(reader)):
        if number > MOST_OBJECTS:
            raise Refused("pdf_heavy")
        if _acts(thing, DEEPEST):
            raise Refused("pdf_active")


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Everything in the file, whether a page leads there or not."""
    yield reader.trailer
    places = [(number, generation) for generation, found in reader.xref.items() for number in found]
    for number, generation in [*places, *((number, 0) for number in reader.xref_objStm)]:
        if generation < 65_535:
            yield reader.get_object(IndirectObject(number, generation, reader))


def _acts(thing: Any, left: int) -> bool:
    if left == 0:
        raise Refused("pdf_heavy")
    if isinstance(thing, DictionaryObject):
        told = thing.raw_get("/S") if "/S" in thing else None
        return (
            told in RUNS or not CARRIES.isdisjoint(thing) or any(_acts(thing.raw_get(key), left - 1) for key in thing)
        )
    return isinstance(thing, ArrayObject) and any(_acts(one, left - 1) for one in list.__iter__(thing))


def _first_page(data: bytes) -> tuple[bytes, int]:
    try:
        with pypdfium2.PdfDocument(data) as document:
            page = document[0]
            scale = images.LONGEST / max(*page.get_size(), 1)
            return images.small(page.render(scale=min(scale, 4)).to_pil().convert("RGB")), len(document)
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise Refused("pdf_broken") from error
