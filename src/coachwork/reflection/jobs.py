"""Jobs of this room."""

from django.utils import timezone

from coachwork.kit.jobs import task
from coachwork.reflection import actions


@task
def remind_of_returns() -> None:
    """Write to those for whom a decision or a letter comes back."""
    actions.remind_of_returns(at=timezone.now())
