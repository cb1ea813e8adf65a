"""A backup put back: looked at from all sides first, then swapped in whole. A refusal leaves everything as it was.

What stood here before is moved into a dated folder, or backed up there where it cannot be moved; never deleted.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from heli.common import days
from heli.common.errors import DomainError

from . import backing_up, engines, files, forward, keyring, manifest
from .engines import Engine
from .files import Moves
from .forward import UNTOUCHED, Brought
from .manifest import Manifest
from .pace import Pace, Tell
from .place import Place

MEDIA = "media/"


@dataclass(frozen=True, slots=True)
class Restored:
    folder: Path
    manifest: Manifest
    brought: Brought
    aside: tuple[Path, ...]
    seconds: float


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A disk that is full, or cannot be read or written, as a sentence."""
    try:
        yield
    except OSError as error:
        raise DomainError(
            "restore_not_done", f"没有恢复成：{error.strerror or error}（{error.filename or ''}）。", kept=UNTOUCHED,
            todo="请看读不读得到、放不放得下、能不能写，再来一次。",
        ) from error  # fmt: skip


@_said_plainly()
def restore(folder: Path, place: Place, *, replace: bool, at: datetime, tell: Tell) -> Restored:
    begun, engine = time.monotonic(), engines.current()
    backup = manifest.read(folder)
    forward.refuse_unfit(backup, engine=engine.NAME, known=forward.known())
    _keys_fit(backup, place)
    taken = _here_is_data(engine, place)
    if taken and not replace:
        raise DomainError(
            "restore_over_data", f"{place.home} 里已经有数据。", kept=UNTOUCHED,
            todo="要换成备份里的，请加 --replace：现在的会移到旁边，不会删掉。",
        )  # fmt: skip
    manifest.check(folder, backup, tell)
    engine.look_into(folder, backup)
    name = f"before-restore-{days.local(at):%Y%m%d-%H%M%S}"
    copy_first = taken and not engine.LEAVES_ITS_FILE
    with _copied_beside(place, name, copy_first, at=at, tell=tell) as copied:
        brought, moved = _put_back(engine, folder, backup, place, name, tell)
    aside = tuple(dict.fromkeys((*copied, *moved)))
    return Restored(folder, backup, brought, aside, round(time.monotonic() - begun, 2))


def _keys_fit(backup: Manifest, place: Place) -> None:
    """Every key that the backup was shown to need is at hand, by its fingerprint."""
    ring = keyring.stored(place.ring)
    if ring is None:
        raise DomainError(
            "keys_missing", f"这里没有钥匙：{place.ring}。没有钥匙，备份里的证件号和电话打不开。", kept=UNTOUCHED,
            todo="请先用 heli keys import 放回钥匙，再恢复。",
        )  # fmt: skip
    lacking = set(backup.keys) - set(keyring.fingerprints(ring))
    if lacking:
        names = "、".join(sorted(f"{key.id}（{key.fingerprint}）" for key in lacking))
        raise DomainError(
            "keys_do_not_fit", f"这里的钥匙打不开这份备份，缺：{names}。", kept=UNTOUCHED,
            todo="请用 heli keys import 放回做备份时的钥匙，再恢复。",
        )  # fmt: skip


def _here_is_data(engine: Engine, place: Place) -> bool:
    return engine.holds_data() or (place.media.is_dir() and bool(files.under(place.media)))


@contextmanager
def _copied_beside(place: Place, name: str, wanted: bool, *, at: datetime, tell: Tell) -> Iterator[tuple[Path, ...]]:
    """The present data, copied before they go; if they stay after all, the copy is not needed."""
    if not wanted:
        yield ()
        return
    aside = place.home / name
    tell("先把现在的数据备份在旁边。")
    backing_up.back_up(aside / "backup", place, at=at, tell=tell)
    try:
        yield (aside,)
    except BaseException:
        shutil.rmtree(aside / "backup", ignore_errors=True)
        with suppress(OSError):  # something else is in it, and stays
            aside.rmdir()
        raise


def _put_back(
    engine: Engine, folder: Path, backup: Manifest, place: Place, name: str, tell: Tell
) -> tuple[Brought, list[Path]]:
    place.home.mkdir(parents=True, exist_ok=True)
    with _media_draft(folder, backup, place, tell) as media, Moves(name) as moves:

        def swap_media() -> None:
            if place.media.exists() and any(place.media.iterdir()):
                moves.put_aside(place.media)
            moves.move(media, place.media)

        brought = engine.put_back(folder, backup, moves=moves, accept=swap_media, tell=tell)
    return brought, moves.folders


@contextmanager
def _media_draft(folder: Path, backup: Manifest, place: Place, tell: Tell) -> Iterator[Path]:
    """The uploaded files beside the place they will take, checked once more on the way."""
    draft = files.draft_of(place.media)
    draft.mkdir(parents=True)
    pace = Pace(tell, "写回上传的文件", backup.bytes)
    try:
        for file in backup.files:
            if file.path.startswith(MEDIA):
                files.write(draft, file.path.removeprefix(MEDIA), files.checked(folder, file))
                pace.more(file.bytes)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
