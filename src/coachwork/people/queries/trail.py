"""The security log: what happened around a person's account and record."""

from dataclasses import dataclass
from uuid import UUID

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import AuditEntry, Client, User
from coachwork.people.models.trail import unbroken

PAGE = 50


@dataclass(frozen=True)
class TrailPage:
    """A piece of the log, newest first, and where the next piece begins."""

    entries: list[AuditEntry]
    after: UUID | None


def trail(
    *, actor: User, client: Client | None = None, after: UUID | None = None, limit: int = PAGE
) -> TrailPage:
    """The actor's own sign-ins and, where they own it, what happened to the record."""
    found = AuditEntry.objects.filter(stream__in=_streams(actor, client))
    if after is not None:
        found = found.filter(pk__lt=after)
    entries = list(found.order_by("-pk")[: limit + 1])
    return TrailPage(entries[:limit], entries[limit - 1].pk if len(entries) > limit else None)


def whole(*, actor: User, client: Client | None = None) -> bool:
    """Whether the log of this account and record has no gap and no change."""
    return all(
        unbroken(AuditEntry.objects.filter(stream=stream).order_by("number").iterator())
        for stream in _streams(actor, client)
    )


def _streams(actor: User, client: Client | None) -> list[UUID]:
    if client is None:
        return [actor.pk]
    access.require(actor, Verb.WRITE, Thing.RECORD, client)
    return [actor.pk, client.pk]
