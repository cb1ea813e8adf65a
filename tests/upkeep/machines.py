"""Whole machines for the tests: a home, keys and a database of their own, on whichever engine the suite runs."""

import io
import json
import re
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from heli.common import days
from heli.upkeep import facts, files, manifest
from heli.upkeep.place import Place

SQLITE = "sqlite"
made = []  # databases on the server


@dataclass(frozen=True)
class Machine:
    root: Path
    database: str  # a file, or a name on the server

    @property
    def place(self) -> Place:
        return Place(self.root / "var", self.root / "var" / "media", self.root / "keys")


def bare(root, name, ring, template="template1"):
    """A machine with keys and a home, and a database that is not there yet (SQLite) or empty (PostgreSQL)."""
    machine = Machine(root, str(root / "var" / "heli.sqlite3") if connection.vendor == SQLITE else name)
    machine.place.keys.mkdir(parents=True)
    machine.place.keys.chmod(0o700)
    machine.place.ring.write_text(json.dumps(ring))
    machine.place.ring.chmod(0o600)
    machine.place.media.mkdir(parents=True)
    if connection.vendor != SQLITE:
        _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return machine


def copy(machine, root, name=""):
    """Another machine, just like this one. Nobody may be at work on the first. Without a name it works on the same
    PostgreSQL database, as making one takes long: for tests that leave it as good as they found it."""
    shutil.copytree(machine.root, root)
    if connection.vendor == SQLITE:
        return Machine(root, str(root / "var" / "heli.sqlite3"))
    if name:
        _on_server(f"CREATE DATABASE {name} TEMPLATE {machine.database}")
    return Machine(root, name or machine.database)


@cache
def suites():
    """The suite's own database, where it is there; asked for the first time while Django is at work on it."""
    name = connection.settings_dict["NAME"]
    return name if name == connection.creation._get_test_db_name() else ""


def with_tables(root, name, ring):
    """A machine with empty tables: copied from the suite's database, or made, which takes longer."""
    if not suites():
        machine = bare(root, name, ring)
        with at_work(machine):
            call_command("migrate", verbosity=0)
        return machine
    machine = bare(root, name, ring, template=suites())
    if connection.vendor == SQLITE:
        connection.close()
        shutil.copy(suites(), machine.database)
    return machine


def scrap():
    """All at the end: each alone would wait for the server to write down the others."""
    if connection.vendor != SQLITE:
        for name in made:
            _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def at_work(machine):
    """Django's settings and connection are this machine's."""
    own = connection.settings_dict["NAME"]
    ring = json.loads(machine.place.ring.read_text()) if machine.place.ring.exists() else {}
    place = machine.place
    connection.close()
    connection.settings_dict["NAME"] = machine.database
    days.forget_demo_day()
    with override_settings(HELI_HOME=place.home, MEDIA_ROOT=place.media, HELI_KEYS=place.keys, KEY_RING=ring):
        try:
            yield machine
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            days.forget_demo_day()


def heli(*words):
    """Exit code and JSON document of a command."""
    out, code = io.StringIO(), 0
    try:
        call_command(*map(str, words), "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue())


def refused(*words):
    """The code with which a command refuses; that it changed nothing is the test's to see."""
    code, document = heli(*words)
    assert code == 2, document
    return document["error"]


def rows(machine):
    """Every row of every table, and every uploaded file."""
    tables = set(connection.introspection.table_names()) - {"sqlite_sequence"}
    state = {table: sorted(map(repr, facts.live(f"SELECT * FROM {table}"))) for table in sorted(tables)}
    return state | {path: (machine.place.media / path).read_bytes() for path in files.under(machine.place.media)}


def resign(folder, **changes):
    """Somebody changes the manifest, or a file, and makes the digests fit."""
    path = folder / manifest.NAME
    document = json.loads(path.read_text()) | changes
    document.pop("digest")
    document["files"] = [asdict(files.listed(folder, file["path"])) for file in document["files"]]
    document["digest"] = manifest.sha256(manifest.canonical(document))
    path.write_text(json.dumps(document, ensure_ascii=False))


def database_file(folder):
    """The backup's database, or the file of its largest table."""
    return max((folder / "database").iterdir(), key=lambda path: path.stat().st_size)


def flip(path, place=0.5):
    """One bit of one byte."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)


def write_one(name):
    """A row that a user writes, on a connection of its own, committed at once."""
    if connection.vendor == SQLITE:
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other, other:
            other.execute("INSERT INTO ledger_cursor (name, entry) VALUES (?, 0)", [name])
    else:
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("INSERT INTO ledger_cursor (name, entry) VALUES (%s, 0)", [name])


def _on_server(statement):
    connection.close()
    made.extend(re.findall(r"CREATE DATABASE (\w+)", statement))
    params = connection.get_connection_params() | {"dbname": "postgres"}
    with closing(psycopg.connect(**params, autocommit=True)) as server:
        server.execute(statement)
