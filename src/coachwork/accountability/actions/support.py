"""Ask a coach for help, with the answer promised in working days where the coach lives."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.accountability.models import Promise, SupportRequest
from coachwork.engine import rhythm
from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications import actions as notifications
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, Relation, User, Visibility

LONGEST = 2_000
LONGEST_REPLY = 4_000
MOST_DAYS = 10
DAYS = 2  # unless the coach says otherwise
State = SupportRequest.State
WAITING = (State.OPEN, State.ACKNOWLEDGED)


@transaction.atomic
def ask_for_help(
    *, actor: User, client: Client, kind: str, text: str, to: User | None, at: datetime
) -> SupportRequest:
    """Ask for help. The row is open to the pair, since that is what asking means."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    problems: dict[str, str] = {}
    if kind not in SupportRequest.Kind.values:
        problems["kind"] = _("Please choose what it is about.")
    if len(text) > LONGEST or "\x00" in text:
        problems["text"] = _("A few lines are enough. The rest can be said when you talk.")
    if to is None or Relation.COACH not in access.relations(to, client):
        problems["to"] = _("Please choose somebody who coaches you.")
    if problems or to is None:
        raise Invalid(problems)
    made = SupportRequest.objects.create(
        client=client,
        visibility=Visibility.PAIR,
        created_by=actor,
        created_at=at,
        kind=kind,
        text=text.strip(),
        to=to,
        due_at=_due(to, at),
    )
    notifications.queue(
        kind="support-asked",
        at=at,
        key=f"support:{made.pk}",
        user=to,
        about=client.pk,
        fields={"client_name": client.name, "due": made.due_at},
        links={"request_url": reverse("accountability:support", args=[made.pk])},
    )
    return made


def _due(coach: User, at: datetime) -> datetime:
    """By when the coach has promised to answer, by the coach's own clock and week."""
    promised = Promise.objects.filter(user=coach).first()
    local = at.astimezone(ZoneInfo(coach.timezone or "UTC"))
    return rhythm.working_days_later(local, promised.working_days if promised else DAYS)


@transaction.atomic
def acknowledge(*, actor: User, request: SupportRequest, at: datetime) -> SupportRequest:
    """The coach says to have seen it."""
    found = _for_coach(actor, request)
    if found.state == State.OPEN:
        found.state = State.ACKNOWLEDGED
        found.save(update_fields=["state"])
    return found


@transaction.atomic
def help_out(*, actor: User, request: SupportRequest, reply: str, at: datetime) -> SupportRequest:
    """The coach answers; the client reads it, and is told that there is something to read."""
    found = _for_coach(actor, request)
    line = reply.strip()
    if not 0 < len(line) <= LONGEST_REPLY or "\x00" in line:
        raise Invalid({"reply": _("Please write an answer of up to 4,000 characters.")})
    found.reply, found.state, found.answered_at = line, State.HELPED, at
    found.save(update_fields=["reply", "state", "answered_at"])
    if found.client.user is not None:
        notifications.queue(
            kind="support-answered",
            at=at,
            key=f"support:{found.pk}:answered",
            user=found.client.user,
            about=found.client_id,
            fields={"coach_name": actor.get_short_name()},
            links={"request_url": reverse("accountability:support", args=[found.pk])},
        )
    return found


@transaction.atomic
def withdraw(*, actor: User, request: SupportRequest) -> SupportRequest:
    """The client takes the question back."""
    access.require_row(actor, Verb.WRITE, Thing.CHECK_INS, request)
    if request.state not in WAITING:
        raise Refused(_("This was answered already."))
    request.state = State.WITHDRAWN
    request.save(update_fields=["state"])
    return request


@transaction.atomic
def promise(*, actor: User, working_days: int, words: str) -> Promise:
    """How soon this person answers; whoever asks is shown it."""
    access.require_account(actor)
    if working_days not in range(1, MOST_DAYS + 1):
        raise Invalid({"working_days": _("Please choose from one to ten working days.")})
    if len(words) > 300:
        raise Invalid({"words": _("One line is enough here.")})
    made, _is_new = Promise.objects.update_or_create(
        user=actor, defaults={"working_days": working_days, "words": words.strip()}
    )
    return made


def _for_coach(actor: User, request: SupportRequest) -> SupportRequest:
    """The request, for the one coach that it went to."""
    access.require(actor, Verb.READ, Thing.CHECK_INS, request.client)
    rows = SupportRequest.objects.filter(
        access.visible(actor, Thing.CHECK_INS, client=request.client), to=actor
    )
    found = rows.select_related("client__user").get(pk=request.pk)
    if found.state == State.WITHDRAWN:
        raise Refused(_("This was taken back meanwhile."))
    return found
