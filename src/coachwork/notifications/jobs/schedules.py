"""Jobs that come round: the table in the settings, and the moment when one is due.

However many workers look, one slot is enqueued once: the next time moves only for the worker that
still finds the old one, in the transaction that enqueues the job.
"""

import logging
from datetime import UTC, datetime

from croniter import croniter
from django.conf import settings
from django.db import transaction

from coachwork.kit import jobs
from coachwork.notifications.models import Schedule

log = logging.getLogger("coachwork.jobs")


def next_time(cron: str, after: datetime) -> datetime:
    """The first slot after this time; cron lines are read in UTC."""
    found: datetime = croniter(cron, after.astimezone(UTC)).get_next(datetime)  # type: ignore[no-untyped-call]
    return found


def sync(at: datetime) -> None:
    """Bring the rows in line with the table: new ones, changed ones, and those that are gone."""
    with transaction.atomic():
        there = {row.name: row for row in Schedule.objects.select_for_update()}
        for name, (job, cron) in settings.SCHEDULES.items():
            row = there.pop(name, None)
            if row is None or (row.job, row.cron) != (job, cron):
                # Two workers may start at once: the second finds what the first has written.
                Schedule.objects.update_or_create(
                    name=name, defaults={"job": job, "cron": cron, "next_at": next_time(cron, at)}
                )
        Schedule.objects.filter(name__in=there).delete()


def tick(at: datetime) -> int:
    """Enqueue what is due; returns how many. A time that was slept through comes once, now."""
    enqueued = 0
    for row in Schedule.objects.filter(next_at__lte=at):
        try:
            enqueued += _take(row, at)
        except (ImportError, TypeError) as problem:
            log.error("schedule %s: %s", row.name, type(problem).__name__)
    return enqueued


def _take(row: Schedule, at: datetime) -> int:
    with transaction.atomic():
        mine = Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(
            next_at=next_time(row.cron, at)
        )
        if mine:
            jobs.enqueue(row.job)
    return mine
