"""Jobs of this room."""

from django.utils import timezone

from coachwork.accountability import actions
from coachwork.kit.jobs import task


@task
def ask_and_welcome() -> None:
    """The morning's round of check-ins."""
    actions.ask_and_welcome(at=timezone.now())
