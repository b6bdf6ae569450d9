"""Commitments: made, kept or not, agreed anew before their day, or let go."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.accountability.models import CheckInPlan, Commitment
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility

MOST_OPEN = 5
FURTHEST = timedelta(days=366)
State = Commitment.State
ENDINGS = (State.KEPT, State.PARTLY, State.NOT_THIS_TIME)


@transaction.atomic
def commit(  # noqa: PLR0913  one argument for each thing a commitment says
    *,
    actor: User,
    client: Client,
    text: str,
    due_on: date,
    today: date,
    at: datetime,
    size: str = Commitment.Size.NORMAL,
    if_blocked: str = "",
    follows: Commitment | None = None,
) -> Commitment:
    """Commit to something by a day. Nobody commits for somebody else."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    line = " ".join(text.split())
    problems: dict[str, str] = {}
    if not 0 < len(line) <= 300 or "\x00" in line:
        problems["text"] = _("Please say in one line what you will do.")
    if not today <= due_on <= today + FURTHEST:
        problems["due_on"] = _("Please choose today or a day to come, within a year.")
    if size not in Commitment.Size.values:
        problems["size"] = _("Please choose how large it is.")
    if len(if_blocked) > 300:
        problems["if_blocked"] = _("One line is enough here.")
    still_open = Commitment.objects.filter(client=client, state=State.MADE).count()
    if not problems and still_open >= MOST_OPEN:
        raise Refused(_("Five are open already. Settle one, agree it anew or let it go first."))
    if problems:
        raise Invalid(problems)
    plan = CheckInPlan.objects.filter(client=client).only("audience", "client").first()
    return Commitment.objects.create(
        client=client,
        visibility=plan.audience if plan else Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        text=line,
        due_on=due_on,
        size=size,
        if_blocked=if_blocked.strip(),
        follows=follows,
    )


@transaction.atomic
def settle(
    *, actor: User, commitment: Commitment, state: str, at: datetime, reason: str = ""
) -> Commitment:
    """Say what became of it. Every answer is a good one; the same press twice is one."""
    found = _open(actor, commitment)
    if state not in ENDINGS:
        raise Invalid({"state": _("Please choose one of the answers.")})
    if reason and reason not in Commitment.Reason.values:
        raise Invalid({"reason": _("Please choose one of the reasons, or none.")})
    if found.state != State.MADE:
        if found.state == state:
            return found
        raise Refused(_("This was answered already."))
    return _end(found, state, at, reason)


@transaction.atomic
def renegotiate(
    *, actor: User, commitment: Commitment, text: str, due_on: date, today: date, at: datetime
) -> Commitment:
    """Agree it anew: smaller, later or otherwise. Up to its day that is a success, not a miss."""
    found = _open(actor, commitment)
    if found.state != State.MADE:
        raise Refused(_("This was answered already."))
    if today > found.due_on:
        raise Refused(_("Its day is over. Say what became of it, and then make a new one."))
    _end(found, State.RENEGOTIATED, at)
    return commit(
        actor=actor,
        client=found.client,
        text=text,
        due_on=due_on,
        today=today,
        at=at,
        size=found.size,
        if_blocked=found.if_blocked,
        follows=found,
    )


@transaction.atomic
def release(*, actor: User, commitment: Commitment, at: datetime) -> Commitment:
    """Let it go."""
    found = _open(actor, commitment)
    if found.state != State.MADE:
        raise Refused(_("This was answered already."))
    return _end(found, State.RELEASED, at)


def _open(actor: User, commitment: Commitment) -> Commitment:
    access.require_row(actor, Verb.WRITE, Thing.CHECK_INS, commitment)
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("client")
    return rows.get(client=commitment.client_id, pk=commitment.pk)


def _end(found: Commitment, state: str, at: datetime, reason: str = "") -> Commitment:
    found.state, found.settled_at, found.reason = state, at, reason
    found.save(update_fields=["state", "settled_at", "reason"])
    return found
