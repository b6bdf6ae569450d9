"""Background jobs of the doors."""

from coachwork.kit.jobs import task
from coachwork.web.api import repeats


@task
def forget_answers() -> None:
    """Forget what was kept for repeated requests."""
    repeats.forget()
