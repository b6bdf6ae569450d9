"""What a person chooses to receive. It is always about their own messages."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.engine import attention
from coachwork.kit.errors import Invalid
from coachwork.notifications.actions.queueing import queue
from coachwork.notifications.models import Preference
from coachwork.notifications.queries import preferences
from coachwork.people.models import User

LONGEST_PAUSE_DAYS = 366
CHOICES = (
    "digest",
    "digest_at",
    "look_ahead",
    "nudges",
    "weekends",
    "quiet_from",
    "quiet_to",
)


@transaction.atomic
def choose(*, actor: User, at: datetime, choices: Mapping[str, object]) -> Preference:
    """Change some of the choices; nudges ignored before this no longer count."""
    row = _row(actor)
    for name, value in choices.items():
        if name not in CHOICES:
            raise KeyError(name)
        setattr(row, name, value)
    row.answered_at = at
    return _kept(row, actor, at)


@transaction.atomic
def pause(*, actor: User, until: date, at: datetime, confirm: bool = False) -> Preference:
    """No nudges until this day; with `confirm`, a mail says so to whoever did not do it."""
    today = at.astimezone(preferences.zone(actor)).date()
    if not today < until <= today + timedelta(days=LONGEST_PAUSE_DAYS):
        raise Invalid({"until": _("Choose a day between tomorrow and a year from now.")})
    row = _row(actor)
    row.paused_until, row.answered_at = until, at
    _kept(row, actor, at)
    if confirm:
        queue(
            kind="pause-confirmed",
            at=at,
            key=f"pause:{actor.pk}:{today}:{until}",
            user=actor,
            fields={"paused_until": until},
        )
    return row


@transaction.atomic
def resume(*, actor: User, at: datetime) -> Preference:
    """End the pause."""
    row = _row(actor)
    row.paused_until, row.answered_at = None, at
    return _kept(row, actor, at)


@transaction.atomic
def unsubscribe(*, actor: User, choice: str, at: datetime) -> Preference:
    """End one sort of nudge. Mail about the safety of the account is no choice, so it goes on."""
    if choice not in preferences.CHOICES:
        raise KeyError(choice)
    row = _row(actor)
    setattr(row, choice, False)
    row.answered_at = at
    return _kept(row, actor, at)


def _row(actor: User) -> Preference:
    Preference.objects.get_or_create(user=actor)
    return Preference.objects.select_for_update().get(user=actor)


def _kept(row: Preference, actor: User, at: datetime) -> Preference:
    wanted = preferences.wants_mail(row)
    hours = preferences.hours(row, actor)
    row.next_at = attention.next_slot(hours, row.digest_at, at) if wanted else None
    row.save()
    return row
