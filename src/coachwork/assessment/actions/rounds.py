"""Begin a feedback round: what is asked, and whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.actions import collecting, common, letters, questions
from coachwork.assessment.actions.common import check_state, clean_address, locked
from coachwork.assessment.models import FeedbackRound, Nomination, RaterGroup
from coachwork.assessment.queries.rounds import coaches_of
from coachwork.evidence.models.limits import clean_text
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User

State = FeedbackRound.State
MOST, NOTE_MAX, NAME_MAX = 40, 300, 120
COACH_DAYS = 7  # so long the coach has for a look at the list


@transaction.atomic
def begin_round(
    *,
    actor: User,
    client: Client,
    leads: bool,
    at: datetime,
    competencies: Sequence[str] | None = None,
) -> FeedbackRound:
    """Begin, or go on with the round that is open, with the usual questions or with chosen ones."""
    # Not WRITE: a manager writes answers of their own into a round, and begins none.
    access.require(actor, Verb.PROPOSE, Thing.ROUND, client)
    found = common.going_on(client, FeedbackRound.Mode.FULL)
    if found is not None:
        return found
    framework, asked = questions.settled(leads=leads, competencies=competencies)
    row = FeedbackRound(framework=framework, asked=asked, leads=leads)
    return common.begun(actor, row, client, at)


@transaction.atomic
def nominate(  # noqa: PLR0913 - one argument for each field of the form
    *,
    actor: User,
    asked_in: FeedbackRound,
    name: str,
    email: str,
    group: str,
    at: datetime,
    note: str = "",
) -> Nomination:
    """Put somebody on the list."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    check_state(asked_in, State.NOMINATING)
    address = clean_address(asked_in, email)
    if group not in RaterGroup.values:
        raise Invalid({"group": _("Please choose what they are to you.")})
    listed = Nomination.objects.filter(client=asked_in.client, round=asked_in)
    known = listed.filter(email=address).first()
    if known is not None:
        return known
    if listed.count() >= MOST:
        raise Refused(_("The list is full. Eight to twelve people are plenty."))
    return Nomination.objects.create(
        client=asked_in.client,
        round=asked_in,
        name=clean_text("name", name, limit=NAME_MAX, required=True),
        email=address,
        group=group,
        note=clean_text("note", note, limit=NOTE_MAX),
        visibility=asked_in.visibility,
        created_by=actor,
        created_at=at,
    )


@transaction.atomic
def drop_nomination(*, actor: User, nomination: Nomination) -> None:
    """Take somebody off the list, as long as nobody was asked."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, nomination)
    check_state(nomination.round, State.NOMINATING)
    nomination.delete()


@transaction.atomic
def open_round(*, actor: User, asked_in: FeedbackRound, at: datetime) -> FeedbackRound:
    """Done with the list: it goes to the coach, or out to everybody where there is no coach."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    waited = row.proposed_at is not None and row.proposed_at + timedelta(days=COACH_DAYS) <= at
    if row.state == State.COLLECTING or (row.state == State.PROPOSED and not waited):
        return row  # the form was sent twice
    if row.state != State.PROPOSED:
        check_state(row, State.NOMINATING)
    if not row.nominations.exists():
        raise Refused(_("Choose first whom to ask."))
    coaches = coaches_of(row.client)
    if not coaches or waited:
        return collecting.invite_all(actor=actor, asked_in=row, at=at)
    row.state, row.proposed_at = State.PROPOSED, at
    row.save(update_fields=["state", "proposed_at"])
    letters.to_coaches("round-to-approve", row, coaches, at=at)
    common.note(actor, row, "round.proposed", at)
    return row


@transaction.atomic
def rework_list(*, actor: User, asked_in: FeedbackRound) -> FeedbackRound:
    """Back to the list: the client takes it back, or the coach suggests another look."""
    access.require_row(actor, Verb.READ, Thing.ROUND, asked_in)
    if asked_in.client.user_id != actor.pk:
        access.require(actor, Verb.RELEASE, Thing.ROUND, asked_in.client)
    row = locked(asked_in)
    if row.state == State.PROPOSED:
        row.state, row.proposed_at = State.NOMINATING, None
        row.save(update_fields=["state", "proposed_at"])
    return row


@transaction.atomic
def approve_round(*, actor: User, asked_in: FeedbackRound, at: datetime) -> FeedbackRound:
    """The coach says yes to the list as it is, and the invitations go out."""
    access.require_row(actor, Verb.RELEASE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.state == State.COLLECTING:
        return row
    check_state(row, State.PROPOSED)
    return collecting.invite_all(actor=actor, asked_in=row, at=at)
