"""Files are read in the background: a catalogue takes longer than a page may."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coachwork.frameworks import actions
from coachwork.frameworks.actions import runs
from coachwork.frameworks.models import ImportRun
from coachwork.kit.errors import Refused
from coachwork.kit.jobs import task
from coachwork.people.models import User

STEP = 2


@task
def run_import(run_id: str) -> None:
    """Read one file and write what is in it. Running it again changes nothing more."""
    run = runs.take_import(actor=None, run_id=UUID(run_id))
    if run is None:
        return
    actor = User.objects.filter(pk=run.created_by_id).first() if run.created_by_id else None
    if actor is None:
        runs.finish_import(actor=None, run=run, at=timezone.now(), report=None, problem=_gone())
        return
    with override(actor.locale):
        _read(run, actor)


def _gone() -> str:
    return _("Whoever asked for this has left.")


def _read(run: ImportRun, actor: User) -> None:
    problem, report = "", None
    try:
        report = actions.import_file(
            actor=actor,
            kind=run.kind,
            path=runs.place_of(run),
            locale=run.locale,
            name=run.name or run.file_name.rpartition(".")[0],
            organisation=run.organisation,
            dry_run=run.dry_run,
            progress=_Steps(run, actor),
            at=timezone.now(),
        )
    except FileNotFoundError:
        problem = _("The file is no longer there. Bring it again.")
    except (PermissionDenied, ObjectDoesNotExist):
        problem = _("Whoever asked for this may no longer bring files here.")
    except Exception as trouble:
        if not isinstance(trouble, Refused):
            problem = _("Something went wrong on our side. Nothing was changed.")
            runs.finish_import(
                actor=actor, run=run, at=timezone.now(), report=None, problem=problem
            )
            raise
        problem = str(trouble)
    runs.finish_import(actor=actor, run=run, at=timezone.now(), report=report, problem=problem)


class _Steps:
    """Passes progress on in steps, so that it is not written a thousand times."""

    def __init__(self, run: ImportRun, actor: User) -> None:
        self.run, self.actor = run, actor

    def __call__(self, done: int, total: int) -> None:
        percent = done * 100 // total if total else 0
        if percent >= self.run.percent + STEP:
            runs.move_import(actor=self.actor, run=self.run, percent=percent)
