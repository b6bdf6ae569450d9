"""The worker: takes one job after another, and beats beside it.

Any number of them may run against one database, and any of them may be killed at any moment.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone, translation
from django.utils.crypto import get_random_string

from coachwork.notifications.jobs import leases, results, schedules

BEAT_SECONDS = 2.0  # a lease lasts three beats
POLL_SECONDS = 0.5
INSIST_TIMES = 20

log = logging.getLogger("coachwork.jobs")


def run_worker(*, beat_seconds: float = BEAT_SECONDS, poll_seconds: float = POLL_SECONDS) -> None:
    """Do jobs until told to stop (SIGTERM, SIGINT); the one in hand is finished first."""
    worker = Worker(beat_seconds=beat_seconds, poll_seconds=poll_seconds)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    worker.run()


def work_off(limit: int = 1000) -> int:
    """Do the jobs that are due, here and now, and return how many: for tests and the demo."""
    worker = Worker()
    for done in range(limit):
        job = results.take(worker.name, timezone.now())
        if job is None:
            return done
        worker.perform(job)
    return limit


class Worker:
    """One process that does jobs."""

    def __init__(
        self, *, beat_seconds: float = BEAT_SECONDS, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(12)}"
        self.beat_seconds = beat_seconds
        self.poll_seconds = poll_seconds
        self.running = True
        self.ended = threading.Event()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Finish the job in hand, then end; a second signal ends at once."""
        if not self.running:
            os._exit(1)
        # Only a flag: an event's lock could be held by the very line the signal interrupted.
        self.running = False

    def run(self) -> None:
        leases.beat(self.name, timezone.now())
        schedules.sync(timezone.now())
        heart = threading.Thread(target=self._beat, name="heart", daemon=True)
        heart.start()
        try:
            while self.running:
                if not self.do_one():
                    time.sleep(self.poll_seconds)
        finally:
            self.ended.set()
            heart.join(timeout=5)
            with suppress(DatabaseError):
                leases.end(self.name)

    def do_one(self) -> bool:
        """Take one job and do it; False when there is none, or the database cannot be asked."""
        close_old_connections()
        try:
            job = results.take(self.name, timezone.now())
        except DatabaseError as problem:
            log.warning("database: %s", type(problem).__name__)
            return False
        if job is not None:
            self.perform(job)
        return job is not None

    def perform(self, job: results.Job) -> None:
        """Do one job, and write down what became of it."""
        try:
            with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
                job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        except Exception as problem:
            failure = problem  # the name `problem` ends with this block
            self._write_down(lambda: results.fail(job, self.name, failure, timezone.now()))
        except BaseException:
            results.put_back(job, self.name)
            raise
        else:
            self._write_down(lambda: results.finish(job, self.name, timezone.now()))

    def _write_down(self, write: Callable[[], None]) -> None:
        """Insist: a job left open by a living worker would never come back.

        Where the database stays away, the worker ends, and its lease with it.
        """
        for _ in range(INSIST_TIMES):
            try:
                return write()
            except DatabaseError as problem:
                log.warning("database: %s", type(problem).__name__)
                connection.close()
                time.sleep(self.poll_seconds)
        return write()

    def _beat(self) -> None:
        """The second thread: say that we live, see who does not, enqueue what has come round."""
        watch = leases.Watch(self.name)
        while not self.ended.wait(self.beat_seconds):
            try:
                now = timezone.now()
                leases.beat(self.name, now)
                watch.reap(now)
                schedules.tick(now)
            except Exception as problem:  # the heart must go on
                log.warning("beat: %s", type(problem).__name__)
                connection.close()
        connection.close()
