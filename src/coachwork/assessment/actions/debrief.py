"""Around the report: coaches may wait with a reason and take notes; clients choose how to read."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.actions import letters
from coachwork.assessment.actions.common import locked, note
from coachwork.assessment.models import DebriefNote, FeedbackRound
from coachwork.assessment.queries import reports
from coachwork.evidence.models.limits import TEXT_MAX, clean_text, day_of
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility

HOLD_DAYS, HOLD_MOST = 14, 21
REASON_MAX = 300
NEXT_DAY = timedelta(days=1)


def hold_ends(*, asked_in: FeedbackRound) -> datetime:
    """From when on the client can open it alone; the coach can move that by a week at most."""
    closed = asked_in.closed_at or asked_in.created_at
    days = HOLD_DAYS
    if asked_in.hold_until is not None:
        days = max(HOLD_DAYS, min(HOLD_MOST, (asked_in.hold_until - day_of(closed)).days))
    return closed + timedelta(days=days)


@transaction.atomic
def hold_report(
    *, actor: User, asked_in: FeedbackRound, until: date, reason: str, at: datetime
) -> FeedbackRound:
    """The coach needs a little longer, and says why; the client reads the reason."""
    access.require_row(actor, Verb.RELEASE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.state != FeedbackRound.State.CLOSED or row.mode != FeedbackRound.Mode.FULL:
        raise Refused(_("This round has moved on since the page was opened."))
    latest = day_of(row.closed_at or at) + timedelta(days=HOLD_MOST)
    if not day_of(at) < until <= latest:
        raise Invalid(
            {"until": _("A day until %(latest)s. A report can wait for three weeks, no longer.")
             % {"latest": latest.isoformat()}}
        )  # fmt: skip
    row.hold_reason = clean_text("reason", reason, limit=REASON_MAX, required=True)
    row.hold_until = until
    row.save(update_fields=["hold_reason", "hold_until"])
    note(actor, row, "round.held", at)
    return row


@transaction.atomic
def write_debrief_note(
    *, actor: User, asked_in: FeedbackRound, text: str, at: datetime
) -> DebriefNote:
    """The coach's own notes for the talk: nobody else reads them."""
    access.require(actor, Verb.WRITE, Thing.COACH_NOTES, asked_in.client)
    access.require_row(actor, Verb.READ, Thing.ROUND, asked_in)
    words = clean_text("text", text, limit=TEXT_MAX)
    made, _is_new = DebriefNote.objects.update_or_create(
        client=asked_in.client,
        round=asked_in,
        created_by=actor,
        defaults={"text": words, "changed_at": at},
        create_defaults={
            "text": words,
            "changed_at": at,
            "created_at": at,
            "visibility": Visibility.COACH,
        },
    )
    return made


@transaction.atomic
def choose_reading(
    *, actor: User, asked_in: FeedbackRound, reading: str, at: datetime
) -> FeedbackRound:
    """How the client wants to read it; who waits, or has a hard one, gets a line next day."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.state != FeedbackRound.State.RELEASED:
        raise Refused(_("The report comes when the round has closed."))
    if reading not in FeedbackRound.Reading.values:
        raise Invalid({"reading": _("Please choose one of these.")})
    first = not row.reading
    row.reading = reading
    row.save(update_fields=["reading"])
    hard = reports.report(actor=actor, asked_in=row).is_hard
    if first and (hard or reading != FeedbackRound.Reading.NOW):
        letters.day_after(row, at=at, due_at=at + NEXT_DAY)
    return row
