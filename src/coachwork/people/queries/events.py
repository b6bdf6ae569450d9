"""The client's own event log: what happened, newest first."""

from uuid import UUID

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, Event, User

PAGE = 50


def events(
    *, actor: User, client: Client, after: UUID | None = None, limit: int = PAGE
) -> list[Event]:
    """Steps that the actor may see; `after` is the last id of the page before."""
    rows = Event.objects.filter(access.visible(actor, Thing.EVENTS, client=client))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-pk")[:limit])
