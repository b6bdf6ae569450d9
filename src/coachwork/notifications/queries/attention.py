"""How much a person has heard from us, and so whether they should hear more now."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import QuerySet

from coachwork.engine import attention
from coachwork.engine.attention import Barrier
from coachwork.notifications.models import Message, Preference
from coachwork.notifications.queries import preferences
from coachwork.people.models import Event, User

# Not a nudge about a step, so it cannot be ignored as one.
ASKS_ONCE = "nudge-check"
UNWANTED = "unwanted"
LOOK_BACK_DAYS = 9  # more than a week in any time zone
# What was held back by these comes with the next digest; what nobody wants does not.
CARRIED = (
    Barrier.PAUSED,
    Barrier.WEEKEND,
    Barrier.QUIET,
    Barrier.DAY_FULL,
    Barrier.WEEK_FULL,
)
CARRIED_DAYS = 7


class Rhythm(TypedDict):
    """How a kind of nudge has gone: when it was sent, ignored in a row, left out since."""

    ignored: list[Message]
    left_out: int


def may_reach(
    *, actor: User, kind: str, at: datetime, choices: Preference | None = None
) -> Barrier | str | None:
    """What keeps a nudge of this kind from the actor now; None where nothing does."""
    choices = choices or preferences.preference(actor=actor)
    if not getattr(choices, preferences.choice_of(kind)) or not actor.is_active:
        return UNWANTED
    found = attention.barrier(preferences.hours(choices, actor), _sent(actor, at), at)
    if found is not None or kind == ASKS_ONCE:
        return found
    gone = rhythm(actor=actor, kind=kind, choices=choices)
    return attention.fading(len(gone["ignored"]), gone["left_out"])


def rhythm(*, actor: User, kind: str, choices: Preference) -> Rhythm:
    """The newest nudges of this kind that had no answer, and how many were left out since.

    An answer is a link used, anything done in one's own record, or saying what suits one.
    """
    newest = list(
        _nudges(actor)
        .filter(kind=kind, state__in=(Message.State.SENT, Message.State.SENDING))
        .exclude(tried_at=None)
        .order_by("-tried_at")[: attention.STOPPED_AFTER]
    )
    sent = [message.tried_at for message in reversed(newest) if message.tried_at]
    run = attention.ignored(sent, _answers(actor, newest, choices)) if newest else 0
    left_out = _nudges(actor).filter(kind=kind, state=Message.State.HELD, held_by=Barrier.HALVED)
    if newest:
        left_out = left_out.filter(created_at__gt=newest[0].created_at)
    return {"ignored": newest[:run], "left_out": left_out.count() if run else 0}


def held_back(*, actor: User, at: datetime) -> list[Message]:
    """What could not be sent and no digest has told yet, oldest first."""
    found = _nudges(actor).filter(
        state=Message.State.HELD,
        held_by__in=CARRIED,
        told_in__isnull=True,
        created_at__gte=at - timedelta(days=CARRIED_DAYS),
    )
    own = (*preferences.CHOICE_OF, ASKS_ONCE)  # yesterday's digest is no news
    return list(found.exclude(kind__in=own).order_by("created_at")[:10])


def _nudges(actor: User) -> QuerySet[Message]:
    return Message.objects.filter(user=actor, transactional=False)


def _sent(actor: User, at: datetime) -> list[datetime]:
    """When nudges went out, or set out, lately."""
    found = _nudges(actor).filter(
        state__in=(Message.State.SENT, Message.State.SENDING),
        tried_at__gte=at - timedelta(days=LOOK_BACK_DAYS),
    )
    return [when for when in found.values_list("tried_at", flat=True) if when is not None]


def _answers(actor: User, messages: list[Message], choices: Preference) -> list[datetime]:
    found = [message.acted_at for message in messages] + [choices.answered_at]
    own = getattr(actor, "client", None)
    if own is not None:
        done = Event.objects.filter(client=own, created_by=actor).order_by("-created_at")
        found.append(done.values_list("created_at", flat=True).first())
    return [when for when in found if when is not None]
