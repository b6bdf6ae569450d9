"""Lines that leave the journal: a copy, which the page it came from no longer changes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility
from coachwork.reflection import queries
from coachwork.reflection.models import Entry, Extract


@transaction.atomic
def copy_lines(
    *, actor: User, entry: Entry, chosen: Sequence[int], readers: Sequence[User], at: datetime
) -> Extract:
    """Copy exactly these lines, and open the copy to these readers."""
    access.require_row(actor, Verb.WRITE, Thing.ENTRIES, entry)
    lines = queries.lines(actor=actor, entry=entry)
    if not chosen or not set(chosen) <= set(range(len(lines))):
        raise Invalid({"lines": _("Please choose at least one line.")})
    if not readers:
        raise Invalid({"readers": _("Please choose who may read them.")})
    made = Extract.objects.create(
        client=entry.client,
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        text="\n\n".join(lines[n] for n in sorted(set(chosen))),
        entry=entry.pk,
        written_on=entry.written_on,
    )
    for reader in readers:
        people.share(actor=actor, thing=Thing.JOURNAL, row=made, reader=reader, at=at)
    return made


@transaction.atomic
def delete_extract(*, actor: User, extract: Extract, at: datetime) -> None:
    """Take the copy back from everybody and delete it."""
    access.require_row(actor, Verb.WRITE, Thing.JOURNAL, extract)
    people.set_visibility(
        actor=actor, thing=Thing.JOURNAL, row=extract, visibility=Visibility.PRIVATE, at=at
    )
    extract.delete()
