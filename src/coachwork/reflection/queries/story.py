"""The story so far: what happened, newest first, with the turning points the client marked."""

from dataclasses import dataclass
from uuid import UUID

from coachwork.people import access
from coachwork.people import queries as people
from coachwork.people.access import Thing
from coachwork.people.models import Client, Event, User
from coachwork.reflection.models import Pin


@dataclass(frozen=True)
class Step:
    """One step, and whether the client marked it."""

    event: Event
    pinned: bool


def story(
    *, actor: User, client: Client, pinned_only: bool = False, after: UUID | None = None
) -> list[Step]:
    """Steps, newest first. Pages of the journal are no part of it: they are told to nobody."""
    pins = Pin.objects.filter(access.visible(actor, Thing.ENTRIES, client=client))
    marked = set(pins.values_list("event", flat=True)[:500])
    if pinned_only:
        rows = Event.objects.filter(access.visible(actor, Thing.EVENTS, client=client))
        found = list(rows.filter(pk__in=marked).order_by("-pk")[:200])
    else:
        found = people.events(actor=actor, client=client, after=after)
    return [
        Step(event, event.pk in marked) for event in found if not event.kind.startswith("entry.")
    ]
