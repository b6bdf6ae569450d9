"""Jobs are asked for by name, within the transaction, and are told ids only."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from coachwork.kit import jobs
from coachwork.kit.ids import new_id
from coachwork.notifications.jobs import work_off
from tests.builders import NOW
from tests.notifications import sample_jobs

HERE = "tests.notifications.sample_jobs"
pytestmark = pytest.mark.django_db


def test_a_job_is_found_by_its_name_and_told_ids_and_dates(monkeypatch):
    monkeypatch.setattr(sample_jobs, "MARKS", done := [])
    one = new_id()
    jobs.enqueue(f"{HERE}.mark", one, 7, date(2026, 1, 5))
    assert work_off() == 1
    assert done == [f"{one} 7 2026-01-05"]


@pytest.mark.parametrize("text", ["Amira's goal", {"note": "text"}, None, b"bytes"])
def test_text_is_never_an_argument(text):
    with pytest.raises(TypeError, match="ids and dates only"):
        jobs.enqueue(f"{HERE}.mark", text)
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("name", ["not_a_job", "MARKS"])
def test_only_jobs_can_be_asked_for(name):
    with pytest.raises(TypeError, match="not a job"):
        jobs.enqueue(f"{HERE}.{name}")


def test_a_job_is_enqueued_only_if_its_cause_happens():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue(f"{HERE}.mark", 1)
        raise ZeroDivisionError
    assert not DBTaskResult.objects.exists()


def test_a_job_for_later_waits(monkeypatch):
    monkeypatch.setattr(sample_jobs, "MARKS", done := [])
    jobs.enqueue(f"{HERE}.mark", 1, due_at=NOW + timedelta(days=36_500))
    jobs.enqueue(f"{HERE}.mark", 2, due_at=NOW - timedelta(days=1))
    assert work_off() == 1
    assert done == ["2"]
