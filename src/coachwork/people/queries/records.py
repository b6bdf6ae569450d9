"""A person's record, and any one row in it."""

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, ClientRow, Relation, Relationship, User, Visibility

# What every row has: whose it is and how it is kept, not what it says.
BOOKKEEPING = {
    "id",
    "client",
    "visibility",
    "created_by",
    "created_at",
    "position",
    "weight",
    "version",
}


class NoRecord(access.NotVisible):
    """The person has not opened a record of their own yet; a page sends them there."""


def record(
    *,
    actor: User,
    client_id: UUID | None = None,
    thing: Thing = Thing.RECORD,
    verb: Verb = Verb.READ,
) -> Client:
    """The actor's own record, or one of which they may do this to such things.

    What they are to it is kept with them, so that a page need not ask again.
    """
    own: Client | None = getattr(actor, "client", None)
    if client_id is None or (own is not None and own.pk == client_id):
        if own is None:
            raise NoRecord(_("You have no record of your own yet."))
        return own
    found = Client.objects.filter(pk=client_id).first()
    held = _held(actor, found) if found else frozenset()
    if found is None or not any(access.allows(thing, relation, verb) for relation in held):
        raise access.NotVisible(
            "This record is not visible.", client_id=client_id, thing=str(thing)
        )
    actor.seen_as = held  # type: ignore[attr-defined]  # the header shows it, without asking again
    return found


def _held(actor: User, client: Client) -> frozenset[Relation]:
    """What the actor is to this client; the row lock has asked for it already, where there is one.

    Only for the first look of a page: an action asks anew.
    """
    met: dict[UUID, set[Relation]] | None = getattr(actor, "met_as", None)
    return access.relations(actor, client) if met is None else frozenset(met.get(client.pk, ()))


def starting_class(*, actor: User, client: Client) -> Visibility:
    """What a new item starts as: open to the pair once there is a coach, unless the client says."""
    access.require(actor, Verb.READ, Thing.RECORD, client)
    if client.starting_class == Visibility.PRIVATE:
        return Visibility.PRIVATE
    coached = Relationship.objects.filter(
        client=client,
        kind=Relation.COACH,
        consented_at__isnull=False,
        accepted_at__isnull=False,
        ended_at__isnull=True,
    )
    return Visibility.PAIR if coached.exists() else Visibility.PRIVATE


@cache
def models_of(thing: Thing) -> tuple[type[ClientRow], ...]:
    """The models that are this row of the permission table; each says so itself."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, ClientRow) and getattr(model, "policy", None) == thing
    )


def row(*, actor: User, thing: str, item: UUID) -> ClientRow:
    """The one row that this kind of thing and id name, wherever it lies."""
    if thing in list(Thing):
        for model in models_of(Thing(thing)):
            seen = access.visible(actor, Thing(thing))
            found = model._base_manager.filter(seen, pk=item).select_related("client").first()
            if found is not None:
                return found
    raise access.NotVisible("There is no such item.")


def lines(*, actor: User, row: ClientRow) -> list[tuple[str, str]]:
    """What a row says, field by field, for a reader who has no page of their own for it."""
    access.require_row(actor, Verb.READ, type(row).policy, row)
    return said(row)


def said(row: ClientRow) -> list[tuple[str, str]]:
    """The words and numbers of a row with the names of its fields."""
    found = []
    for field in row._meta.concrete_fields:
        if field.name in BOOKKEEPING or isinstance(field, models.JSONField):
            continue
        text = _shown(row, field)
        if text:
            found.append((str(field.verbose_name).capitalize(), text))
    return found


def _shown(row: ClientRow, field: Any) -> str:
    value = getattr(row, field.name) if not isinstance(field, models.UUIDField) else None
    if value is None or value == "" or isinstance(value, User | ClientRow):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.DateTimeField):
        return str(formats.date_format(localtime(value), "DATETIME_FORMAT"))
    if isinstance(field, models.DateField):
        return str(formats.date_format(value, "DATE_FORMAT"))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
