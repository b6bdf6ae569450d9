"""The worker: what is given back, tried again, comes round, and is forgotten."""

import logging
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as live_settings
from django.db import DatabaseError
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from coachwork.kit import jobs
from coachwork.notifications.jobs import leases, results, schedules, tidy, work_off
from coachwork.notifications.jobs.worker import Worker
from coachwork.notifications.models import Lease, Message, Schedule
from tests.builders import NOW
from tests.notifications import sample_jobs

HERE = "tests.notifications.sample_jobs"
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def marks(monkeypatch):
    monkeypatch.setattr(sample_jobs, "MARKS", done := [])
    return done


def only_job() -> DBTaskResult:
    return DBTaskResult.objects.get()


def lose(worker: str = "gone") -> None:
    """A worker takes the job, and is never heard of again."""
    results.take(worker, timezone.now())


# Giving back


def test_the_jobs_of_a_worker_that_has_gone_quiet_are_given_back_and_done_once(marks):
    jobs.enqueue(f"{HERE}.mark", 1)
    leases.beat("gone", NOW)
    lose()
    watch = leases.Watch("here")
    leases.beat("here", NOW)
    given_back = [watch.reap(NOW + n * SECOND) for n in range(5)]
    assert given_back == [0, 0, 0, 1, 0]
    assert work_off() == 1
    assert marks == ["1"]
    assert only_job().status == "SUCCESSFUL"
    assert [lease.worker for lease in Lease.objects.all()] == ["here"]


def test_a_worker_that_beats_keeps_its_job_however_long_it_takes():
    jobs.enqueue(f"{HERE}.mark", 1)
    lose("busy")
    watch = leases.Watch("here")
    for n in range(20):
        leases.beat("busy", NOW + n * SECOND)
        assert watch.reap(NOW) == 0
    assert only_job().status == "RUNNING"


def test_nobody_is_declared_gone_because_everybody_stood_still():
    """A machine that slept for an hour: the clock has moved on, the looks have not."""
    jobs.enqueue(f"{HERE}.mark", 1)
    leases.beat("other", NOW)
    lose("other")
    watch = leases.Watch("here")
    watch.reap(NOW)
    assert watch.reap(NOW + timedelta(hours=1)) == 0
    leases.beat("other", NOW + timedelta(hours=1))
    assert [watch.reap(NOW + timedelta(hours=1)) for _ in range(3)] == [0, 0, 0]


def test_a_job_whose_worker_has_left_no_sign_at_all_is_given_back_at_once():
    jobs.enqueue(f"{HERE}.mark", 1)
    lose("never beat")
    assert leases.Watch("here").reap(NOW) == 1
    assert only_job().status == "READY"


def test_a_job_that_takes_its_worker_down_three_times_has_failed(caplog):
    jobs.enqueue(f"{HERE}.mark", 1)
    for n in range(3):
        lose(f"gone {n}")
        leases.Watch("here").reap(NOW)
    job = only_job()
    assert (job.status, job.exception_class_path) == ("FAILED", "WorkerLost")
    assert len(job.worker_ids) == 3
    assert "sample_jobs.mark: lost with its worker" in caplog.text


def test_a_worker_that_was_given_up_too_early_cannot_finish_what_is_no_longer_its_own(marks):
    jobs.enqueue(f"{HERE}.mark", 1)
    early = results.take("slow", timezone.now())
    leases.Watch("here").reap(timezone.now())
    second = results.take("here", timezone.now())
    assert early is not None and second is not None
    results.finish(early, "slow", NOW)
    assert only_job().status == "RUNNING"
    results.fail(early, "slow", ValueError(), NOW)
    assert only_job().worker_ids == ["slow", "here"]
    results.finish(second, "here", NOW)
    assert only_job().status == "SUCCESSFUL"


# Trying again


def test_a_job_that_fails_is_tried_three_times_and_ever_later(marks):
    jobs.enqueue(f"{HERE}.stumble", 7)
    with time_machine.travel(NOW, tick=False) as clock:
        assert work_off() == 1
        clock.shift(9)
        assert work_off() == 0
        clock.shift(1)
        assert work_off() == 1
        clock.shift(119)
        assert work_off() == 0
        clock.shift(1)
        assert work_off() == 1
        clock.shift(86_400)
        assert work_off() == 0
    assert marks == [7, 7, 7]
    assert only_job().status == "FAILED"


def test_a_failure_is_known_by_its_kind_and_place_and_never_by_what_it_says(caplog, marks):
    jobs.enqueue(f"{HERE}.stumble", 7)
    with caplog.at_level(logging.DEBUG):
        work_off()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        work_off()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        work_off()
    job = only_job()
    assert job.exception_class_path == "ValueError"
    assert "sample_jobs.py" in job.traceback and "stumble" in job.traceback
    assert "ValueError" in caplog.text
    assert "Amira" not in caplog.text + job.traceback


def test_a_job_that_is_no_longer_in_the_code_fails_and_stops_nothing(marks):
    jobs.enqueue(f"{HERE}.mark", 1)
    DBTaskResult.objects.update(task_path=f"{HERE}.was_once")
    jobs.enqueue(f"{HERE}.mark", 2)
    assert work_off() == 2
    assert marks == ["2"]


