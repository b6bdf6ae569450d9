"""What a person chose to receive."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from coachwork.engine.attention import Hours
from coachwork.kit import signed
from coachwork.notifications.models import Message, Preference
from coachwork.people.models import User

# Which choice of the person each kind of nudge hangs on; all others are reminders of steps.
CHOICE_OF = {"daily-digest": "digest", "weekly-look-ahead": "look_ahead"}
NUDGES = "nudges"
CHOICES = (*CHOICE_OF.values(), NUDGES)
RECENT = 10


def preference(*, actor: User) -> Preference:
    """The actor's own choices; as they are at first where nothing has been chosen."""
    return Preference.objects.filter(pk=actor.pk).first() or Preference(user=actor)


def choice_of(kind: str) -> str:
    """The choice that this kind of nudge hangs on."""
    return CHOICE_OF.get(kind, NUDGES)


def wants_mail(choices: Preference) -> bool:
    """Whether there is anything that may come round at all."""
    return any(getattr(choices, choice) for choice in CHOICES)


def is_paused(*, actor: User, at: datetime, choices: Preference) -> bool:
    """Whether nothing comes today because the actor said so."""
    today = at.astimezone(zone(actor)).date()
    return choices.paused_until is not None and today < choices.paused_until


def recent(*, actor: User) -> list[Message]:
    """What came to the actor lately, or was held back."""
    return list(Message.objects.filter(user=actor).order_by("-created_at")[:RECENT])


def reader(*, purpose: str, token: str, acts: Iterable[str]) -> tuple[User, str]:
    """The person whom a signed link in a mail stands for, and what it is to do."""
    try:
        user_id, act = signed.read(purpose, token)
    except (signed.NotALink, ValueError):
        raise User.DoesNotExist from None
    if act not in acts:
        raise User.DoesNotExist
    return User.objects.get(pk=user_id, is_active=True), act


def hours(preference: Preference, user: User) -> Hours:
    """The same choices as the engine reads them."""
    return Hours(
        zone=zone(user),
        quiet_from=preference.quiet_from,
        quiet_to=preference.quiet_to,
        weekends=preference.weekends,
        paused_until=preference.paused_until,
    )


def zone(user: User) -> ZoneInfo:
    """Where the person lives; the house's own zone where that cannot be read."""
    try:
        return ZoneInfo(user.timezone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)
