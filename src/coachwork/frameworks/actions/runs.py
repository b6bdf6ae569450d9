"""Take a file from a page, and keep people posted while it is read in the background."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import get_valid_filename

from coachwork.frameworks.actions import versions
from coachwork.frameworks.kinds.report import Report
from coachwork.frameworks.models import ImportRun
from coachwork.kit import jobs
from coachwork.kit.ids import new_id
from coachwork.people import access
from coachwork.people.models import Organisation, User

FOLDER = "imports"
JOB = "coachwork.frameworks.jobs.run_import"


@transaction.atomic
def request_import(  # noqa: PLR0913
    *,
    actor: User,
    kind: str,
    upload: UploadedFile[bytes],
    organisation: Organisation | None,
    at: datetime,
    locale: str = "en",
    name: str = "",
    dry_run: bool = False,
) -> ImportRun:
    """Put the file aside and ask for it to be read."""
    access.require_account(actor)
    versions.require_author(actor, organisation)
    run = ImportRun(
        id=new_id(),
        kind=kind,
        file_name=(upload.name or "file")[:200],
        locale=locale,
        name=name,
        dry_run=dry_run,
        organisation=organisation,
        created_by=actor,
        created_at=at,
    )
    run.file = f"{FOLDER}/{run.pk}/{get_valid_filename(run.file_name)[-120:]}"
    place = place_of(run)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    run.save(force_insert=True)
    jobs.enqueue(JOB, run.pk)
    return run


def place_of(run: ImportRun) -> Path:
    return Path(settings.MEDIA_ROOT, run.file)


def take_import(*, actor: User | None, run_id: UUID) -> ImportRun | None:
    """The run to work on now; nothing where it is over, or whoever asked for it has gone."""
    run = ImportRun.objects.select_related("organisation").filter(pk=run_id).first()
    if run is None or run.over:
        return None
    run.status = ImportRun.Status.READING
    run.save(update_fields=["status"])
    return run


def move_import(*, actor: User, run: ImportRun, percent: int) -> None:
    """Say how far it is; between two steps nobody else's work has to wait."""
    access.require_account(actor)
    if percent > run.percent:
        run.percent = min(percent, 100)
        ImportRun.objects.filter(pk=run.pk).update(percent=run.percent, status=run.status)


def finish_import(
    *, actor: User | None, run: ImportRun, at: datetime, report: Report | None, problem: str = ""
) -> None:
    """Keep what came of it; the file itself is no longer needed."""
    run.status = ImportRun.Status.REFUSED if problem else ImportRun.Status.DONE
    run.problem, run.finished_at = problem, at
    if report is not None:
        run.report, run.framework, run.percent = report.as_json(), report.framework, 100
    run.save()
    shutil.rmtree(place_of(run).parent, ignore_errors=True)
