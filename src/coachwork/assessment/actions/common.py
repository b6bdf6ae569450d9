"""What the acts of a round share: the row held, its state checked, and the step in the story."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.assessment.models import FeedbackRound
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import actions as people
from coachwork.people.models import Client, User, Visibility

State = FeedbackRound.State
OPEN_STATES = (State.NOMINATING, State.PROPOSED, State.COLLECTING, State.CLOSED)


def locked(asked_in: FeedbackRound) -> FeedbackRound:
    """The round, held until the end of the transaction."""
    rows = FeedbackRound.objects.select_for_update(of=("self",)).select_related("client__user")
    return rows.get(pk=asked_in.pk, client=asked_in.client)


def going_on(client: Client, mode: str) -> FeedbackRound | None:
    """The round of this kind that is open, if there is one."""
    return FeedbackRound.objects.filter(client=client, mode=mode, state__in=OPEN_STATES).first()


def begun(actor: User, row: FeedbackRound, client: Client, at: datetime) -> FeedbackRound:
    """The round, written; or the one that the same form made at the same moment."""
    row.client, row.created_by, row.created_at = client, actor, at
    row.visibility = Visibility.PAIR  # a round is something of the two, where there are two
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return FeedbackRound.objects.get(client=client, mode=row.mode, state__in=OPEN_STATES)
    note(actor, row, f"{'pulse' if row.mode == FeedbackRound.Mode.PULSE else 'round'}.begun", at)
    return row


def check_state(asked_in: FeedbackRound, state: str) -> None:
    if asked_in.state != state:
        raise Refused(_("This round has moved on since the page was opened."))


def clean_address(asked_in: FeedbackRound, email: str) -> str:
    """One address for one person; the client's own is no address for somebody else."""
    address = email.strip().casefold()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid({"email": _("Please check this address.")}) from None
    user = asked_in.client.user
    own = {one.casefold() for one in _addresses(user)} if user is not None else set()
    if address in own:
        raise Invalid({"email": _("This is your own address.")})
    return address


def _addresses(user: User) -> list[str]:
    return [user.email, *user.emailaddress_set.values_list("email", flat=True)]


def note(actor: User, row: FeedbackRound, kind: str, at: datetime) -> None:
    """One step of the client's story; it says nothing of any rater."""
    people.note(
        actor=actor, client=row.client, kind=kind, at=at, item=row.pk, visibility=row.visibility
    )
