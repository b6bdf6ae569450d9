"""Open a person's own record, and say how it is packed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import rowlock, turns
from coachwork.kit.errors import Refused
from coachwork.kit.ids import new_id
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.actions.trail import audit, note
from coachwork.people.models import Client, Packaging, User


@transaction.atomic
def open_record(
    *,
    actor: User,
    name: str,
    at: datetime,
    packaging: Packaging = Packaging.SELF_COACHED,
) -> Client:
    """Open the actor's own record; one human has one."""
    turns.take("record", actor.pk)
    if has_record(actor):
        raise Refused(_("You already have a record."))
    client = Client(
        id=new_id(),
        user=actor,
        name=name.strip() or str(actor),
        packaging=packaging,
        created_by=actor,
        created_at=at,
        claimed_at=at,
    )
    rowlock.admit(client.pk)
    client.save(force_insert=True)
    actor.client = client
    note(actor=actor, client=client, kind="record.opened", at=at)
    audit(actor=actor, verb="record.opened", stream=client.pk, item=client.pk, at=at)
    return client


def has_record(actor: User) -> bool:
    """Whether this person owns a record; asked of the database, past the row lock."""
    with rowlock.lifted():
        return Client.objects.filter(user=actor).exists()


@transaction.atomic
def change_record(
    *, actor: User, client: Client, packaging: str, starting_class: str, at: datetime
) -> Client:
    """Change the situation that the record is packed for, and what new items start as."""
    access.require(actor, Verb.WRITE, Thing.RECORD, client)
    if client.starting_class != starting_class:
        audit(actor=actor, verb="record.starting_class", stream=client.pk, at=at)
    client.packaging, client.starting_class = packaging, starting_class
    client.save(update_fields=["packaging", "starting_class"])
    return client
