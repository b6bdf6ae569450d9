"""What becomes of a job: taken, done, given back, tried again later, or failed for good.

A failure is kept as its kind and the places in our code, never its message: that may quote what a
person wrote.
"""

import logging
from datetime import datetime, timedelta
from traceback import extract_tb
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult, get_date_max

from coachwork.notifications.models import Lease

TRIES = 3
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=2))  # before the second and the third try
READY, RUNNING = "READY", "RUNNING"
DONE, FAILED = "SUCCESSFUL", "FAILED"
LOST = "WorkerLost"

Job = DBTaskResult[Any, Any]  # a job as it is stored

log = logging.getLogger("coachwork.jobs")


def take(worker: str, at: datetime) -> Job | None:
    """The next job that is due, now in this worker's hands; None when there is nothing to do."""
    when = Q(run_after=get_date_max()) | Q(run_after__lte=at)  # the end of time means "now"
    due = DBTaskResult.objects.filter(when, status=READY)
    # Asking first keeps an idle worker from taking SQLite's one write lock all the time.
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is not None:
            job.status, job.started_at = RUNNING, at
            job.worker_ids = [*job.worker_ids, worker]
            job.save(update_fields=["status", "started_at", "worker_ids"])
    return job


def finish(job: Job, worker: str, at: datetime) -> None:
    """The job is done, if it is still this worker's."""
    with transaction.atomic():
        if still := _mine(job, worker):
            _write(still, DONE, at)


def fail(job: Job, worker: str, problem: BaseException, at: datetime) -> None:
    """The job raised an error: try again later, or no more."""
    with transaction.atomic():
        if still := _mine(job, worker):
            again = isinstance(problem, Exception) and len(still.worker_ids) < TRIES
            kind = type(problem).__name__
            log.error("%s: %s, %s", still.task_path, kind, "will try again" if again else "failed")
            if again:
                _ready(still, at + BACK_OFF[len(still.worker_ids) - 1])
            else:
                _write(still, FAILED, at, kind=kind, places=_places(problem))


def give_back(job: Job, at: datetime) -> None:
    """The job's worker is gone: let another do it, but not for ever."""
    if len(job.worker_ids) >= TRIES:
        log.error("%s: lost with its worker %d times, failed", job.task_path, TRIES)
        _write(job, FAILED, at, kind=LOST)
    else:
        _ready(job, at)


def put_back(job: Job, worker: str) -> None:
    """Hand a job back untouched, as if it had not been taken."""
    with transaction.atomic():
        if still := _mine(job, worker):
            still.worker_ids = still.worker_ids[:-1]
            still.status = READY
            still.save(update_fields=["status", "worker_ids"])


def prune(before: datetime, *, batch: int = 1000) -> int:
    """Forget jobs that ended before this time, a batch at a time; returns how many."""
    total = 0
    while True:
        old = DBTaskResult.objects.finished().filter(finished_at__lt=before).order_by()
        ids = list(old.values_list("pk", flat=True)[:batch])
        if not ids:
            return total
        total += DBTaskResult.objects.filter(pk__in=ids).delete()[0]


def forget_leases(before: datetime) -> None:
    Lease.objects.filter(seen_at__lt=before).delete()


def _mine(job: Job, worker: str) -> Job | None:
    """The job as it stands, unless it has been given to somebody else meanwhile."""
    still = DBTaskResult.objects.select_for_update().filter(pk=job.pk, status=RUNNING).first()
    if still is None or still.worker_ids != job.worker_ids or still.worker_ids[-1:] != [worker]:
        return None
    return still


def _ready(job: Job, due_at: datetime) -> None:
    job.status, job.run_after = READY, due_at
    job.save(update_fields=["status", "run_after"])


def _write(job: Job, status: str, at: datetime, *, kind: str = "", places: str = "") -> None:
    job.status, job.finished_at = status, at
    job.exception_class_path, job.traceback = kind, places
    job.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])


def _places(problem: BaseException) -> str:
    return "\n".join(
        f"{place.filename}:{place.lineno} {place.name}"
        for place in extract_tb(problem.__traceback__)
    )
