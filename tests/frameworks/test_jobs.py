"""Files are read in the background, once, whatever happens on the way."""

import pytest

from coachwork.frameworks import actions, jobs
from coachwork.frameworks.actions import runs
from coachwork.frameworks.models import Framework, ImportRun
from tests import builders as make
from tests.frameworks.conftest import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(operator, settings, tmp_path, monkeypatch):
    """A file that was brought and waits."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from coachwork.kit import jobs as queue

    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(queue, "enqueue", lambda name, *ids: None)
    content = (SAMPLES / "framework.csv").read_bytes()
    return actions.request_import(
        actor=operator,
        kind="csv",
        upload=SimpleUploadedFile("../Sailing v1.csv", content),
        organisation=None,
        at=make.NOW,
    )


def test_the_file_is_read_once_and_then_gone(asked):
    assert runs.place_of(asked).exists()
    jobs.run_import.func(str(asked.pk))
    asked.refresh_from_db()
    assert (asked.status, asked.percent) == (ImportRun.Status.DONE, 100)
    assert Framework.objects.get(pk=asked.framework).name == "Sailing v1"
    assert not runs.place_of(asked).exists()
    jobs.run_import.func(str(asked.pk))
    assert Framework.objects.count() == 1


def test_a_name_of_a_file_never_leaves_its_folder(asked, settings):
    place = runs.place_of(asked).resolve()
    assert place.is_relative_to(settings.MEDIA_ROOT)
    assert place.parent.name == str(asked.pk)


def test_a_run_that_was_cut_off_is_read_again(asked):
    ImportRun.objects.update(status=ImportRun.Status.READING, percent=30)
    jobs.run_import.func(str(asked.pk))
    asked.refresh_from_db()
    assert asked.status == ImportRun.Status.DONE


def test_a_file_that_has_gone_is_told(asked):
    runs.place_of(asked).unlink()
    jobs.run_import.func(str(asked.pk))
    asked.refresh_from_db()
    assert asked.status == ImportRun.Status.REFUSED
    assert "Bring it again" in asked.problem


def test_a_fault_of_ours_is_told_without_its_text_and_raised(asked, monkeypatch):
    def fails(**options):
        raise RuntimeError("secret inner text")

    monkeypatch.setattr(actions, "import_file", fails)
    with pytest.raises(RuntimeError):
        jobs.run_import.func(str(asked.pk))
    asked.refresh_from_db()
    assert asked.status == ImportRun.Status.REFUSED
    assert "secret" not in asked.problem


def test_whoever_asked_must_still_be_there_and_allowed(asked, operator):
    operator.is_staff = False
    operator.save()
    jobs.run_import.func(str(asked.pk))
    asked.refresh_from_db()
    assert asked.status == ImportRun.Status.REFUSED
    assert not Framework.objects.exists()


def test_a_run_of_somebody_who_left_ends(asked, operator):
    operator.delete()
    jobs.run_import.func(str(asked.pk))
    asked.refresh_from_db()
    assert asked.status == ImportRun.Status.REFUSED
