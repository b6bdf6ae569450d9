"""The two trails: the client's event log, and the audit log that shows a gap if one is made."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coachwork.people.models import AuditEntry, Client, Event, User

START = "0" * 64


def note(
    *, actor: User | None, client: Client, kind: str, at: datetime, item: UUID | None = None
) -> Event:
    """Write one step of the client's story; called by actions that have asked the table already."""
    event = Event(client=client, kind=kind, item=item, created_by=actor, created_at=at)
    event.save(force_insert=True)
    return event


@transaction.atomic
def audit(
    *,
    actor: User | None,
    verb: str,
    stream: UUID,
    at: datetime,
    thing: str = "",
    item: UUID | None = None,
    origin: str = "",
) -> AuditEntry:
    """Add a security-relevant act to the chain of this record."""
    # The unique place in the chain makes a second writer fail rather than fork it.
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
    entry.chain = digest(f"{before}|{_said(entry)}")
    entry.save(force_insert=True)
    return entry


def digest(text: str) -> str:
    """A keyed digest: the same text gives the same mark, and the mark tells nobody the text."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def unbroken(entries: list[AuditEntry]) -> bool:
    """Whether these entries of one stream, oldest first, are all there and unchanged."""
    before = START
    for number, entry in enumerate(entries, start=1):
        if entry.number != number or entry.chain != digest(f"{before}|{_said(entry)}"):
            return False
        before = entry.chain
    return True


def _said(entry: AuditEntry) -> str:
    parts = (
        entry.stream,
        entry.number,
        entry.verb,
        entry.actor,
        entry.thing,
        entry.item,
        entry.origin,
        entry.at.isoformat(),
    )
    return "|".join(str(part) for part in parts)
