"""What comes back on its day: a decision to look at, a letter to open."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications import actions as notifications
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User
from coachwork.reflection import queries
from coachwork.reflection.actions.words import looked_over, sealed
from coachwork.reflection.models import Entry

WENT = ("well", "partly", "badly")
LATE = timedelta(days=14)  # a worker that slept longer does not bring up what is long past


@transaction.atomic
def say_outcome(
    *, actor: User, entry: Entry, outcome: str, went: str, today: date, at: datetime
) -> Entry:
    """Say what came of a decision. Only then is the prediction shown again."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    if entry.kind != Entry.Kind.DECISION:
        raise Refused(_("Only a decision has an outcome."))
    problems = {}
    if not outcome.strip():
        problems["outcome"] = _("What came of it? A few words are enough.")
    if went not in WENT:
        problems["went"] = _("Please choose one of the three.")
    if problems:
        raise Invalid(problems)
    found = Entry.objects.select_for_update().get(client=entry.client_id, pk=entry.pk)
    words = queries.words(actor=actor, client=entry.client, rows=[found])[0]
    if words is None:
        raise Refused(_("This page cannot be opened on this server."))
    said = looked_over({**words, "outcome": outcome, "went": went})
    found.sealed = sealed(actor=actor, client=entry.client, words=said, at=at)
    found.returned_at = found.returned_at or at
    found.version += 1
    found.save(update_fields=["sealed", "returned_at", "version"])
    return found


@transaction.atomic
def open_letter(*, actor: User, entry: Entry, today: date, at: datetime) -> Entry:
    """Open a letter on its day, or later."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    if entry.kind != Entry.Kind.LETTER or entry.returns_on is None or entry.returns_on > today:
        raise Refused(_("This letter is closed until its day."))
    if entry.returned_at is None:
        entry.returned_at = at
        entry.save(update_fields=["returned_at"])
    return entry


def remind_of_returns(*, at: datetime) -> int:
    """Write to everybody for whom something comes back today; returns how many were written to."""
    rows = Entry.objects.filter(
        kind__in=(Entry.Kind.DECISION, Entry.Kind.LETTER),
        returned_at__isnull=True,
        resurfaces=True,
        state=Entry.State.KEPT,
        returns_on__lte=at.date(),
        returns_on__gt=at.date() - LATE,
        client__user__isnull=False,
    ).select_related("client__user")
    for entry in rows.order_by("pk").iterator(500):
        reader = entry.client.user
        assert reader is not None
        notifications.queue(
            kind="journal-returns",
            at=at,
            key=f"journal:{entry.pk}:{entry.returns_on}",
            user=reader,
            about=entry.client_id,
            fields={"name": reader.get_short_name()},
            links={"journal_url": reverse("reflection:journal")},
        )
    return rows.count()
