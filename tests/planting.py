"""Plant a row with a mark in every text of every table about a client, by walking the models.

A table that is added tomorrow is planted tomorrow: export, erasure and search are tested on it
without a line here. A model that cannot be planted fails the test that asked, by name.
"""

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models

from coachwork.frameworks.models import Competency, Framework
from coachwork.people.models import Client, ClientRow, User, Visibility
from tests import builders as make

MARK = "zebra-quartz"


def plant_everything(owner: Client, mark: str = MARK) -> dict[type[ClientRow], ClientRow]:
    """One row of each kind, with the mark in every text that a person could have typed."""
    made: dict[type[models.Model], Any] = {Client: owner}
    for model in apps.get_models():
        if issubclass(model, ClientRow):
            _plant(model, owner, mark, made)
    return {model: row for model, row in made.items() if issubclass(model, ClientRow)}


def _plant(
    model: type[models.Model], owner: Client, mark: str, made: dict[type[models.Model], Any]
) -> Any:
    if model in made:
        return made[model]
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        value = _value(field, owner, mark, made)
        if isinstance(value, ClientRow) and value in values.values():
            # Two relations to one table, such as a dependency: the second needs another row.
            others = {kind: row for kind, row in made.items() if kind is not field.related_model}
            value = _plant(field.related_model, owner, mark, others)
        if value is not None:
            values[field.name] = value
    made[model] = model._default_manager.create(**values)
    return made[model]


def _value(field: Any, owner: Client, mark: str, made: dict[type[models.Model], Any]) -> Any:
    if field.primary_key or (field.related_model and field.related_model is field.model):
        return None
    if field.is_relation:
        return _related(field, owner, mark, made)
    if field.name == "visibility":
        return Visibility.PRIVATE
    if field.choices:
        return field.choices[0][0]
    if field.null and isinstance(field, (models.DateTimeField, models.BooleanField)):
        return None  # open, not ended: the state in which a row is alive
    return _plain(field, mark)


def _related(field: Any, owner: Client, mark: str, made: dict[type[models.Model], Any]) -> Any:
    target = field.related_model
    if target is Client:
        return owner
    if target is User:
        return owner.user
    if issubclass(target, ClientRow):
        return _plant(target, owner, mark, made)
    if field.null:
        return None
    if target not in made:
        makers = {
            "frameworks.competency": lambda: Competency.objects.first() or make.competency("P01"),
            "tracks.trackversion": lambda: track_version(),
            "frameworks.framework": lambda: Framework.objects.first() or make.framework(),
        }
        made[target] = makers[target._meta.label_lower]()
    return made[target]


def track_version() -> Any:
    """The edition of a shipped track."""
    from coachwork.tracks.models import TrackVersion, shelf

    digest, words = shelf.kept(shelf.tracks()[0])
    made, _new = TrackVersion.objects.get_or_create(
        digest=digest, defaults={"code": words["code"], "content": words, "created_at": make.NOW}
    )
    return made


def _plain(field: Any, mark: str) -> Any:
    if isinstance(field, models.JSONField) and field.default is list:
        return []  # dates and scopes, not words
    if isinstance(field, models.EmailField):
        return f"{mark}@example.org"
    if isinstance(field, models.CharField):
        return f"{mark} {uuid4().hex[:6]}"[: field.max_length]
    if isinstance(field, models.TextField):
        return f"{mark} in {field.verbose_name}"
    simple: tuple[tuple[type, Any], ...] = (
        (models.BooleanField, False),
        (models.DateTimeField, make.NOW),
        (models.DateField, date(2026, 1, 5)),
        (models.TimeField, time(9)),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1),
        (models.JSONField, {"planted": mark}),
        (models.UUIDField, uuid4()),
        (models.BinaryField, mark.encode()),
    )
    for kind, value in simple:
        if isinstance(field, kind):
            return value
    raise TypeError(f"Do not know how to plant {field}.")


def rows_with(mark: str) -> list[str]:
    """Every column of every table of the database in which the mark stands: the leak scan."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            for column in columns:
                name = connection.ops.quote_name(column.name)
                cursor.execute(
                    f"SELECT count(*) FROM {connection.ops.quote_name(table)} "
                    f"WHERE lower(CAST({name} AS text)) LIKE %s",
                    [f"%{mark.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


__all__ = ["MARK", "plant_everything", "rows_with"]
