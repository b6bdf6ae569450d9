"""What is no longer needed goes: ended jobs, signs of life, sessions, and old mails."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from coachwork.kit.jobs import task
from coachwork.notifications import actions
from coachwork.notifications.jobs import results

JOB_DAYS = 7
LEASE_DAYS = 1
MESSAGE_DAYS = 90


@task
def tidy() -> None:
    """Forget what has served its time."""
    now = timezone.now()
    results.prune(now - timedelta(days=JOB_DAYS))
    results.forget_leases(now - timedelta(days=LEASE_DAYS))
    actions.forget_messages(before=now - timedelta(days=MESSAGE_DAYS))
    call_command("clearsessions")
