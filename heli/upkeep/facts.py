"""What a database says about itself, read as plain tables: an older one has other columns than today's models."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection

from heli.common import crypto
from heli.common.fields import SealedTextField
from heli.ledger import sealing

Rows = Callable[[str], list[tuple[Any, ...]]]  # a query to a database, wherever it lies
# (table, column), columns in their order. PostgreSQL's information_schema would hide what one may not read.
COLUMNS = {
    "sqlite": "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
    " ORDER BY t.name, c.cid",
    "postgresql": "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
    " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY c.relname, a.attnum",
}


@dataclass(frozen=True, slots=True)
class ChainEnd:
    name: str
    length: int
    head: str


@dataclass(frozen=True, slots=True)
class Facts:
    made_by: str
    scale: str
    migrations: tuple[str, ...]
    chains: tuple[ChainEnd, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table that lies in a file of its own."""

    name: str
    columns: tuple[str, ...]
    rows: int
    file: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What an engine copied out. `opens`: the keys at hand open what is sealed in it."""

    facts: Facts
    opens: bool
    tables: tuple[Table, ...] = ()
    sequences: dict[str, int] = field(default_factory=dict)


def live(query: str) -> list[tuple[Any, ...]]:
    """This installation's database, on Django's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def is_heli(rows: Rows) -> bool:
    return {("ledger_chain", "head"), ("common_installation", "made_by")} <= set(columns(rows))


def columns(rows: Rows) -> list[tuple[str, str]]:
    return [(table, column) for table, column in rows(COLUMNS[connection.vendor])]


def of(rows: Rows) -> Facts:
    chains = rows("SELECT name, length, head FROM ledger_chain")
    [(entries,)] = rows("SELECT count(*) FROM ledger_entry")
    installation = rows("SELECT made_by, scale FROM common_installation WHERE id = 1")
    made_by, scale = installation[0] if installation else ("", "")
    return Facts(made_by, scale, migrations(rows), tuple(sorted(_ends(chains), key=lambda end: end.name)), entries)


def migrations(rows: Rows) -> tuple[str, ...]:
    return tuple(sorted(f"{app}.{name}" for app, name in rows("SELECT app, name FROM django_migrations")))


def holds_data(rows: Rows) -> bool:
    """More than what setting up writes by itself: anybody but the operator, or any entry but the operator's account.

    Tables that are not ours are somebody's data too.
    """
    if not is_heli(rows):
        return bool(columns(rows))
    [(people,)] = rows("SELECT count(*) FROM access_person WHERE username <> 'operator'")
    [(entries,)] = rows("SELECT count(*) FROM ledger_entry WHERE verb <> 'person.add'")
    [(made,)] = rows("SELECT count(*) FROM common_installation WHERE made_by <> 'install'")
    return bool(people or entries or made)


def opens(rows: Rows) -> bool:
    """One sealed value opens with the keys at hand, or none is there. A single damaged value does not decide."""
    samples = list(_sealed_samples(rows))
    return not samples or any(_opens(value, place) for value, place in samples)


def _ends(found: list[tuple[Any, ...]]) -> Iterator[ChainEnd]:
    return (ChainEnd(name, length, head) for name, length, head in found)


def _sealed_samples(rows: Rows) -> Iterator[tuple[str, str]]:
    there = set(columns(rows))
    for place in _sealed_places():
        table, _, column = place.partition(".")
        if (table, column) in there:
            # Names come from our own models.
            sql = f"SELECT {column} FROM {table} WHERE {column} <> '' LIMIT 3"  # noqa: S608
            yield from ((value, place) for (value,) in rows(sql))


def _sealed_places() -> Iterator[str]:
    yield sealing.PLACE
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, SealedTextField):
                yield f"{model._meta.db_table}.{column.column}"


def _opens(value: str, place: str) -> bool:
    try:
        crypto.unseal(value, place)
    except crypto.CannotOpen:
        return False
    return True
