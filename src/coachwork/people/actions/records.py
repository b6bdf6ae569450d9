"""Open a person's own record."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import rowlock
from coachwork.kit.errors import Refused
from coachwork.kit.ids import new_id
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
    if Client.objects.filter(user=actor).exists():
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
    audit(actor=actor, verb="record.open", stream=client.pk, item=client.pk, at=at)
    return client
