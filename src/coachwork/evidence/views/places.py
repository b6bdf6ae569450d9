"""Where a page is: in one's own record, or in that of somebody one helps."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from coachwork.evidence.models import Evidence, Source
from coachwork.evidence.views import wording
from coachwork.frameworks.models import Competency
from coachwork.kit import content, levels
from coachwork.people import access
from coachwork.people import queries as records
from coachwork.people.access import Request, Thing, Verb
from coachwork.people.models import Client, Relation, User


@dataclass(frozen=True)
class Place:
    """Whose record this page shows, and how its links go on within it."""

    actor: User
    client: Client

    @property
    def is_own(self) -> bool:
        return self.client.user_id == self.actor.pk

    @property
    def urls(self) -> dict[str, str]:
        """The pages that every page of this room links to."""
        return {name: self.to(name) for name in ("profile", "gaps", "ledger", "add")}

    def to(self, name: str, *parts: object) -> str:
        """The address of another page about the same person."""
        if self.is_own:
            return reverse(f"evidence:{name}", args=parts)
        return reverse(f"evidence:{name}-of", args=(self.client.pk, *parts))

    def competency_links(self, competency: Competency) -> dict[str, str]:
        """Where one can go from a competency."""
        found = {
            "why": self.to("why", competency.pk),
            "ledger": f"{self.to('ledger')}?competency={competency.pk}",
        }
        if self.is_own:
            found["agree"] = self.to("agree", competency.pk)
            found["add"] = f"{self.to('add')}?competency={competency.pk}"
            if competency.code in {one.competency for one in content.load("knowledge")}:
                found["check"] = reverse("assessment:checks")
        return found


def place(request: Request, client_id: UUID | None) -> Place:
    """The record that the address names: the person's own, or one they help with."""
    actor = request.user
    client = records.record(actor=actor, client_id=client_id)
    # What they are to this client, as `record` found it.
    held: frozenset[Relation] = getattr(actor, "seen_as", frozenset())
    if client.user_id != actor.pk and not any(
        access.allows(Thing.ASSESSMENT, relation, Verb.READ) for relation in held
    ):
        # Some who help see the record and nothing of this room: for them it does not exist.
        access.require(actor, Verb.READ, Thing.ASSESSMENT, client)
    return Place(actor, client)


@dataclass(frozen=True)
class Line:
    """One row of the ledger as a list shows it."""

    row: Evidence
    source: str
    writer: str
    day: str
    url: str
    replaced_by: Evidence | None = None

    @property
    def name(self) -> str:
        """What the row is about; a page about one competency says it once, above."""
        return self.row.competency.worded("name")


def line(here: Place, row: Evidence, *, counts: bool = False) -> Line:
    """A row with the words for its source, who wrote it where that matters, and its own page.

    A row that `counts` is known to have none in its place, so nobody needs to ask.
    """
    by_name = row.source in {Source.COACH, Source.MENTOR} and row.created_by is not None
    return Line(
        row=row,
        source=wording.source_label(row.source, own=here.is_own),
        writer=str(row.created_by) if by_name else "",
        day=wording.day_said(row.occasion_on),
        url=here.to("entry", row.pk),
        replaced_by=None if counts else row.replaced_by,
    )


def key(text: str) -> UUID:
    """The id that a form sent; what is no id names nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise Competency.DoesNotExist from None


def anchors_of(competency: Competency) -> list[dict[str, object]]:
    """The five anchors in the reader's language."""
    rows = sorted(competency.anchors.all(), key=lambda row: row.level)
    return levels.anchors([row.worded("text") for row in rows])
