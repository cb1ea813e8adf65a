"""SQLite: one file, copied by the online backup API and put back by renaming.

The copy is taken inside one read transaction: in WAL mode writers go on meanwhile, and the copy does not begin again
each time one of them commits.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from heli.common.errors import DomainError

from . import facts, files, forward
from .facts import Copied, Rows
from .files import Moves
from .forward import Brought
from .manifest import Manifest
from .pace import Pace, Tell

NAME = "sqlite"
LEAVES_ITS_FILE = True
FILE = "database/heli.sqlite3"
PAGES = 2048  # between two signs of progress: 8 MB
BESIDE = ("-wal", "-shm", "-journal")


def copy_out(folder: Path, tell: Tell) -> Copied:
    if not _path().is_file():
        raise forward.nothing_here(str(_path()))
    target = folder / FILE
    target.parent.mkdir()
    try:
        _copy(target, tell)
        _whole(target)
        with _rows(target) as copy:
            if not facts.is_heli(copy):
                raise forward.nothing_here(str(_path()))
            return Copied(facts.of(copy), facts.opens(copy))
    except sqlite3.Error as error:
        raise DomainError(
            "database_unreadable", f"数据库读不全：{error}。", kept="原来的数据没有动，没有写出备份。",
            todo="请先运行 heli doctor；之前的备份先留好。",
        ) from error  # fmt: skip


def holds_data() -> bool:
    path = _path()
    if not path.is_file() or not path.stat().st_size:
        return False
    try:
        with _rows(path, writable=True) as present:
            return facts.holds_data(present)
    except sqlite3.Error:
        return True  # what cannot be read may still be the only copy of somebody's work


def look_into(folder: Path, manifest: Manifest) -> None:
    manifest.file(FILE)
    try:
        with _rows(folder / FILE) as backup:
            forward.fits(backup, manifest)
    except sqlite3.Error as error:
        raise _torn(str(error)) from error


def put_back(folder: Path, manifest: Manifest, *, moves: Moves, accept: Callable[[], None], tell: Tell) -> Brought:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = files.draft_of(path)
    try:
        _draft(draft, folder, manifest)
        with _django_at(draft):
            brought = forward.bring(manifest, tell)
        _let_go(path)
        _put_aside(path, moves)
        moves.move(draft, path)
        accept()
    finally:
        for leftover in _with_beside(draft):
            leftover.unlink(missing_ok=True)
    return brought


def _copy(target: Path, tell: Tell) -> None:
    pace: Pace | None = None

    def say(_status: int, remaining: int, total: int) -> None:
        nonlocal pace
        pace = pace or Pace(tell, "复制数据库", total)
        pace.at(total - remaining)

    with closing(_connect(_path(), "rw")) as source, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is taken here
        source.backup(copy, pages=PAGES, progress=say)
        source.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    target.chmod(0o600)


def _whole(path: Path) -> None:
    with _rows(path) as database:
        said = database("PRAGMA integrity_check(1)")
    if said != [("ok",)]:
        raise sqlite3.DatabaseError(said[0][0])


def _draft(draft: Path, folder: Path, manifest: Manifest) -> None:
    """The backup's file beside the place it will take, checked once more on the way."""
    files.write(draft.parent, draft.name, files.checked(folder, manifest.file(FILE)))
    files.durable(draft)
    try:
        _whole(draft)
    except sqlite3.Error as error:
        raise _torn(str(error)) from error


@contextmanager
def _django_at(path: Path) -> Iterator[None]:
    """Let Django work on another file for a while; it leaves it whole, with nothing beside."""
    connection.close()
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _let_go(path: Path) -> None:
    """Nobody may have the old file open: their next write would go into what was moved aside.

    Leaving WAL mode needs the file alone, and folds what lies beside it into it. An unreadable file is moved as it is.
    """
    if not path.is_file():
        return
    try:
        with closing(_connect(path, "rw", timeout=2)) as old:
            alone = old.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    except sqlite3.OperationalError as error:
        alone = "locked" not in str(error)
    except sqlite3.DatabaseError:
        alone = True
    if not alone:
        raise DomainError(
            "database_in_use", "还有别的程序开着现在的数据库。", kept="现在的数据没有动。",
            todo="请先停下 heli serve 和 heli worker，再恢复。",
        )  # fmt: skip


def _put_aside(path: Path, moves: Moves) -> None:
    for old in _with_beside(path):
        moves.put_aside(old)


def _with_beside(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + ending) for ending in BESIDE)]


@contextmanager
def _rows(path: Path, *, writable: bool = False) -> Iterator[Rows]:
    """A backup is read as unchangeable, so that nothing is written beside it, wherever it lies."""
    with closing(_connect(path, "rw" if writable else "ro&immutable=1")) as database:
        yield lambda query: database.execute(query).fetchall()


def _connect(path: Path, mode: str, timeout: float = 20) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None)


def _path() -> Path:
    return Path(connection.settings_dict["NAME"])


def _torn(why: str) -> DomainError:
    return DomainError(
        "backup_damaged", f"备份坏了：里面的数据库读不全（{why}）。", kept="现在的数据没有动。", todo="请换一份备份。"
    )
