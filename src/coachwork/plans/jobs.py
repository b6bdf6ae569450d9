"""Schedules that are too large for a page, and the night's look at what slipped."""

from uuid import UUID

from django.utils import timezone

from coachwork.kit import pools
from coachwork.kit.jobs import task
from coachwork.plans import actions


@task
def work_out(proposal: str) -> None:
    """Work out one proposed schedule; doing it twice changes nothing."""
    actions.work_out_schedule(proposal_id=UUID(proposal), at=timezone.now())


@task
def look_again() -> None:
    """Propose a schedule where something slipped; a night that was stopped goes on the next."""
    actions.replan_all(pool=pools.Alone(), at=timezone.now())
