"""Search in one's own record: every text of every table, in one question to the database."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.text import capfirst

from coachwork.exchange.queries.tables import readable_models
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, ClientRow, User, Visibility

LIMIT = 50
AROUND = 80  # characters of context on each side of what was found
LONGEST = 200
MACHINERY = {"provenance", "token_digest", "moment", "thing", "ended_by"}


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the record where the words stand."""

    label: str
    item: UUID
    at: datetime
    before: str
    match: str
    after: str
    url: str


def search_record(*, actor: User, client: Client, text: str) -> list[Found]:
    """Where these words stand in the client's own record, newest first."""
    access.require(actor, Verb.WRITE, Thing.RECORD, client)
    wanted = " ".join(text.replace("\x00", "").split())[:LONGEST]
    if not wanted:
        return []
    parts = [_part(model, client, wanted) for model in readable_models() if _texts(model)]
    rows = parts[0].union(*parts[1:], all=True).order_by("-created_at")[:LIMIT]
    return [_found(row, wanted) for row in rows]


def _texts(model: type[ClientRow]) -> list[str]:
    """The columns in which a person's own words stand."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and field.name not in MACHINERY
    ]


def _part(model: type[ClientRow], client: Client, wanted: str) -> Any:
    names = _texts(model)
    anywhere = reduce(or_, (Q(**{f"{name}__icontains": wanted}) for name in names))
    pieces: list[Any] = []
    for name in names:
        pieces += [Coalesce(Cast(F(name), models.TextField()), Value("")), Value(" · ")]
    # One flat chain: nested concatenation is too deep for the parser of SQLite.
    whole = Func(
        *pieces,
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=models.TextField(),
    )
    return (
        model._default_manager.filter(anywhere, client=client)
        .exclude(visibility=Visibility.COACH)
        .order_by()
        .values(
            "id",
            "created_at",
            model=Value(model._meta.label_lower, output_field=models.TextField()),
            words=whole,
        )
    )


def _found(row: dict[str, Any], wanted: str) -> Found:
    model = apps.get_model(row["model"])
    words = row["words"].strip(" ·")
    start = max(words.casefold().find(wanted.casefold()), 0)
    end = start + len(wanted)
    item = row["id"] if isinstance(row["id"], UUID) else UUID(str(row["id"]))
    address = getattr(model, "address_of", None)
    return Found(
        label=str(capfirst(model._meta.verbose_name)),
        item=item,
        at=row["created_at"],
        before=("…" if start > AROUND else "") + words[max(start - AROUND, 0) : start],
        match=words[start:end],
        after=words[end : end + AROUND] + ("…" if len(words) > end + AROUND else ""),
        url=address(item) if address else "",
    )
