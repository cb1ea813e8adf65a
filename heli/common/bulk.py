"""Many rows of one table at once, without a model instance each: COPY on PostgreSQL, one statement for many on SQLite.

Values go in as the model's fields would write them (a sealed column is sealed), columns left out as their default.
Only bulk forms use it: nothing is checked here that the database does not check.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction

Prepare = Callable[[Any], Any]
# Python's own values of these go to both databases as they are, and those of fields that prepare theirs likewise.
PLAIN = (models.BooleanField, models.CharField, models.ForeignKey, models.IntegerField, models.TextField)
PREPARING = ("get_prep_value", "get_db_prep_value", "get_db_prep_save")


def bulk_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, each with a value per field named in `columns` (a foreign key takes the other row's key)."""
    given: list[Any] = [model._meta.get_field(name) for name in columns]
    rest = [field for field in model._meta.local_concrete_fields if field not in given and not field.primary_key]
    fields = [*given, *rest]
    prepared = _prepared(given, [_default(field) for field in rest], rows)
    insert = _copy if connection.vendor == "postgresql" else _insert
    insert(model._meta.db_table, [str(field.column) for field in fields], prepared)


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


def new_ids(model: type[models.Model], how_many: int) -> range | list[int]:
    """Primary keys nobody else gets, in rising order. Call inside the transaction that writes the rows."""
    table, key = model._meta.db_table, str(model._meta.pk and model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, how_many],
            )
            return [pk for (pk,) in cursor.fetchall()]
        # SQLite has one writer at a time: inside its transaction the next numbers are free until it ends.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
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


def _copy(table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    statement = f"COPY {_into(table, columns)} FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _insert(table: str, columns: list[str], rows: Any) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_into(table, columns)} VALUES ({marks})", rows)  # noqa: S608


def _into(table: str, columns: Iterable[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"
