"""Amira and her journal."""

from datetime import timedelta

from coachwork.reflection import actions, queries
from coachwork.reflection.models import Entry
from tests import builders as make

TODAY = make.NOW.date()
SECRET = "amethyst-otter"


def page(client, kind=Entry.Kind.AFTER_EVENT, text=SECRET, **more):
    """A kept page that says `text`."""
    words = {"answers": [("What happened?", text)], **more.pop("words", {})}
    if kind == Entry.Kind.DECISION:
        words.setdefault("choice", "Take the new team")
    if kind == Entry.Kind.LETTER:
        more.setdefault("returns_on", TODAY + timedelta(days=30))
    return actions.keep_entry(
        actor=client.user,
        client=client,
        kind=kind,
        words=words,
        written_on=more.pop("written_on", TODAY),
        at=more.pop("at", make.NOW),
        **more,
    )


def words_of(client, entry):
    """What the page says to its writer."""
    return queries.entry(actor=client.user, entry_id=entry.pk).words
