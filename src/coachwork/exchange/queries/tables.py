"""Every table that holds something about a person, found by walking the models.

Nothing is listed by hand, so a table that is added tomorrow is exported and erased tomorrow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from coachwork.exchange.kinds.table import Column, Table
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, ClientRow, Relation, User, Visibility
from coachwork.reflection import queries as reflection
from coachwork.reflection.models import SealedRow

# Columns about a sign-in that are secrets or machinery, and would harm the person in a file.
SECRET = {
    "password",
    "token_digest",
    "digest",
    "session_key",
    "data",  # an authenticator's secret
    "key",
    "answer",
    "is_superuser",
    "is_staff",
    "groups",
    "user_permissions",
}
# Tables that name a user but say nothing about them.
NOT_TOLD = {"admin.logentry", "account.emailconfirmation"}


def client_models() -> list[type[ClientRow]]:
    """Every model whose rows are about a client."""
    return [model for model in apps.get_models() if issubclass(model, ClientRow)]


def readable_models() -> list[type[ClientRow]]:
    """Those of which the client may read something: what raters said in confidence is not."""
    return [
        model
        for model in client_models()
        if access.allows(model.policy, Relation.CLIENT, Verb.READ)
    ]


def account_models() -> list[type[models.Model]]:
    """Every model that belongs to a sign-in rather than to a record."""
    return [
        model
        for model in apps.get_models()
        if not issubclass(model, (ClientRow, Client))
        and model._meta.label_lower not in NOT_TOLD
        and user_field(model) is not None
    ]


def user_field(model: type[models.Model]) -> str | None:
    """The field by which a table belongs to a sign-in: one that goes when the sign-in goes."""
    for field in model._meta.concrete_fields:
        relation = field.remote_field
        if field.related_model is User and relation and relation.on_delete is models.CASCADE:
            return str(field.name)
    return None


def record_tables(*, actor: User, client: Client) -> list[Table]:
    """The whole record, and the actor's own account beside it; empty tables too."""
    access.require(actor, Verb.WRITE, Thing.RECORD, client)
    names = _Names(actor)
    found = [_table(Client, Client.objects.filter(pk=client.pk), names)]
    for model in readable_models():
        # A coach's private notes are the coach's; the agreement says so to both.
        rows = model._default_manager.filter(client=client).exclude(visibility=Visibility.COACH)
        rows = rows.select_related(*_readable(model)).order_by("id")
        found.append(_opened(actor, client, _table(model, rows, names), model, rows))
    found.append(_table(User, User.objects.filter(pk=actor.pk), names))
    for account in account_models():
        own = account._default_manager.filter(**{f"{user_field(account)}": actor})
        found.append(_table(account, own.order_by("pk"), names))
    return found


class _Names:
    """Who wrote a row, as the client knows them; asked once for all rows."""

    def __init__(self, actor: User) -> None:
        self.actor = actor
        self.known: dict[UUID, str] = {actor.pk: str(actor)}

    def learn(self, ids: Iterable[UUID | None]) -> None:
        unknown = {one for one in ids if one} - set(self.known)
        for user in User.objects.filter(pk__in=unknown).only("id", "name", "email"):
            self.known[user.pk] = str(user)

    def name(self, one: UUID | None) -> str | None:
        return self.known.get(one, "") if one else None


def _table(model: type[models.Model], rows: Any, names: _Names) -> Table:
    fields = [field for field in model._meta.concrete_fields if field.name not in SECRET]
    held = list(rows)
    people = [field for field in fields if field.related_model is User]
    names.learn(getattr(row, field.attname) for row in held for field in people)
    return Table(
        name=model._meta.label_lower,
        label=str(capfirst(model._meta.verbose_name_plural)),
        columns=tuple(_column(field) for field in fields),
        rows=tuple({field.name: _value(row, field, names) for field in fields} for row in held),
    )


def _opened(actor: User, client: Client, table: Table, model: type[ClientRow], rows: Any) -> Table:
    """The table with the words of what is encrypted: the client takes along what they wrote."""
    if not issubclass(model, SealedRow):
        return table
    words = reflection.words(actor=actor, client=client, rows=rows)
    pairs = zip(table.rows, words, strict=True)
    return replace(
        table, rows=tuple({**row, "sealed": reflection.told(said)} for row, said in pairs)
    )


def _readable(model: type[models.Model]) -> Iterator[str]:
    """Relations whose name, not only id, belongs into a file that a person reads."""
    for field in model._meta.concrete_fields:
        if field.name in {"competency", "behaviour", "role"}:
            yield field.name


def _column(field: Any) -> Column:
    kinds = {
        models.BooleanField: "boolean",
        models.IntegerField: "integer",
        models.DecimalField: "number",
        models.FloatField: "number",
        models.DateTimeField: "date-time",
        models.DateField: "date",
        models.JSONField: "object",
    }
    kind = next((name for base, name in kinds.items() if isinstance(field, base)), "string")
    if field.choices and not isinstance(field, models.BooleanField):
        kind = "string"  # a choice is told in its words
    return Column(field.name, str(capfirst(field.verbose_name)), kind)


def _value(row: models.Model, field: Any, names: _Names) -> Any:
    raw = getattr(row, field.attname)
    if raw is None:
        return None
    if field.related_model is User:
        return names.name(raw)
    if field.name in {"competency", "behaviour", "role"}:
        return str(getattr(row, field.name))
    if field.choices and not isinstance(field, models.BooleanField):
        return str(getattr(row, f"get_{field.name}_display")())
    return plain(raw)


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID):
        return str(value)
    return value
