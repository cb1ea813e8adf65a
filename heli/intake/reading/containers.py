"""What a file is, by its first bytes and not by its name; what is no table is refused with a plain word for it."""

from collections.abc import Mapping
from pathlib import Path

from .errors import Unreadable

MOST_BYTES = 150 * 1024 * 1024
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
# First bytes → what the person would call it.
OTHERS: Mapping[bytes, str] = {
    b"%PDF": "PDF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"RIFF": "图片",
    b"BM6": "图片",
    b"{\\rtf": "Word 文档",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"PK\x05\x06": "空压缩包",
    b"MIME-Version": "网页",
    b"SQLite format": "数据库",
}
HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<script", b"<style")


def container(path: Path) -> str:
    """`zip`, `ole`, `page` or `text`; Unreadable for all that holds no table."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise Unreadable("damaged") from error
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf") and size <= len(head):
        raise Unreadable("empty")
    if size > MOST_BYTES:
        raise Unreadable("too_large", what=f"{size // 1024 // 1024} MB")
    if head.startswith((ZIP, OLE)):
        return "zip" if head.startswith(ZIP) else "ole"
    _refuse_others(head)
    return "page" if _begins(head).startswith(HTML) else "text"


def _refuse_others(head: bytes) -> None:
    for begins, what in OTHERS.items():
        if head.startswith(begins):
            raise Unreadable("not_a_table", what=what)
    if _begins(head).startswith(b"<?xml"):
        raise Unreadable("not_a_table", what="XML")


def _begins(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
