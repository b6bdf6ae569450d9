"""While answers come in: invite, remind, extend, call off, close; and forget names in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.actions import holding, letters, pooling
from coachwork.assessment.actions.common import clean_address, locked, note
from coachwork.assessment.models import FeedbackRound, Nomination, RaterReply
from coachwork.assessment.queries.ratings import token_of
from coachwork.assessment.queries.rounds import coaches_of, undelivered
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility
from coachwork.people.models.trail import digest

State = FeedbackRound.State
Mode = FeedbackRound.Mode
OPEN_DAYS: dict[str, int] = {Mode.FULL: 14, Mode.PULSE: 7}
LONGER_DAYS = 7
REMINDERS, BETWEEN_DAYS = 2, 3
FORGET_DAYS = 30


def invite_all(*, actor: User, asked_in: FeedbackRound, at: datetime) -> FeedbackRound:
    """Everybody on the list gets a personal link; called by actions that have asked the table."""
    asked_in.state, asked_in.opened_at = State.COLLECTING, at
    asked_in.closes_at = at + timedelta(days=OPEN_DAYS[asked_in.mode])
    asked_in.save(update_fields=["state", "opened_at", "closes_at"])
    for nomination in asked_in.nominations.order_by("pk"):
        _invite(actor, nomination, asked_in, at)
    note(actor, asked_in, "round.opened", at)
    return asked_in


@transaction.atomic
def correct_address(*, actor: User, nomination: Nomination, email: str, at: datetime) -> Nomination:
    """Another address for somebody whose invitation came back; the old link stops working."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, nomination)
    asked_in = locked(nomination.round)
    if asked_in.state != State.COLLECTING:
        raise Refused(_("This round has moved on since the page was opened."))
    # The same answer for whoever's mail has arrived: what became of it is nobody's business.
    if nomination.pk not in {one.pk for one in undelivered(actor=actor, asked_in=asked_in)}:
        raise Refused(_("This invitation has arrived."))
    address = clean_address(asked_in, email)
    if Nomination.objects.filter(client=asked_in.client, round=asked_in, email=address).exists():
        raise Invalid({"email": _("Somebody with this address is on the list already.")})
    nomination.email = address
    nomination.save(update_fields=["email"])
    RaterReply.objects.filter(client=asked_in.client, nomination=nomination).delete()
    _invite(actor, nomination, asked_in, at)
    return nomination


@transaction.atomic
def remind_raters(*, actor: User, asked_in: FeedbackRound, at: datetime) -> None:
    """One friendly line to all who have neither answered nor declined, whoever that is."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.state != State.COLLECTING:
        raise Refused(_("This round is not open for answers."))
    last = row.reminded_at or row.opened_at
    if row.reminders >= REMINDERS:
        raise Refused(_("Two reminders are enough. Thank you for asking."))
    if last is not None and last + timedelta(days=BETWEEN_DAYS) > at:
        raise Refused(_("Give them a few days first."))
    row.reminders, row.reminded_at = row.reminders + 1, at
    row.save(update_fields=["reminders", "reminded_at"])
    waiting = RaterReply.objects.filter(
        client=row.client,
        round=row,
        state__in=(RaterReply.State.INVITED, RaterReply.State.OPENED),
        nomination__isnull=False,
    )
    for reply in waiting.select_related("nomination").order_by("pk"):
        if reply.nomination is not None:
            letters.remind(reply.nomination, row, token_of(reply), at=at)


@transaction.atomic
def cancel_round(*, actor: User, asked_in: FeedbackRound, at: datetime) -> None:
    """The client calls it off before anything was released: all answers are destroyed."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.state == State.CANCELLED:
        return
    if row.state == State.RELEASED:
        raise Refused(_("The report is there and stays yours."))
    told = row.state in (State.COLLECTING, State.CLOSED)
    RaterReply.objects.filter(client=row.client, round=row).delete()
    holding.forget(row)
    row.state, row.cancelled_at = State.CANCELLED, at
    row.save(update_fields=["state", "cancelled_at"])
    for nomination in row.nominations.all():
        if told:
            letters.called_off(nomination, row, at=at)
    note(actor, row, "round.cancelled", at)


@transaction.atomic
def close_due(*, at: datetime) -> int:
    """Close what is due. A round with nothing that could be shown stays open once for a week."""
    due = FeedbackRound.objects.select_for_update(of=("self",), skip_locked=False).filter(
        state=State.COLLECTING, closes_at__lte=at
    )
    rows = list(due.select_related("client__user")[:200])
    for row in rows:
        if not row.extended and pooling.is_empty(row):
            row.extended, row.closes_at = True, at + timedelta(days=LONGER_DAYS)
            row.save(update_fields=["extended", "closes_at"])
            continue
        row.state, row.closed_at = State.CLOSED, at
        row.save(update_fields=["state", "closed_at"])
        holding.hold_comments(row, at=at)
        _tell_closed(row, at)
    return len(rows)


@transaction.atomic
def forget_raters(*, at: datetime) -> int:
    """A month after a round is over, names, addresses and links are gone for good."""
    before = at - timedelta(days=FORGET_DAYS)
    ended = FeedbackRound.objects.filter(forgotten_at__isnull=True)
    rows = [
        *ended.filter(state=State.RELEASED, released_at__lte=before),
        *ended.filter(state=State.CANCELLED, cancelled_at__lte=before),
    ]
    for row in rows:
        Nomination.objects.filter(client=row.client, round=row).update(name="", email="", note="")
        RaterReply.objects.filter(client=row.client, round=row).update(nomination=None, comments={})
        row.forgotten_at = at
        row.save(update_fields=["forgotten_at"])
    return len(rows)


def _tell_closed(row: FeedbackRound, at: datetime) -> None:
    """The client, and of a whole round the coaches, who open its report."""
    if row.mode != Mode.FULL:
        letters.to_client("pulse-closed", row, at=at)
        return
    coaches = coaches_of(row.client)
    letters.to_coaches("round-closed-coach", row, coaches, at=at)
    letters.to_client("round-closed" if coaches else "round-closed-alone", row, at=at)


def _invite(actor: User, nomination: Nomination, asked_in: FeedbackRound, at: datetime) -> None:
    nomination.invited_at = at
    nomination.save(update_fields=["invited_at"])
    reply = RaterReply.objects.create(
        client=asked_in.client,
        round=asked_in,
        nomination=nomination,
        group=nomination.group,
        rater=digest(f"rater|{asked_in.client_id}|{nomination.email}"),
        visibility=Visibility.PRIVATE,
        created_by=None,
        created_at=at,
    )
    letters.invite(nomination, asked_in, token_of(reply), at=at)
