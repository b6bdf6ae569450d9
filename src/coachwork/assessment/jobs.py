"""Rounds close by themselves, and names are forgotten in time."""

from django.utils import timezone

from coachwork.assessment import actions
from coachwork.kit.jobs import task


@task
def close_rounds() -> None:
    """Close what is due, a batch after the other."""
    while actions.close_due(at=timezone.now()):
        pass


@task
def offer_pulses() -> None:
    """Whoever wanted to ask again after some weeks is told that it is time."""
    actions.offer_pulses(today=timezone.localdate(), at=timezone.now())


@task
def calibrate() -> None:
    """Calibrate what has enough new rounds. A framework a transaction: a kill loses one at most."""
    actions.calibrate_due(at=timezone.now())


@task
def forget_raters() -> None:
    """A month after a round is over, nothing says any more who was asked."""
    actions.forget_raters(at=timezone.now())
