"""Many rows at once, in the way that each database takes them fastest."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

# SQLite takes so many values in one question.
PORTION = 10_000
# After so many new rows PostgreSQL counts again: what follows in the same transaction would else
# be planned for an empty table.
MANY = 5_000


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
            if len(rows) > MANY:
                cursor.execute(f"ANALYZE {table}")
            return
        places = ", ".join(["%s"] * len(columns))
        # It takes rows one by one, whatever its type says.
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",
            rows,  # type: ignore[arg-type]
        )


def update(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Change the named columns of rows; the key comes last in each row."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    names = [quoted(column) for column in columns]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            sets = ", ".join(f"{name} = %s" for name in names)
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", rows)
            return
        # Side by side in a table of their own, then all in one statement.
        whole = ", ".join([*names, key])
        cursor.execute(
            f"CREATE TEMP TABLE changing ON COMMIT DROP AS SELECT {whole} FROM {table} LIMIT 0"
        )
        with cursor.cursor.copy(f"COPY changing ({whole}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        sets = ", ".join(f"{name} = changing.{name}" for name in names)
        cursor.execute(
            f"UPDATE {table} SET {sets} FROM changing WHERE {table}.{key} = changing.{key}"
        )
        cursor.execute("DROP TABLE changing")


def delete(model: type[models.Model], keys: Sequence[int]) -> None:
    """Take rows away by their keys."""
    for start in range(0, len(keys), PORTION):
        model._base_manager.filter(pk__in=keys[start : start + PORTION])._raw_delete("default")


def stored(key: UUID | None) -> UUID | str | None:
    """An identifier as the database keeps it."""
    if key is None or connection.features.has_native_uuid_field:
        return key
    return key.hex
