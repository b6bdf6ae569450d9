"""Signs of life: a worker beats, and when it has gone quiet its jobs are given back.

No clocks are compared. Each worker watches the others' rows, once a beat: a row that has not
changed over a few looks in a row belongs to a worker that is gone. A machine that sleeps, or a
database that holds everybody up, stops the looks along with the beats, so nobody is declared gone
by mistake; and were it to happen, a worker may only finish a job that is still its own.
"""

import logging
from datetime import datetime

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from coachwork.notifications.jobs import results
from coachwork.notifications.models import Lease

QUIET_LOOKS = 3

log = logging.getLogger("coachwork.jobs")


def beat(worker: str, at: datetime) -> None:
    """Say that this worker is alive."""
    Lease.objects.update_or_create(worker=worker, defaults={"seen_at": at})


def end(worker: str) -> None:
    """Say that this worker has stopped, in order and with nothing in its hands."""
    Lease.objects.filter(worker=worker).delete()


class Watch:
    """What one worker has seen of the others."""

    def __init__(self, worker: str, quiet_looks: int = QUIET_LOOKS) -> None:
        self.worker = worker
        self.quiet_looks = quiet_looks
        self.looks: dict[str, tuple[datetime, int]] = {}

    def look(self) -> set[str]:
        """Look once at every other worker's row; returns those that have gone quiet."""
        rows = Lease.objects.exclude(worker=self.worker).values_list("worker", "seen_at")
        seen, self.looks = self.looks, {}
        for worker, beaten in rows:
            before, looks = seen.get(worker, (None, 0))
            self.looks[worker] = (beaten, looks + 1 if before == beaten else 0)
        return {worker for worker, (_, looks) in self.looks.items() if looks >= self.quiet_looks}

    def reap(self, at: datetime) -> int:
        """Give back the jobs of workers that are gone; returns how many."""
        gone = self.look()
        living = {self.worker, *self.looks} - gone
        given_back = 0
        if self._orphans(living):
            with transaction.atomic():
                for job in self._orphans(living, lock=True):
                    results.give_back(job, at)
                    given_back += 1
        if gone:
            Lease.objects.filter(worker__in=gone).delete()
            log.warning("%d worker(s) gone, %d job(s) given back", len(gone), given_back)
        return given_back

    @staticmethod
    def _orphans(living: set[str], *, lock: bool = False) -> list[results.Job]:
        running = DBTaskResult.objects.running()
        if lock:
            running = running.select_for_update(skip_locked=True)
        return [job for job in running if not job.worker_ids or job.worker_ids[-1] not in living]
