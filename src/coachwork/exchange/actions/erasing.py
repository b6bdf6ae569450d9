"""Erase a record for good: the one exception to append-only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.exchange import queries
from coachwork.exchange.models import Tombstone
from coachwork.kit.errors import Invalid
from coachwork.notifications import actions as notifications
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User


@transaction.atomic
def erase_record(
    *, actor: User, client: Client, confirmation: str, account: bool, at: datetime
) -> Tombstone:
    """Remove everything about the client, and with `account` the sign-in too.

    What others wrote about themselves stays theirs. The audit log keeps ids and digests only.
    """
    access.require(actor, Verb.WRITE, Thing.RECORD, client)
    if confirmation.strip().casefold() != client.name.strip().casefold():
        raise Invalid({"confirmation": _("Type the name of the record exactly as it is shown.")})
    key = client.pk
    people.audit(actor=actor, verb="record.erase", stream=key, thing="record", item=key, at=at)
    rows = sum(
        model._default_manager.filter(client=client).count() for model in queries.client_models()
    )
    Message.objects.filter(about=key).delete()
    _say_so(actor, key, account=account, at=at)
    client.delete()
    if account:
        actor.delete()
    return Tombstone.objects.create(client=key, erased_at=at, rows=rows)


def _say_so(actor: User, key: UUID, *, account: bool, at: datetime) -> None:
    """Tell the person that it is done; with the account gone, at the address that was known."""
    reader: dict[str, Any] = {"address": actor.email} if account else {"user": actor}
    notifications.queue(
        kind="deletion-done" if account else "record-deleted",
        at=at,
        key=f"deleted:{key}",
        fields={},
        **reader,
    )
