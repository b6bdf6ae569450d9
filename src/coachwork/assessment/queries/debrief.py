"""What a coach has before them: their own notes, and all rounds of those they coach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coachwork.assessment.models import DebriefNote, FeedbackRound, RaterReply
from coachwork.assessment.queries.rounds import GroupCount, counted
from coachwork.engine.anonymity import ATTRIBUTABLE, RULES
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User

ROWS = 100
State = FeedbackRound.State


@dataclass(frozen=True)
class Standing:
    """One round on the coach's page: how many answered, and where a group may stay too small."""

    row: FeedbackRound
    counts: Sequence[GroupCount]

    @property
    def at_risk(self) -> list[GroupCount]:
        """Groups of which nothing could be shown as it stands today."""
        if self.row.mode != FeedbackRound.Mode.FULL:
            return []
        return [one for one in self.counts if one.is_small or (self._is_open and one.is_short)]

    @property
    def _is_open(self) -> bool:
        return self.row.opened_at is not None


def standings(*, actor: User, before: date) -> list[Standing]:
    """The open rounds of everybody whom the actor coaches, those that wait for the coach first."""
    seen = FeedbackRound.objects.filter(access.visible(actor, Thing.ROUND))
    rows = seen.exclude(client__user=actor).exclude(state__in=(State.RELEASED, State.CANCELLED))
    found = list(rows.select_related("client").order_by("-pk")[:ROWS])
    numbers = counted(found, before=before)
    order = (State.PROPOSED, State.CLOSED, State.COLLECTING, State.NOMINATING)
    return [
        Standing(row, numbers[row.pk])
        for row in sorted(found, key=lambda one: order.index(State(one.state)))
    ]


def debrief_note(*, actor: User, asked_in: FeedbackRound) -> str:
    """The actor's own notes for the talk; nobody else's."""
    seen = access.visible(actor, Thing.COACH_NOTES, client=asked_in.client)
    rows = DebriefNote.objects.filter(seen, round=asked_in, created_by=actor)
    return rows.values_list("text", flat=True).first() or ""


def may_write_notes(*, actor: User, client: Client) -> bool:
    """Whether the actor is somebody who debriefs this client."""
    return access.can(actor, Verb.WRITE, Thing.COACH_NOTES, client)


def is_thin(*, actor: User, asked_in: FeedbackRound) -> bool:
    """Whether a round that is over has too few answers for anything but one's own view."""
    access.require_row(actor, Verb.READ, Thing.ROUND, asked_in)
    if asked_in.state != State.CLOSED:
        return False
    said = RaterReply.objects.filter(
        client=asked_in.client, round=asked_in, state=RaterReply.State.SUBMITTED
    )
    return said.exclude(group=ATTRIBUTABLE).count() < RULES.least
