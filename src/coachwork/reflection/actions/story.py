"""Turning points of the story that the client marks."""

from datetime import datetime

from django.db import transaction

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, Event, User, Visibility
from coachwork.reflection.models import Pin


@transaction.atomic
def pin(*, actor: User, client: Client, event: Event, pinned: bool, at: datetime) -> None:
    """Mark a step as a turning point, or take the mark off."""
    access.require(actor, Verb.WRITE, Thing.ENTRIES, client)
    access.require_row(actor, Verb.READ, Thing.EVENTS, event)
    if not pinned:
        Pin.objects.filter(client=client, event=event.pk).delete()
        return
    Pin.objects.get_or_create(
        client=client,
        event=event.pk,
        defaults={"visibility": Visibility.PRIVATE, "created_by": actor, "created_at": at},
    )
