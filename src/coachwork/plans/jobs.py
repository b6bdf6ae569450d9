"""Schedules that are too large for a page are worked out here."""

from uuid import UUID

from django.utils import timezone

from coachwork.kit.jobs import task
from coachwork.plans import actions


@task
def work_out(proposal: str) -> None:
    """Work out one proposed schedule; doing it twice changes nothing."""
    actions.work_out_schedule(proposal_id=UUID(proposal), at=timezone.now())
