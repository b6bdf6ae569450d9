"""Take a message for sending, within the reader's limits, and write down what became of it.

Three short transactions with the mail server between them: no lock waits for a server. A worker
that dies in between leaves the message on its way, and after a while it is sent again, with the
same Message-ID: for mail, once more is better than never.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coachwork.engine import attention
from coachwork.engine.attention import Barrier
from coachwork.kit import jobs
from coachwork.notifications import queries
from coachwork.notifications.actions.queueing import SEND, queue
from coachwork.notifications.models import Message, Preference
from coachwork.notifications.queries import preferences
from coachwork.notifications.queries.attention import ASKS_ONCE, UNWANTED
from coachwork.people.models import User

TWIN_SECONDS = 90  # longer than any talk with a mail server
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 60, 360))
TRIES = len(BACK_OFF) + 1


@transaction.atomic
def take(*, message_id: UUID, at: datetime) -> Message | None:
    """The message, to be sent now by the caller; None where it is held, done, or not yet due."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state not in (Message.State.QUEUED, Message.State.SENDING):
        return None
    if message.state == Message.State.SENDING and message.tried_at is not None:
        free_at = message.tried_at + timedelta(seconds=TWIN_SECONDS)
        if free_at > at:  # somebody may be sending it at this moment
            _later(message, free_at)
            return None
    if message.due_at > at:
        _later(message, message.due_at)
        return None
    if not message.transactional and not _may_go(message, at):
        return None
    message.state, message.tried_at = Message.State.SENDING, at
    message.attempts += 1
    message.save(update_fields=["state", "tried_at", "attempts"])
    return message


@transaction.atomic
def sent(*, message: Message, at: datetime) -> None:
    """It has gone out. Its text has served its time, and is kept only where the outbox shows it."""
    if message.kind in Message.FAREWELLS:
        Message.objects.filter(pk=message.pk).delete()
        return
    kept = {} if settings.DEMO or settings.DEBUG else {"text": "", "html": ""}
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT, sent_at=at, problem="", **kept
    )


@transaction.atomic
def not_sent(*, message: Message, kind: str, final: bool, at: datetime) -> None:
    """It did not go out: try again later and later, then say that it failed."""
    row = Message.objects.select_for_update().get(pk=message.pk)
    row.problem = kind[:80]
    if row.kind in Message.FAREWELLS and (final or row.attempts >= TRIES):
        row.delete()
        return
    if final or row.attempts >= TRIES:
        row.state = Message.State.FAILED
    else:
        row.state = Message.State.QUEUED
        row.due_at = at + BACK_OFF[row.attempts - 1]
        jobs.enqueue(SEND, row.pk, due_at=row.due_at)
    row.save(update_fields=["state", "problem", "due_at"])


@transaction.atomic
def note_answer(*, key: str, at: datetime) -> None:
    """A link of the message with this key was used: its kind is not being ignored."""
    Message.objects.filter(key=key, acted_at__isnull=True).update(acted_at=at)


@transaction.atomic
def forget_messages(*, before: datetime) -> int:
    """Delete old messages, whatever became of them."""
    return Message.objects.filter(created_at__lt=before, due_at__lt=before).delete()[0]


def left_behind(*, before: datetime, limit: int = 500) -> list[UUID]:
    """Messages that should have gone by then and have not, such as after a job was lost."""
    waiting = Message.objects.filter(
        state__in=(Message.State.QUEUED, Message.State.SENDING), due_at__lt=before
    )
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:limit])


def _may_go(message: Message, at: datetime) -> bool:
    """Ask the reader's limits; where they say no, the message is held, or waits."""
    if message.user is None:
        return _hold(message, UNWANTED)
    # One at a time for each reader, or two messages would each find the day still free.
    Preference.objects.get_or_create(user=message.user)
    choices = Preference.objects.select_for_update().get(user=message.user)
    found = queries.may_reach(actor=message.user, kind=message.kind, at=at, choices=choices)
    if found is None:
        return True
    if found == Barrier.QUIET and message.kind in preferences.CHOICE_OF:
        hours = preferences.hours(choices, message.user)
        _later(message, attention.quiet_ends(hours, at))
        return False
    if found == Barrier.STOPPED:
        _ask_once(message.user, message.kind, choices, at)
    return _hold(message, found)


def _later(message: Message, due_at: datetime) -> None:
    """Not now, but then."""
    message.due_at = due_at
    message.save(update_fields=["due_at"])
    jobs.enqueue(SEND, message.pk, due_at=due_at)


def _hold(message: Message, found: str) -> bool:
    message.state, message.held_by = Message.State.HELD, str(found)
    message.save(update_fields=["state", "held_by"])
    # What this one was to tell is still untold.
    Message.objects.filter(told_in=message.pk).update(told_in=None)
    return False


def _ask_once(user: User, kind: str, choices: Preference, at: datetime) -> None:
    """Instead of one more ignored nudge: what would help? Asked once for each time of silence."""
    silence = queries.rhythm(actor=user, kind=kind, choices=choices)["ignored"]
    first = silence[-1].pk
    queue(kind=ASKS_ONCE, at=at, key=f"{ASKS_ONCE}:{kind}:{first}", user=user, fields={})
