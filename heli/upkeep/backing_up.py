"""The whole system into one folder: database, uploaded files, and a manifest that says what must be found there.

Keys and logs stay out. Everything is written into a draft beside, read back, and only then given its name.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import heli
from heli.common.errors import DomainError
from heli.ledger.canonical import stamp

from . import engines, files, keyring, manifest
from .facts import Copied
from .files import Listed
from .manifest import Manifest
from .pace import Pace, Tell
from .place import Place

NOTHING = "什么都没有写，原来的数据没有动。"


@dataclass(frozen=True, slots=True)
class Made:
    folder: Path
    manifest: Manifest
    seconds: float
    opens: bool  # whether the keys at hand open it


def back_up(folder: Path, place: Place, *, at: datetime, tell: Tell) -> Made:
    """Make a backup in `folder`, which must be new or empty."""
    begun = time.monotonic()
    folder = folder.resolve()
    _fit(folder, place)
    with _said_plainly(), files.whole(folder) as draft:
        tell("复制数据库……")
        copied = engines.current().copy_out(draft, tell)
        tell("复制上传的文件……")
        listed = [*_listed(draft, tell), *_media(draft, place.media, tell)]
        tell("重新读一遍……")
        page = _manifest(copied, listed, place, at)
        manifest.write(page, draft)
        manifest.check(draft, manifest.read(draft), tell)
    return Made(folder, page, round(time.monotonic() - begun, 2), copied.opens)


def note(made: Made, place: Place) -> None:
    """For the doctor: when the last backup was made, and where. The backup stands without it."""
    text = {"backup": str(made.folder), "created": made.manifest.created, "bytes": made.manifest.bytes}
    draft = files.draft_of(place.last_backup)
    with suppress(OSError):
        draft.write_text(json.dumps(text, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(place.last_backup)


def _fit(folder: Path, place: Place) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(
            "backup_not_empty", f"{folder} 里已经有东西。", kept=NOTHING, todo="请给一个新的或者空的文件夹。"
        )
    if os.path.ismount(folder):
        raise DomainError(
            "backup_mount",
            f"{folder} 是一块盘的根。",
            kept=NOTHING,
            todo=f"请在里面起一个名字，比如 {folder / 'heli'}。",
        )
    if any(folder.is_relative_to(own.resolve()) for own in (place.media, place.keys)):
        raise DomainError(
            "backup_inside",
            "备份不能放在上传文件或钥匙的文件夹里。",
            kept=NOTHING,
            todo="请换一个地方，最好是另一块盘。",
        )


def _listed(draft: Path, tell: Tell) -> Iterator[Listed]:
    """What the engine wrote, read back."""
    paths = files.under(draft)
    pace = Pace(tell, "清点", len(paths))
    for path in paths:
        yield files.listed(draft, path)
        pace.more(1)


def _media(draft: Path, media: Path, tell: Tell) -> Iterator[Listed]:
    """Uploaded files, taken after the database: one that came since is only more, one that went is not needed."""
    paths = files.under(media) if media.is_dir() else []
    pace = Pace(tell, "复制上传的文件", len(paths))
    for path in paths:
        pace.more(1)
        try:
            content = files.parts(media / path)
            yield files.write(draft, f"media/{path}", content)
        except FileNotFoundError:
            (draft / "media" / path).unlink(missing_ok=True)


def _manifest(copied: Copied, listed: list[Listed], place: Place, at: datetime) -> Manifest:
    ring = keyring.stored(place.ring) if copied.opens else None
    return Manifest(
        app=heli.__version__,
        engine=engines.current().NAME,
        created=stamp(at),
        facts=copied.facts,
        keys=keyring.fingerprints(ring) if ring else (),
        tables=copied.tables,
        sequences=copied.sequences,
        files=tuple(listed),
    )


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A full or unwritable disk, as a sentence."""
    try:
        yield
    except OSError as error:
        raise DomainError(
            "backup_not_written", f"备份没有写成：{error.strerror or error}（{error.filename or '目标盘'}）。",
            kept="原来的数据没有动，写了一半的已经清掉。", todo="请看那里放不放得下、能不能写，再来一次。",
        ) from error  # fmt: skip
