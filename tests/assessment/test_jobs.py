"""Rounds close by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coachwork.assessment import jobs
from coachwork.assessment.models import FeedbackRound
from tests.assessment.stage import Round

pytestmark = pytest.mark.django_db


def test_what_is_due_is_closed_and_later_forgotten():
    one = Round(peer=3, manager=1).answered("manager", 4)
    jobs.close_rounds.func()
    assert one.fresh().state == FeedbackRound.State.CLOSED
    row = one.row
    row.state, row.released_at = "released", timezone.now() - timedelta(days=31)
    row.save()
    jobs.forget_raters.func()
    assert one.fresh().forgotten_at
