"""Import one file: read all of it first, then write all of it or nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import catalogue, drafting, indexing
from coachwork.frameworks.kinds import KINDS
from coachwork.frameworks.kinds.harvest import Harvest, Progress, Wish
from coachwork.frameworks.kinds.report import Report
from coachwork.frameworks.models import Framework
from coachwork.kit.errors import Invalid
from coachwork.kit.tables import open_files
from coachwork.people import access
from coachwork.people.models import Organisation, User

# Reading is most of the work; what is left is writing, in one go.
READING = 70


class _DryRun(Exception):
    """Ends the transaction of a run that was only asked what it would do."""


def import_file(  # noqa: PLR0913 - the command line's own options
    *,
    actor: User,
    kind: str,
    path: Path,
    at: datetime,
    locale: str = "en",
    name: str = "",
    organisation: Organisation | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring a catalogue or framework in: all that is in the file, or nothing."""
    if organisation is None:
        access.require_operator(actor)
    else:
        access.require_organisation(
            actor, access.Verb.WRITE, access.OrganisationThing.FRAMEWORKS, organisation
        )
    if kind not in KINDS or (organisation is not None and kind != "csv"):
        raise Invalid({"kind": _("There is no such kind of import here.")})
    tell = _Way(progress)
    report = Report()
    with open_files(path) as files:
        files.progress = tell.reading
        harvest = KINDS[kind].read(files, Wish(locale, name), report)
    tell.writing(0)
    try:
        with transaction.atomic():
            _write(harvest, organisation, report, at)
            if dry_run:
                _undo()
    except _DryRun:
        pass
    tell.writing(1)
    return report


def _undo() -> NoReturn:
    raise _DryRun


def _write(
    harvest: Harvest, organisation: Organisation | None, report: Report, at: datetime
) -> Framework | None:
    made = None
    if harvest.catalogue is not None:
        source, moved = harvest.catalogue.source, catalogue.write(harvest.catalogue, report, at)
        harvest.catalogue = None  # it is large, and no longer needed
        if moved:
            indexing.index_catalogue(source)
    if harvest.framework is not None:
        made = drafting.store(harvest.framework, organisation, report, at)
    if made is not None:
        report.framework = made.pk
    return made


class _Way:
    """Reading and writing as one way from nothing to done."""

    def __init__(self, progress: Progress | None) -> None:
        self.show: Callable[[int, int], None] = progress or (lambda done, total: None)
        self.done, self.total = 0, 100

    def reading(self, done: int, total: int) -> None:
        self.done, self.total = done, max(total * 100 // READING, 1)
        self.show(done, self.total)

    def writing(self, done: int) -> None:
        self.show(self.total if done else self.done, self.total)
