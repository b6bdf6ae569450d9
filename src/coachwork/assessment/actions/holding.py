"""Hold a comment with a slur or a threat until a coach has looked at it, its writer unknown.

What is looked at, and what the client is told, goes through the veil first: only words that the
report could have shown are held up to anybody. All of a round are held in one moment, its closing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.actions import pooling
from coachwork.assessment.actions.common import locked
from coachwork.assessment.actions.pooling import Comment
from coachwork.assessment.models import FeedbackRound, HeldComment
from coachwork.engine import holding as engine
from coachwork.kit import content
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility
from coachwork.people.models.trail import digest

State = FeedbackRound.State


@dataclass(frozen=True)
class KeptBack:
    """What a report leaves out, and whether the client is told: never how many, nor of whom."""

    comments: frozenset[Comment]
    told: bool


def hold_comments(asked_in: FeedbackRound, *, at: datetime) -> None:
    """Put up for the coach what the report could show and a word of the list stands in."""
    waiting = _pooled(asked_in, at) & _marked(asked_in)
    for code, text in sorted(waiting, key=lambda one: digest(f"held|{asked_in.pk}|{one}")):
        HeldComment.objects.create(
            client=asked_in.client,
            round=asked_in,
            question=code,
            text=text,
            visibility=Visibility.PAIR,
            created_by=None,
            created_at=at,
        )


@transaction.atomic
def decide_held(
    *, actor: User, asked_in: FeedbackRound, comment: UUID, outcome: str, at: datetime
) -> HeldComment:
    """Show it or keep it back, and why; it can be changed until the report is opened."""
    access.require(actor, Verb.RELEASE, Thing.HELD, asked_in.client)
    row = locked(asked_in)
    if row.state != State.CLOSED:
        raise Refused(_("The report is open, and what is in it stays as it is."))
    seen = access.visible(actor, Thing.HELD, client=row.client)
    held = HeldComment.objects.filter(seen, round=row, pk=comment).first()
    if held is None:
        raise access.NotVisible("There is no such comment.", thing=Thing.HELD)
    if outcome not in HeldComment.Outcome.values:
        raise Invalid({"outcome": _("Please choose one of these.")})
    held.outcome = outcome
    held.save(update_fields=["outcome"])
    # In the coach's own trail: in the client's it would count the comments that were held.
    people.audit(
        actor=actor,
        verb=f"comment.{outcome}",
        stream=actor.pk,
        thing=Thing.HELD,
        item=held.pk,
        at=at,
    )
    return held


def kept_back(asked_in: FeedbackRound, *, at: datetime) -> KeptBack:
    """What is not shown, decided or not; only a coach's word lets a marked comment through."""
    shown = set(
        HeldComment.objects.filter(
            client=asked_in.client, round=asked_in, outcome__in=HeldComment.SHOWN
        ).values_list("question", "text")
    )
    kept = frozenset(_marked(asked_in) - shown)
    return KeptBack(kept, bool(kept) and bool(kept & _pooled(asked_in, at)))


def forget(asked_in: FeedbackRound) -> None:
    """Nothing waits any more; the words go."""
    HeldComment.objects.filter(client=asked_in.client, round=asked_in).delete()


def _marked(asked_in: FeedbackRound) -> set[Comment]:
    """The comments in which a word of the list stands."""
    words = [word for one in content.load("held_words") for word in one.words]
    return {one for one in pooling.comments_of(asked_in) if engine.finds(one[1], words)}


def _pooled(asked_in: FeedbackRound, at: datetime) -> set[Comment]:
    """The comments that the report would show if none were kept back."""
    if asked_in.mode == FeedbackRound.Mode.PULSE:
        made = pooling.pulsed(asked_in, at=at).release
    else:
        made = pooling.pooled(asked_in, at=at)
    parts = (made.comments, made.named_comments)
    return {(code, text) for part in parts for code, texts in part.items() for text in texts}
