"""What every page behind a personal link shares: the reply that this browser opened."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now

from coachwork.assessment import actions, queries
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.engine.anonymity import ATTRIBUTABLE
from coachwork.people.models import User

KEPT = "rater"


def opened(request: HttpRequest, reply_id: UUID) -> tuple[RaterReply, str]:
    """The reply that this browser opened by its link, while the round is open."""
    token = request.session.get(KEPT, {}).get(str(reply_id), "")
    reply = queries.reply_for(actor=actor_of(request), token=token)
    actions.check_open(actor=actor_of(request), reply=reply, at=now())
    return reply, token


def known(reply: RaterReply) -> dict[str, object]:
    """What every page of the form says: about whom, for whom, until when."""
    return {
        "reply": reply,
        "client": reply.client,
        "round": reply.round,
        "is_pulse": reply.round.mode == FeedbackRound.Mode.PULSE,
        "is_named": reply.group == ATTRIBUTABLE,
        "rater_name": reply.nomination.name if reply.nomination else "",
    }


def actor_of(request: HttpRequest) -> User | None:
    """Whoever is signed in, if anybody is: the link asks nobody to be."""
    return request.user if isinstance(request.user, User) else None
