"""The database engine: reachable, set as we rely on it, and of this version."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from heli.upkeep import facts, forward
from heli.upkeep.place import Place

from .finding import Finding, bad, ok, warn

LEAST_POSTGRES = 150_000


def reached(_place: Place) -> Iterator[Finding]:
    """Whether there is a database to look at. Connecting to a SQLite file that is not there would make one."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).is_file():
        yield warn(
            "database",
            f"还没有数据库：{name}。",
            "第一次运行 heli serve 时会建；不对的话请看 HELI_HOME 和 DATABASE_URL。",
        )
        return
    try:
        there = set(connection.introspection.table_names())
    except (DatabaseError, ImproperlyConfigured) as error:
        yield bad(
            "database", f"连不上数据库：{str(error).partition(chr(10))[0]}", "请看数据库开着没有，DATABASE_URL 对不对。"
        )
        return
    if {"django_migrations", "ledger_chain", "common_installation"} <= there:
        yield ok("database", f"数据库连得上：{connection.vendor}")
    else:
        yield warn("database", "数据库里还没有合力的表。", "第一次运行 heli serve 时会建。")


def engine(_place: Place) -> Iterator[Finding]:
    yield from _sqlite() if connection.vendor == "sqlite" else _postgres()


def migrations(_place: Place) -> Iterator[Finding]:
    applied, known = set(facts.migrations(facts.live)), forward.known()
    if applied - known:
        yield bad("migrations", "数据库比这个版本新。", "请升级合力；用旧版本写新数据会弄坏它。")
    elif known - applied:
        yield warn(
            "migrations",
            f"数据库比这个版本旧，差 {len(known - applied)} 步。",
            "先 heli backup，再 heli serve，会自动跟上。",
        )
    else:
        yield ok("migrations", "数据库和这个版本一致。")


CHECKS = (engine, migrations)


def _sqlite() -> Iterator[Finding]:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    found = {name: _one(f"PRAGMA {name}") for name in wanted}
    wrong = [f"{name}={value}" for name, value in found.items() if value != wanted[name]]
    if wrong:
        yield bad(
            "engine",
            f"SQLite 的设置不对：{'，'.join(wrong)}，断电时可能丢刚写的东西。",
            "请把数据放在本机的盘上，不要放在网络盘。",
        )
    else:
        yield ok("engine", "SQLite 的设置都对。")


def _postgres() -> Iterator[Finding]:
    if int(_one("SHOW server_version_num")) < LEAST_POSTGRES:
        yield bad("engine", f"PostgreSQL 是 {_one('SHOW server_version')}，太旧了。", "请用 PostgreSQL 15 或更新的。")
    if _one("SHOW fsync") != "on" or _one("SHOW synchronous_commit") not in {"on", "remote_apply"}:
        yield bad(
            "engine_commit", "断电时可能丢刚写的东西。", "请在 PostgreSQL 里设 fsync = on、synchronous_commit = on。"
        )
    if _one("SHOW data_checksums") != "on":
        yield warn(
            "engine_checksums", "PostgreSQL 没有开数据校验，盘坏了不会马上知道。", "停库后运行 pg_checksums --enable。"
        )
    yield ok("engine_version", f"PostgreSQL {_one('SHOW server_version')}")


def _one(query: str) -> Any:
    [(value,)] = facts.live(query)
    return value
