"""Pages of the journal with their words, for the client alone; and the extracts made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import Truncator

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.reflection.models import Entry, Extract
from coachwork.reflection.queries.keys import words

PAGE = 20
LINES = ("lesson", "next_move", "choice", "outcome")


@dataclass(frozen=True)
class Written:
    """A page with its words; without them where its key is not on this server."""

    row: Entry
    words: dict[str, Any] | None

    @property
    def answers(self) -> list[list[str]]:
        return list((self.words or {}).get("answers", ()))

    @property
    def first_line(self) -> str:
        """What stands for the page in a list."""
        said = self.words or {}
        own = [said.get("choice"), said.get("lesson"), *(text for _prompt, text in self.answers)]
        return Truncator(next(filter(None, own), "")).chars(120)

    def is_closed(self, today: date) -> bool:
        """A letter before its day."""
        if self.row.kind != Entry.Kind.LETTER or self.row.returned_at is not None:
            return False
        return self.row.returns_on is not None and self.row.returns_on > today

    @property
    def waits_for_outcome(self) -> bool:
        """A decision whose prediction stays hidden until its outcome has been said."""
        dated = self.row.returns_on is not None and self.row.returned_at is None
        return self.row.kind == Entry.Kind.DECISION and dated


def entries(
    *, actor: User, client: Client, kind: str = "", away: bool = False, after: UUID | None = None
) -> list[Written]:
    """Pages, newest first; `after` is the last id of the page before."""
    rows = Entry.objects.filter(access.visible(actor, Thing.ENTRIES, client=client))
    rows = rows.filter(state=Entry.State.ARCHIVED if away else Entry.State.KEPT)
    if kind:
        rows = rows.filter(kind=kind)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return written(actor=actor, client=client, rows=rows.order_by("-pk")[: PAGE + 1])


def entry(*, actor: User, entry_id: UUID) -> Written:
    """One page."""
    rows = Entry.objects.filter(access.visible(actor, Thing.ENTRIES))
    row = rows.select_related("client", "competency").get(pk=entry_id)
    return written(actor=actor, client=row.client, rows=[row])[0]


def written(*, actor: User, client: Client, rows: Iterable[Entry]) -> list[Written]:
    """These rows with their words."""
    held = list(rows)
    opened = words(actor=actor, client=client, rows=held)
    return [Written(row, said) for row, said in zip(held, opened, strict=True)]


def lines(*, actor: User, entry: Entry) -> list[str]:
    """The lines of a page from which an extract is chosen: each paragraph is one."""
    said = words(actor=actor, client=entry.client, rows=[entry])[0] or {}
    texts = [text for _prompt, text in said.get("answers", ())]
    texts += [said[name] for name in LINES if said.get(name)]
    found = [line.strip() for text in texts for line in text.splitlines()]
    return [line for line in found if line]


def extracts(*, actor: User, client: Client) -> list[Extract]:
    """What the actor may read of the lines that the client copied out, newest first."""
    rows = Extract.objects.filter(access.visible(actor, Thing.JOURNAL, client=client))
    return list(rows.order_by("-pk")[:100])


def extracts_of(*, actor: User, entry: Entry) -> list[Extract]:
    """The extracts that were made of this page."""
    rows = Extract.objects.filter(access.visible(actor, Thing.JOURNAL, client=entry.client))
    return list(rows.filter(entry=entry.pk).order_by("pk")[:50])


def extract(*, actor: User, extract_id: UUID) -> Extract:
    """One extract."""
    rows = Extract.objects.filter(access.visible(actor, Thing.JOURNAL))
    return rows.select_related("client").get(pk=extract_id)
