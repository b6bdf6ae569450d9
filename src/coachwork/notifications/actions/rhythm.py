"""When a person's next digest is due: worked out ahead, so that finding those due is one look."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from coachwork.engine import attention
from coachwork.notifications.models import Preference
from coachwork.notifications.queries import preferences
from coachwork.people.models import User

BATCH = 500


@transaction.atomic
def plan_first_digests(*, at: datetime) -> int:
    """Give people with a record who have no time for a digest yet their first; returns how many."""
    # Those who want nothing that comes round have no next time, and that is right.
    wanting = Q()
    for choice in preferences.CHOICES:
        wanting |= Q(**{f"message_preference__{choice}": True})
    unplanned = Q(message_preference=None) | (Q(message_preference__next_at=None) & wanting)
    people = list(User.objects.filter(unplanned, client__isnull=False, is_active=True)[:BATCH])
    Preference.objects.bulk_create(
        [Preference(user=user) for user in people], ignore_conflicts=True
    )
    for choices in Preference.objects.filter(user__in=people).select_related("user"):
        move_on(choices=choices, at=at)
    return len(people)


@transaction.atomic
def move_on(*, choices: Preference, at: datetime) -> bool:
    """Move to the next digest's time; False when another worker has done so already."""
    hours = preferences.hours(choices, choices.user)
    wanted = preferences.wants_mail(choices)
    slot = attention.next_slot(hours, choices.digest_at, at) if wanted else None
    rows = Preference.objects.filter(pk=choices.pk, next_at=choices.next_at)
    return rows.update(next_at=slot) == 1


def due_digests(*, at: datetime) -> list[Preference]:
    """Those whose digest is due, the longest waiting first."""
    due = Preference.objects.filter(next_at__lte=at).select_related("user")
    return list(due.order_by("next_at")[:BATCH])
