"""PostgreSQL: every table by COPY from one REPEATABLE READ snapshot, and back by COPY inside one transaction.

Needs no pg_dump and no superuser: Django's foreign keys are deferrable, so tables may come in any order.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from heli.common.errors import DomainError

from . import facts, files, forward
from .facts import Copied, Rows, Table
from .files import Moves
from .forward import Brought
from .manifest import Manifest
from .pace import Pace, Tell

NAME = "postgresql"
LEAVES_ITS_FILE = False
# One way of writing values, whatever the server is set to: what went out so comes in so.
FORM = """SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
          SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"""
LOCK_SECONDS = 10


def copy_out(folder: Path, tell: Tell) -> Copied:
    (folder / "database").mkdir()
    try:
        with _snapshot() as cursor:
            rows = _rows(cursor)
            if not facts.is_heli(rows):
                raise forward.nothing_here(connection.settings_dict["NAME"])
            tables = tuple(_tables_out(cursor, folder, tell))
            return Copied(facts.of(rows), facts.opens(rows), tables, _sequences(cursor))
    except psycopg.Error as error:
        raise DomainError(
            "database_unreadable", f"数据库读不全：{_first_line(error)}。", kept="原来的数据没有动，没有写出备份。",
            todo="请先运行 heli doctor；之前的备份先留好。",
        ) from error  # fmt: skip


def holds_data() -> bool:
    try:
        return facts.holds_data(facts.live)
    except DatabaseError as error:
        raise _unreachable(error) from error


def look_into(folder: Path, manifest: Manifest) -> None:
    """Its tables are text: what is in them shows when they are loaded, before anything counts."""
    for table in manifest.tables:
        manifest.file(table.file)


def put_back(folder: Path, manifest: Manifest, *, moves: Moves, accept: Callable[[], None], tell: Tell) -> Brought:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{FORM}; SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            _make_room(cursor, manifest)
            _tables_in(cursor, folder, manifest, tell)
            forward.fits(_rows(cursor), manifest)
            brought = forward.bring(manifest, tell)
            accept()
            return brought
    except (DatabaseError, psycopg.Error) as error:
        raise _not_loaded(error) from error


@contextmanager
def _snapshot() -> Iterator[Any]:
    """One moment of the database on a connection of our own; others go on writing."""
    with closing(psycopg.connect(**connection.get_connection_params())) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        database.read_only = True
        with database.cursor() as cursor:
            cursor.execute(FORM)
            yield cursor


def _tables_out(cursor: Any, folder: Path, tell: Tell) -> Iterator[Table]:
    found: dict[str, list[str]] = {}
    for table, column in facts.columns(_rows(cursor)):
        found.setdefault(table, []).append(column)
    pace = Pace(tell, "复制数据库", len(found))
    for table, columns in found.items():
        path = f"database/{table}.copy"
        with cursor.copy(sql.SQL("COPY {} ({}) TO STDOUT").format(*_names(table, columns))) as content:
            files.write(folder, path, content)
        yield Table(table, tuple(columns), cursor.rowcount, path)
        pace.more(1)


def _sequences(cursor: Any) -> dict[str, int]:
    """What each counter gives next: an id that was given once is not given again after a restore.

    From the sequences themselves: the view pg_sequences does not tell where one stands that was just restarted.
    """
    cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1")
    following = {}
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT last_value + is_called::int FROM {}").format(sql.Identifier(name)))
        following[name] = cursor.fetchone()[0]
    return following


def _make_room(cursor: Any, manifest: Manifest) -> None:
    """Empty tables in the shape that the backup's version had."""
    rows, wanted = _rows(cursor), set(manifest.facts.migrations)
    if not facts.columns(rows):
        forward.schema_of(manifest)
    elif set(facts.migrations(rows)) != wanted:
        if wanted != forward.known() or set(facts.migrations(rows)) - wanted:
            raise DomainError(
                "backup_older", f"这份备份来自版本 {manifest.app}，和现在的数据库不是同一版，只能恢复到一个空库里。",
                kept=forward.UNTOUCHED, todo="请新建一个空的 PostgreSQL 数据库，让 DATABASE_URL 指向它，再恢复。",
            )  # fmt: skip
        forward.to_this_version()
    tables = sql.SQL(", ").join(sql.Identifier(table.name) for table in manifest.tables)
    cursor.execute(sql.SQL("TRUNCATE {}").format(tables))


def _tables_in(cursor: Any, folder: Path, manifest: Manifest, tell: Tell) -> None:
    pace = Pace(tell, "写入数据库", manifest.bytes)
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations before us may have left them immediate
    for table in manifest.tables:
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(*_names(table.name, table.columns))) as content:
            for part in files.checked(folder, manifest.file(table.file)):
                content.write(part)
                pace.more(len(part))
        if cursor.rowcount != table.rows:
            raise DomainError(
                "backup_damaged", f"备份坏了：{table.name} 应当有 {table.rows} 行，写入了 {cursor.rowcount} 行。",
                kept=forward.UNTOUCHED, todo="请换一份备份。",
            )  # fmt: skip
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name, following in manifest.sequences.items():
        # Unlike setval, this is undone with the transaction.
        start = sql.SQL("ALTER SEQUENCE {} RESTART WITH {}").format(sql.Identifier(name), sql.Literal(following))
        cursor.execute(start)


def _rows(cursor: Any) -> Rows:
    def rows(query: str) -> list[tuple[Any, ...]]:
        cursor.execute(query)
        return list(cursor.fetchall())

    return rows


def _names(table: str, columns: Iterable[str]) -> tuple[sql.Composable, sql.Composable]:
    return sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))


def _unreachable(error: Exception) -> DomainError:
    return DomainError(
        "database_unreachable", f"连不上数据库：{_first_line(error)}。", kept=forward.UNTOUCHED,
        todo="请看数据库开着没有，DATABASE_URL 对不对。",
    )  # fmt: skip


def _not_loaded(error: Exception) -> DomainError:
    if "lock timeout" in str(error):
        return DomainError(
            "database_in_use", "还有别的程序在用现在的数据库。", kept=forward.UNTOUCHED,
            todo="请先停下 heli serve 和 heli worker，再恢复。",
        )  # fmt: skip
    return DomainError(
        "restore_not_loaded", f"数据库没有收下这份备份：{_first_line(error)}。", kept=forward.UNTOUCHED,
        todo="请把这句话连同 heli doctor 的结果告诉管系统的人。",
    )  # fmt: skip


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
