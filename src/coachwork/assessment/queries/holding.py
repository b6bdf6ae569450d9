"""Comments that wait for a coach: their words, and nothing of who wrote them."""

from dataclasses import dataclass
from uuid import UUID

from coachwork.assessment.models import FeedbackRound, HeldComment
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import User
from coachwork.people.models.trail import digest


@dataclass(frozen=True)
class HeldText:
    """The words of one comment, and what was decided about it so far."""

    key: UUID
    text: str
    outcome: str


def held_texts(*, actor: User, asked_in: FeedbackRound) -> list[HeldText]:
    """What waits in this round, in an order that says nothing; for everybody else there is none."""
    seen = access.visible(actor, Thing.HELD, client=asked_in.client)
    rows = HeldComment.objects.filter(seen, round=asked_in, round__state=FeedbackRound.State.CLOSED)
    return sorted(
        (HeldText(row.pk, row.text, row.outcome) for row in rows),
        key=lambda one: digest(f"held|{asked_in.pk}|{one.text}"),
    )
