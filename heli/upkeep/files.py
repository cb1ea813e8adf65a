"""Files as a backup holds them: copied while they are hashed, listed by size and SHA-256, checked while they are read.

Knows nothing of databases, keys or manifests.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from heli.common.errors import DomainError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a backup, by its path inside it."""

    path: str
    bytes: int
    sha256: str


def parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            yield part


def write(folder: Path, path: str, content: Iterable[bytes | memoryview]) -> Listed:
    """A new file, listed by what was meant to be written: reading it back later shows whether it was."""
    target, digest, size = folder / path, hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target, "xb", opener=_private) as file:
        for part in content:
            digest.update(part)
            size += file.write(part)
    return Listed(path, size, digest.hexdigest())


def listed(folder: Path, path: str) -> Listed:
    digest, size = hashlib.sha256(), 0
    for part in parts(folder / path):
        digest.update(part)
        size += len(part)
    return Listed(path, size, digest.hexdigest())


def checked(folder: Path, file: Listed) -> Iterator[bytes]:
    """The file's content; once it has been read whole, DomainError if it is not what was listed."""
    digest, size = hashlib.sha256(), 0
    for part in parts(folder / file.path):
        digest.update(part)
        size += len(part)
        yield part
    if size != file.bytes:
        raise _damaged(f"{file.path} 应当有 {file.bytes} 字节，现在是 {size} 字节")
    if digest.hexdigest() != file.sha256:
        raise _damaged(f"{file.path} 的内容和做备份时不一样")


def all_there(folder: Path, wanted: Iterable[Listed]) -> None:
    """Before anything is read: every listed file stands there in its size."""
    for file in wanted:
        path = folder / file.path
        if path.is_symlink() or not path.is_file():
            raise DomainError(
                "backup_incomplete",
                f"备份缺了一个文件：{file.path}。",
                kept="现在的数据没有动。",
                todo="请换一份备份。",
            )
        if path.stat().st_size != file.bytes:
            raise _damaged(f"{file.path} 应当有 {file.bytes} 字节，现在是 {path.stat().st_size} 字节")


def under(folder: Path) -> list[str]:
    """Plain files below `folder`, by relative path in order. Links are not followed: they lead out."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def durable(path: Path) -> None:
    """On the disk, not only in its cache; of a folder: its list of names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def draft_of(path: Path) -> Path:
    """Beside the place it will take, so that a rename is enough; two at once do not get into each other's way."""
    return path.with_name(f".{path.name}.unfinished-{os.getpid()}")


def unfinished(folder: Path) -> list[Path]:
    """Drafts in a folder, of work that goes on or was killed."""
    return sorted(folder.glob(".*.unfinished-*"))


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A draft beside `folder` that takes its name when all went well: half a backup never looks like a whole one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(folder)
    draft.mkdir(mode=0o700)
    try:
        yield draft
        for path in (*draft.rglob("*"), draft):
            durable(path)
        draft.rename(folder)
        durable(folder.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


class Moves:
    """Renames that are all done or, when something fails on the way, all undone. Nothing is deleted.

    `name` is the dated folder that takes what stood there before, made beside it, so that a rename is enough.
    """

    def __init__(self, name: str) -> None:
        self._name, self._done = name, list[tuple[Path, Path]]()
        self.folders: list[Path] = []

    def __enter__(self) -> "Moves":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            for _source, target in self._done:
                durable(target.parent)
            return
        for source, target in reversed(self._done):
            target.rename(source)
        for folder in self.folders:
            folder.rmdir()

    def move(self, source: Path, target: Path) -> None:
        source.rename(target)
        self._done.append((source, target))

    def put_aside(self, path: Path) -> None:
        if not path.exists():
            return
        aside = path.parent / self._name
        if not aside.exists():
            aside.mkdir(mode=0o700)
            self.folders.append(aside)
        if (aside / path.name).exists():  # a rename would write over it
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(aside / path.name))
        self.move(path, aside / path.name)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _damaged(what: str) -> DomainError:
    return DomainError("backup_damaged", f"备份坏了：{what}。", kept="现在的数据没有动。", todo="请换一份备份。")
