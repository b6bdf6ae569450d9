"""Many rows at once, in the way that each database takes them fastest."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows; `columns` are names in the database. Nothing of the model's own code runs."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Rows that are read from the database must all be here before the copying begins.
            rows = list(rows)
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def update(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Change the named columns of rows; the key comes last in each row."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    sets = ", ".join(f"{quoted(column)} = %s" for column in columns)
    key = quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(model._meta.db_table)} SET {sets} WHERE {key} = %s", rows
        )


def delete(model: type[models.Model], keys: Sequence[int]) -> None:
    """Take rows away by their keys."""
    quoted = connection.ops.quote_name
    key = quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {quoted(model._meta.db_table)} WHERE {key} = %s",
            [(key,) for key in keys],
        )


def stored(key: UUID | None) -> UUID | str | None:
    """An identifier as the database keeps it."""
    if key is None or connection.features.has_native_uuid_field:
        return key
    return key.hex
