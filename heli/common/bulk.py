"""Many rows of one table at once, without a model instance each: COPY on PostgreSQL, one statement for many on SQLite.

Values go in as the model's fields would write them (a sealed column is sealed), columns left out as their default.
Only bulk forms use it: nothing is checked here that the database does not check.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

Prepare = Callable[[Any], Any]
# Python's own values of these go to both databases as they are, and those of fields that prepare theirs likewise.
PLAIN = (
    models.BigAutoField,
    models.BinaryField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
PREPARING = ("get_prep_value", "get_db_prep_value", "get_db_prep_save")


def bulk_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, each with a value per field named in `columns` (a foreign key takes the other row's key)."""
    bulk_put(bulk_prepare(model, columns, rows))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows as the database takes them: the text of a COPY, or tuples."""

    table: str
    columns: tuple[str, ...]
    rows: bytes | list[Sequence[Any]]


def bulk_prepare(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Prepared:
    """What needs no database of `bulk_rows`; another thread may do it ahead."""
    given: list[Any] = [model._meta.get_field(name) for name in columns]
    rest = [field for field in model._meta.local_concrete_fields if field not in given and not field.primary_key]
    prepared = _prepared(given, [_default(field) for field in rest], rows)
    form = copy_text if connection.vendor == "postgresql" else list[Sequence[Any]]
    names = tuple(str(field.column) for field in (*given, *rest))
    return Prepared(model._meta.db_table, names, form(prepared))


def bulk_put(prepared: Prepared) -> None:
    if not prepared.rows:
        return
    into = _into(prepared.table, prepared.columns)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if isinstance(prepared.rows, bytes):
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                copy.write(prepared.rows)
        else:
            marks = ", ".join(["%s"] * len(prepared.columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", prepared.rows)  # noqa: S608


def bulk_missing(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert those of `rows` whose unique values do not stand there yet, also if another writer is at it."""
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    into = _into(model._meta.db_table, [str(field.column) for field in fields])
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{field.cast_db_type(connection)}[]" for field in fields)
            statement = f"INSERT INTO {into} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING"  # noqa: S608
            cursor.execute(statement, [list(values) for values in zip(*rows, strict=True)] or [[] for _ in fields])
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT OR IGNORE INTO {into} VALUES ({marks})", rows)  # noqa: S608


@transaction.atomic
def new_ids(model: type[models.Model], how_many: int) -> range | list[int]:
    """Primary keys nobody else gets, in rising order, also if they are used in a later transaction or never."""
    table, key = model._meta.db_table, str(model._meta.pk and model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, how_many],
            )
            return [pk for (pk,) in cursor.fetchall()]
        # SQLite numbers on from the larger of what stands here and what the table holds.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
        write = "UPDATE sqlite_sequence SET seq = %s WHERE name = %s"
        cursor.execute(
            write if found else "INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", [last + how_many, table]
        )
        return range(last + 1, last + 1 + how_many)


def _prepared(given: Sequence[Any], defaults: list[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Only the columns that need it are touched: a call per value would cost more than the database."""
    work = [(at, prepare) for at, field in enumerate(given) if (prepare := _prepare(field))]
    for row in rows:
        values = [*row, *defaults]
        for at, prepare in work:
            values[at] = prepare(values[at])
        yield values


def _prepare(field: Any) -> Prepare | None:
    if any(isinstance(field, known) and _prepares_like(field, known) for known in PLAIN):
        return None
    if all(getattr(type(field), name) is getattr(models.Field, name) for name in PREPARING[1:]):
        return field.get_prep_value  # type: ignore[no-any-return]
    return lambda value: field.get_db_prep_save(value, connection)


def _prepares_like(field: Any, known: Any) -> bool:
    return all(getattr(type(field), name) is getattr(known, name) for name in PREPARING)


def _default(field: Any) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def copy_text(rows: Iterable[Sequence[Any]]) -> bytes:
    """The text form of COPY: a line a row, tabs between its values."""
    lines = ["\t".join([FORMS[type(value)](value) for value in row]) for row in rows]
    return "\n".join([*lines, ""]).encode()


def _escaped(text: str) -> str:
    return text if text.isalnum() else text.translate(ESCAPES)


ESCAPES = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}


class Forms(dict[type, Callable[[Any], str]]):
    """How a value of a type is written; a type not listed is written like the first listed one that it is."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = next(self[base] for base in kind.__mro__[1:] if base in self)
        return self[kind]


FORMS = Forms(
    {
        str: _escaped,
        int: str,
        float: repr,
        type(None): lambda value: "\\N",
        bool: lambda value: "t" if value else "f",
        bytes: lambda value: f"\\\\x{value.hex()}",
        memoryview: lambda value: f"\\\\x{value.hex()}",
        date: date.isoformat,
        datetime: datetime.isoformat,
        Jsonb: lambda value: _escaped((value.dumps or json.dumps)(value.obj)),
    }
)


def _into(table: str, columns: Iterable[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"
