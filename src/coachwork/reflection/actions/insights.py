"""Insights: a line worth keeping, asked about again after 30 days and after 90."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.reflection import queries
from coachwork.reflection.actions.words import LONGEST_LINE, sealed
from coachwork.reflection.models import Entry, Insight

GAPS = (30, 90)


@transaction.atomic
def keep_insight(
    *,
    actor: User,
    client: Client,
    text: str,
    today: date,
    at: datetime,
    entry: Entry | None = None,
) -> Insight:
    """Keep a line as an insight."""
    access.require(actor, Verb.WRITE, Thing.ENTRIES, client)
    line = " ".join(text.split())
    if not line or len(line) > LONGEST_LINE or "\x00" in line:
        raise Invalid({"text": _("Please write one line.")})
    return Insight.objects.create(
        client=client,
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        sealed=sealed(actor=actor, client=client, words={"text": line}, at=at),
        entry=entry.pk if entry else None,
        asks_on=today + timedelta(days=GAPS[0]),
    )


@transaction.atomic
def answer_insight(
    *, actor: User, insight: Insight, still_true: bool, tested: str, today: date, at: datetime
) -> Insight:
    """Say whether it still holds, and what tested it. One that does not hold rests for good."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, insight)
    found = Insight.objects.select_for_update().get(client=insight.client_id, pk=insight.pk)
    words = queries.words(actor=actor, client=insight.client, rows=[found])[0] or {}
    tests = [*words.get("tests", ()), tested.strip()[:LONGEST_LINE]] if tested.strip() else None
    if tests:
        key_words = {**words, "tests": tests}
        found.sealed = sealed(actor=actor, client=insight.client, words=key_words, at=at)
    found.times_asked += 1
    found.asks_on = None
    if still_true and found.times_asked < len(GAPS):
        found.asks_on = today + timedelta(days=GAPS[found.times_asked])
    if still_true:
        found.strength = Insight.Strength.SETTLED if found.times_asked >= len(GAPS) else "repeating"
    found.save()
    return found


@transaction.atomic
def delete_insight(*, actor: User, insight: Insight) -> None:
    """Let an insight go."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, insight)
    insight.delete()
