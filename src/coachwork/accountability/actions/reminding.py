"""The question of the week, and one word of welcome after a silence."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from coachwork.accountability import queries
from coachwork.accountability.models import CheckIn, CheckInPlan
from coachwork.engine import rhythm
from coachwork.kit import weeks
from coachwork.notifications import actions as notifications
from coachwork.notifications import queries as chosen

LINKS = {
    "check-in-ask": {"check_in_url": "accountability:check-in"},
    "comeback": {
        "check_in_url": "accountability:check-in",
        "home_url": "accountability:keeping",
    },
}


def ask_and_welcome(*, at: datetime) -> None:
    """Ask those whose day it is; welcome back, once, those who have been quiet for a while.

    Whoever gets the welcome is asked nothing else that week.
    """
    plans = CheckInPlan.objects.filter(client__user__is_active=True).select_related("client__user")
    for plan in plans.order_by("pk").iterator(500):
        reader = plan.client.user
        assert reader is not None
        today = at.astimezone(chosen.zone(reader) or timezone.get_current_timezone()).date()
        if plan.paused_until and today < plan.paused_until:
            continue
        seen = queries.rhythm_of(plan=plan, today=today)
        since = rhythm.quiet_since(seen)
        asks = bool(seen) and seen[-1].state is rhythm.State.OPEN
        if since is not None:
            _write(plan, "comeback", f"comeback:{plan.client_id}:{since}", at)
        elif asks and today.weekday() == plan.weekday and not _answered(plan, today):
            _write(plan, "check-in-ask", f"check-in:{plan.client_id}:{weeks.monday(today)}", at)


def _answered(plan: CheckInPlan, today: object) -> bool:
    monday = weeks.monday(today)  # type: ignore[arg-type]
    return CheckIn.objects.filter(client=plan.client_id, week_on=monday).exists()


def _write(plan: CheckInPlan, kind: str, key: str, at: datetime) -> None:
    notifications.queue(
        kind=kind,
        at=at,
        key=key,
        user=plan.client.user,
        about=plan.client_id,
        fields={},
        links={name: reverse(where) for name, where in LINKS[kind].items()},
    )
