"""The two trails: the client's event log, and the audit log that shows a gap if one is made."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coachwork.kit import turns
from coachwork.people.models import AuditEntry, Client, Event, User, Visibility
from coachwork.people.models.trail import START, digest


def note(
    *,
    actor: User | None,
    client: Client,
    kind: str,
    at: datetime,
    item: UUID | None = None,
    visibility: str = Visibility.PRIVATE,
) -> Event:
    """Write one step of the client's story; called by actions that have asked the table already.

    A step is never seen by more people than the item it is about: pass the item's class on.
    """
    event = Event(
        client=client,
        kind=kind,
        item=item,
        visibility=visibility,
        created_by=actor,
        created_at=at,
    )
    event.save(force_insert=True)
    return event


@transaction.atomic
def audit(  # noqa: PLR0913  what an entry is made of
    *,
    actor: User | None,
    verb: str,
    stream: UUID,
    at: datetime,
    thing: str = "",
    item: UUID | None = None,
    origin: str = "",
) -> AuditEntry:
    """Add a security-relevant act to the chain of this record or account."""
    # One writer of a chain at a time; the unique place in it is what holds if that ever fails.
    turns.take("audit", stream)
    last = (
        AuditEntry.objects.filter(stream=stream)
        .order_by("-number")
        .values_list("number", "chain")
        .first()
    )
    number, before = (last[0] + 1, last[1]) if last else (1, START)
    entry = AuditEntry(
        stream=stream,
        number=number,
        verb=verb,
        actor=actor.pk if actor else None,
        thing=thing,
        item=item,
        origin=digest(origin)[:16] if origin else "",
        at=at,
    )
    entry.chain = entry.seal(before)
    entry.save(force_insert=True)
    return entry
