"""What somebody does who answers about another person: all of it by the personal link."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.assessment.queries import ratings
from coachwork.evidence.models.limits import clean_text, day_of
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.models import User

State = RaterReply.State
COMMENT_MAX = 2000
LEVEL_MAX, PULSE_MAX = 5, 7
PICKS_MAX = 2
OPEN = FeedbackRound.State.COLLECTING


@transaction.atomic
def open_reply(*, actor: User | None, token: str, at: datetime) -> RaterReply:
    """Somebody is here, and not a program that looks through mail."""
    reply = _usable(actor=actor, token=token, at=at)
    if reply.state == State.INVITED:
        reply.state = State.OPENED
        reply.save(update_fields=["state"])
    return reply


@transaction.atomic
def calibrate(*, actor: User | None, token: str, at: datetime) -> None:
    """The scenes were looked at or skipped; they are not offered again."""
    reply = _usable(actor=actor, token=token, at=at)
    reply.calibrated = True
    reply.save(update_fields=["calibrated"])


@transaction.atomic
def save_scores(
    *, actor: User | None, token: str, scores: Mapping[str, int | None], at: datetime
) -> RaterReply:
    """Keep the answers of one screen; those of other screens stay, also from another tab."""
    reply = _usable(actor=actor, token=token, at=at)
    known = {item for _code, items in reply.round.asked for item in items}
    most = PULSE_MAX if reply.round.mode == FeedbackRound.Mode.PULSE else LEVEL_MAX
    kept = dict(reply.scores)
    for item, score in scores.items():
        if item not in known or not (score is None or score in range(most + 1)):
            raise Invalid({"scores": _("Choose one answer, or “Not seen”.")})
        kept.pop(item, None)
        if score is not None:
            kept[item] = score
    reply.scores = kept
    reply.save(update_fields=["scores"])
    return reply


@transaction.atomic
def save_comments(
    *,
    actor: User | None,
    token: str,
    comments: Mapping[str, str],
    at: datetime,
    picks: Sequence[str] = (),
) -> RaterReply:
    """Keep what they wrote in their own words, and the two things that would help most."""
    reply = _usable(actor=actor, token=token, at=at)
    asked = ratings.open_codes(asked_in=reply.round)
    cleaned = {
        code: clean_text(code, text, limit=COMMENT_MAX)
        for code, text in comments.items()
        if code in asked
    }
    known = {str(code) for code, _items in reply.round.asked}
    if len(set(picks)) > PICKS_MAX or not set(picks) <= known:
        raise Invalid({"picks": _("Pick two at most.")})
    reply.comments = {code: text for code, text in cleaned.items() if text}
    reply.picks = sorted(set(picks))
    reply.save(update_fields=["comments", "picks"])
    return reply


@transaction.atomic
def hand_in(*, actor: User | None, token: str, at: datetime) -> RaterReply:
    """Done. It can be changed until the round closes; only the day is kept."""
    reply = _usable(actor=actor, token=token, at=at)
    if not reply.scores and not reply.comments and not reply.picks:
        raise Refused(_("There is no answer yet. You can answer any part, or decline."))
    reply.state = State.SUBMITTED
    reply.submitted_on = reply.submitted_on or day_of(at)
    reply.save(update_fields=["state", "submitted_on"])
    return reply


@transaction.atomic
def decline(*, actor: User | None, token: str, at: datetime) -> RaterReply:
    """Would rather not, or takes everything back: the answers are deleted, and no more mail."""
    reply = _found(actor=actor, token=token)
    if reply.state == State.DECLINED:
        return reply
    _check_open(reply, actor, at)
    reply.scores, reply.comments, reply.picks, reply.submitted_on = {}, {}, [], None
    reply.state = State.DECLINED
    reply.save(update_fields=["scores", "comments", "picks", "submitted_on", "state"])
    return reply


def check_open(*, actor: User | None, reply: RaterReply, at: datetime) -> None:
    """Refuse a link of a round that is over, in the wrong hands, or that was given back."""
    _check_open(reply, actor, at)
    if reply.state == State.DECLINED:
        raise Refused(_("You said that you would rather not answer. Nothing of yours is kept."))


def _usable(*, actor: User | None, token: str, at: datetime) -> RaterReply:
    reply = _found(actor=actor, token=token)
    check_open(actor=actor, reply=reply, at=at)
    return reply


def _found(*, actor: User | None, token: str) -> RaterReply:
    """The reply, held until the end of the transaction, so that two tabs do not undo each other."""
    seen = ratings.reply_for(actor=actor, token=token)
    held = RaterReply.objects.select_for_update(of=("self",)).filter(
        client=seen.client_id, pk=seen.pk
    )
    return held.select_related("round", "client__user").get()


def _check_open(reply: RaterReply, actor: User | None, at: datetime) -> None:
    asked_in = reply.round
    if actor is not None and reply.client.user_id == actor.pk:
        raise Refused(
            _("This link is for somebody who answers about you. Please leave it to them.")
        )
    if asked_in.state == FeedbackRound.State.CANCELLED:
        raise Refused(_("This round was called off. Nothing that was said is kept."))
    if asked_in.state != OPEN or (asked_in.closes_at is not None and asked_in.closes_at <= at):
        raise Refused(_("This round has closed. Thank you for your time."))
