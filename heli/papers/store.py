"""Where the parts lie: below the media, sealed, under names that tell nothing. Never below anything that is served."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from heli.common import crypto

FOLDER = "papers"


def keep(content: bytes) -> str:
    """Write a part and see it on the disk; returns its place."""
    name = secrets.token_hex(16)
    place = f"{FOLDER}/{name[:2]}/{name}"
    path = path_of(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(path, "xb", opener=_private) as file:
            file.write(crypto.seal_bytes(content, place))
            file.flush()
            os.fsync(file.fileno())
        _durable(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return place


def read(place: str) -> bytes:
    return crypto.unseal_bytes(path_of(place).read_bytes(), place)


def forget(places: Iterable[str]) -> None:
    for place in places:
        if place:
            path_of(place).unlink(missing_ok=True)


def path_of(place: str) -> Path:
    return Path(settings.MEDIA_ROOT) / place


def older_than(at: datetime) -> list[str]:
    """Places of parts that were written before `at`."""
    root = Path(settings.MEDIA_ROOT)
    found = (path for path in (root / FOLDER).glob("??/*") if path.is_file() and path.stat().st_mtime < at.timestamp())
    return sorted(path.relative_to(root).as_posix() for path in found)


def _durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
