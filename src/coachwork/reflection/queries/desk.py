"""The front page of the journal: what comes back today, and the newest pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.reflection.models import Entry, Insight
from coachwork.reflection.queries.entries import PAGE, Written, written
from coachwork.reflection.queries.insights import Kept, kept

# Days after which a page may be brought up again, once each; a few days of grace around them.
ECHOES = (30, 90)
GRACE = timedelta(days=3)
MOST = 3


@dataclass(frozen=True)
class Desk:
    """What the front page shows; nothing on it has to be done."""

    returning: list[Written]
    echo: Written | None
    asking: list[Kept]
    newest: list[Written]
    older: UUID | None


def desk(*, actor: User, client: Client, today: date, after: UUID | None = None) -> Desk:
    """The front page. What must never come back is in none of its first three parts."""
    mine = access.visible(actor, Thing.ENTRIES, client=client)
    rows = Entry.objects.filter(mine, state=Entry.State.KEPT)
    newest = rows.order_by("-pk") if after is None else rows.filter(pk__lt=after).order_by("-pk")
    pages = list(newest[: PAGE + 1])
    due = rows.filter(resurfaces=True, returned_at__isnull=True, returns_on__lte=today)
    back = list(due.order_by("returns_on", "pk")[:MOST])
    around = Q(pk__in=())
    for days in ECHOES:
        on = today - timedelta(days=days)
        around |= Q(written_on__gte=on - GRACE, written_on__lte=on)
    kinds = (Entry.Kind.LETTER, Entry.Kind.DECISION)
    echo = list(rows.filter(around, resurfaces=True).exclude(kind__in=kinds).order_by("-pk")[:1])
    asked = Insight.objects.filter(mine, asks_on__lte=today).order_by("asks_on", "pk")[:MOST]
    opened = written(actor=actor, client=client, rows=[*back, *echo, *pages[:PAGE]])
    return Desk(
        returning=opened[: len(back)],
        echo=opened[len(back)] if echo else None,
        asking=kept(actor=actor, client=client, rows=asked),
        newest=opened[len(back) + len(echo) :],
        older=pages[PAGE - 1].pk if len(pages) > PAGE else None,
    )
