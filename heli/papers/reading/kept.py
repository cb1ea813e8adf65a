"""What reading gives: the parts to keep, or why not."""

from dataclasses import dataclass


class Refused(Exception):
    """The file is not taken; `code` says why (heli.papers.words has the sentences)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kept:
    """`content` is what is kept and handed out; `preview` is a picture of it, empty where there is none."""

    media: str
    content: bytes
    preview: bytes = b""
    pages: int = 1
