"""Pages of the journal: keep, rewrite, put away, delete."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid, Stale
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.reflection.actions.words import looked_over, sealed
from coachwork.reflection.models import Entry

OLDEST = timedelta(days=365 * 80)
FURTHEST = timedelta(days=365 * 10)
COMING_BACK = (Entry.Kind.DECISION, Entry.Kind.LETTER)


class Elsewhere(Stale):
    """The page was changed on another device since this one opened it; nothing was overwritten."""


@transaction.atomic
def keep_entry(  # noqa: PLR0913  one argument for each thing a page carries
    *,
    actor: User,
    client: Client,
    kind: str,
    words: Mapping[str, Any],
    written_on: date,
    at: datetime,
    prompt_set: str = "",
    competency: Competency | None = None,
    returns_on: date | None = None,
) -> Entry:
    """Keep a new page. Nothing in it must be filled in but one answer or line."""
    access.require(actor, Verb.WRITE, Thing.ENTRIES, client)
    said = _checked(kind, words, written_on, returns_on, at)
    made = Entry.objects.create(
        client=client,
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        updated_at=at,
        kind=kind,
        prompt_set=prompt_set,
        written_on=written_on,
        competency=competency,
        returns_on=returns_on if kind in COMING_BACK else None,
        sealed=sealed(actor=actor, client=client, words=said, at=at),
    )
    _note(actor, made, "entry.kept", at)
    return made


@transaction.atomic
def rewrite_entry(
    *, actor: User, entry: Entry, version: int, words: Mapping[str, Any], at: datetime
) -> Entry:
    """Write a page anew, as long as nobody has since `version` was read."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    found = Entry.objects.select_for_update().get(client=entry.client_id, pk=entry.pk)
    if found.version != version:
        raise Elsewhere(_("This page was changed on another device since you opened it here."))
    said = _checked(found.kind, words, found.written_on, found.returns_on, at)
    found.sealed = sealed(actor=actor, client=entry.client, words=said, at=at)
    found.version += 1
    found.updated_at = at
    found.save(update_fields=["sealed", "version", "updated_at"])
    return found


@transaction.atomic
def let_resurface(*, actor: User, entry: Entry, allowed: bool) -> Entry:
    """Say whether a page may ever be brought up again."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    entry.resurfaces = allowed
    entry.save(update_fields=["resurfaces"])
    return entry


@transaction.atomic
def put_away(*, actor: User, entry: Entry, away: bool) -> Entry:
    """Take a page out of the list, or put it back."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    entry.state = Entry.State.ARCHIVED if away else Entry.State.KEPT
    entry.save(update_fields=["state"])
    return entry


@transaction.atomic
def delete_entry(*, actor: User, entry: Entry, at: datetime) -> None:
    """Delete a page for good; what remains is that there was one, and when it went."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    _note(actor, entry, "entry.deleted", at)
    entry.delete()


def _checked(
    kind: str, words: Mapping[str, Any], written_on: date, returns_on: date | None, at: datetime
) -> dict[str, Any]:
    said = looked_over(words)
    problems: dict[str, str] = {}
    if kind not in Entry.Kind.values:
        problems["kind"] = _("Please choose what kind of page this is.")
    if not any(said.values()):
        problems["answers"] = _("One sentence is enough. Leave out whatever you like.")
    today = at.date()
    if not today - OLDEST <= written_on <= today + timedelta(days=1):
        problems["written_on"] = _("Please choose a day that has been.")
    if returns_on is not None and not written_on < returns_on <= today + FURTHEST:
        problems["returns_on"] = _("Please choose a day to come, within ten years.")
    if kind == Entry.Kind.LETTER and returns_on is None:
        problems["returns_on"] = _("Please choose the day on which the letter is to reach you.")
    if kind == Entry.Kind.DECISION and not said.get("choice"):
        problems["choice"] = _("What did you decide? A few words are enough.")
    if problems:
        raise Invalid(problems)
    return said


def _note(actor: User, entry: Entry, kind: str, at: datetime) -> None:
    people.note(
        actor=actor,
        client=entry.client,
        kind=kind,
        item=entry.pk,
        at=at,
        visibility=Visibility.PRIVATE,
    )