def test_a_job_that_is_cut_short_by_the_end_of_the_worker_is_put_back():
    jobs.enqueue(f"{HERE}.leave")
    with pytest.raises(SystemExit):
        work_off()
    assert (only_job().status, only_job().worker_ids) == ("READY", [])


def test_a_worker_insists_on_writing_down_what_it_has_done(monkeypatch, marks):
    """Left open by a worker that lives on, the job would never come back."""
    real, failures = results.finish, [DatabaseError(), DatabaseError()]

    def busy(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        real(*arguments)

    monkeypatch.setattr(results, "finish", busy)
    monkeypatch.setattr("coachwork.notifications.jobs.worker.connection.close", lambda: None)
    jobs.enqueue(f"{HERE}.mark", 1)
    worker = Worker(poll_seconds=0)
    assert worker.do_one()
    assert only_job().status == "SUCCESSFUL"
    assert marks == ["1"]


def test_a_job_starts_in_the_language_of_the_house(marks):
    jobs.enqueue(f"{HERE}.language")
    with translation.override("de"):
        work_off()
    assert marks == [live_settings.LANGUAGE_CODE]


def test_jobs_that_matter_more_go_first(marks):
    jobs.enqueue(f"{HERE}.mark", 1)
    sample_jobs.mark.using(priority=5).enqueue(2)
    work_off()
    assert marks == ["2", "1"]


def test_told_to_stop_a_worker_takes_no_more_jobs():
    worker = Worker()
    worker.stop(signal.SIGTERM, None)
    jobs.enqueue(f"{HERE}.mark", 1)
    worker.run()
    assert only_job().status == "READY"
    assert not Lease.objects.exists()


# Coming round


@pytest.fixture
def hourly(settings):
    settings.SCHEDULES = {"marks": (f"{HERE}.mark", "0 * * * *")}
    return settings


def test_a_slot_is_enqueued_once_however_many_look(hourly, marks):
    schedules.sync(NOW)
    at = NOW + timedelta(hours=1)
    assert [schedules.tick(at) for _ in range(3)] == [1, 0, 0]
    assert work_off() == 1


def test_of_two_that_saw_the_same_slot_only_one_enqueues(hourly):
    schedules.sync(NOW)
    seen_by_both = Schedule.objects.get()
    at = NOW + timedelta(hours=1)
    assert schedules._take(seen_by_both, at) == 1
    assert schedules._take(seen_by_both, at) == 0
    assert DBTaskResult.objects.count() == 1


def test_slots_that_were_slept_through_come_once(hourly):
    schedules.sync(NOW)
    at = NOW + timedelta(hours=10, minutes=20)
    assert schedules.tick(at) == 1
    assert Schedule.objects.get().next_at == NOW + timedelta(hours=11)


def test_a_start_brings_the_rows_in_line_with_the_table(hourly):
    Schedule.objects.create(name="old", job="x", cron="* * * * *", next_at=NOW)
    schedules.sync(NOW)
    schedules.sync(NOW + timedelta(minutes=30))  # a second start moves nothing
    assert Schedule.objects.get().next_at == NOW + timedelta(hours=1)
    hourly.SCHEDULES = {"marks": (f"{HERE}.mark", "30 * * * *")}
    schedules.sync(NOW)
    assert Schedule.objects.get().next_at == NOW + timedelta(minutes=30)


def test_a_schedule_that_names_no_job_does_not_stop_the_others(hourly, caplog):
    hourly.SCHEDULES = {"broken": ("nowhere.at.all", "0 * * * *"), **hourly.SCHEDULES}
    schedules.sync(NOW)
    assert schedules.tick(NOW + timedelta(hours=1)) == 1
    assert "schedule broken: ModuleNotFoundError" in caplog.text


@pytest.mark.parametrize("name", live_settings.SCHEDULES)
def test_every_schedule_of_the_house_names_a_job_and_a_time(name):
    job, cron = live_settings.SCHEDULES[name]
    assert jobs.named(job)
    assert schedules.next_time(cron, NOW) > NOW


# Forgetting


def test_what_has_served_its_time_is_forgotten():
    for age in (6, 8):
        jobs.enqueue(f"{HERE}.mark", age)
        with time_machine.travel(timezone.now() - timedelta(days=age), tick=False):
            DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
            work_off()
    jobs.enqueue(f"{HERE}.mark", 9)  # not done yet, whatever its age
    leases.beat("old", timezone.now() - timedelta(days=2))
    for age in (80, 100):
        written = timezone.now() - timedelta(days=age)
        Message.objects.create(
            user=None, address="a@example.org", kind="x", key=str(age), due_at=written,
            created_at=written, state=Message.State.SENT,
        )  # fmt: skip
    tidy.call()
    assert sorted(job.args_kwargs["args"] for job in DBTaskResult.objects.all()) == [[6], [9]]
    assert not Lease.objects.exists()
    assert [message.key for message in Message.objects.all()] == ["80"]


def test_forgetting_works_in_batches():
    ended = datetime(2025, 1, 1, tzinfo=UTC)
    for n in range(5):
        jobs.enqueue(f"{HERE}.mark", n)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=ended)
    assert results.prune(NOW, batch=2) == 5
