"""Calibrations: from released answers alone, in batches, and with nothing about anybody."""

import json
from datetime import timedelta

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from coachwork.assessment import actions, jobs
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.scale import cold
from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Calibration
from coachwork.people.models import Organisation
from tests import builders as make
from tests.assessment.stage import framework
from tests.assessment.test_sides import own_view
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db
HARD = 1.5  # how much harder the first behaviour is


class Lived:
    """One released round of somebody, with simulated answers, straight into the tables."""

    def __init__(self, number, *, peers=4, reports=0, at=make.NOW):
        self.client = make.client(f"c{number}")
        home = framework()
        asked = [
            [str(one.pk), [str(b.pk) for b in one.behaviours.all()]]
            for one in home.competencies.order_by("position")[:3]
        ]
        self.row = FeedbackRound.objects.create(
            framework=home, asked=asked, state="closed", closed_at=at, opened_at=at,
            **make.about(self.client),
        )  # fmt: skip
        chance = np.random.default_rng(number)
        b = cold(range(9)).thresholds.copy()
        b[0] += HARD
        skill = chance.normal(0, 1, 3)
        for group, many in (("peer", peers), ("report", reports)):
            for k in range(many):
                view = np.repeat(skill + chance.normal(0, 0.4, 3), 3) + chance.normal(0, 0.4)
                answers = drawn(b, np.arange(9), view, chance) + 1
                items = [item for _code, items in asked for item in items]
                RaterReply.objects.create(
                    round=self.row, group=group, state="submitted", rater=f"{group}{k}",
                    scores=dict(zip(items, answers.tolist(), strict=True)),
                    submitted_on=at.date(), **make.about(self.client),
                )  # fmt: skip
        actions.release_round(actor=self.client.user, asked_in=self.row, at=at)


def crowd(first, last, *, at=make.NOW, **groups):
    return [Lived(number, at=at, **groups) for number in range(first, last)]


def later(days):
    return make.NOW + timedelta(days=days)


def calibrated(at=None):
    made = actions.calibrate_due(at=at or later(1))
    return made[0] if made else None


def test_a_calibration_learns_how_hard_a_behaviour_is_and_levels_are_read_with_it():
    people = crowd(0, 30, peers=5)
    own_view(people[0], [3, 3, 3])
    row = calibrated()
    assert (row.version, row.clients, row.raters) == (1, 30, 150)
    scale = row.scale
    difficulty = {
        item: np.mean(steps)
        for item, steps in zip(scale["items"], scale["thresholds"], strict=True)
    }
    hard, *rest = people[0].row.asked[0][1]
    assert difficulty[hard] > max(difficulty[one] for one in rest) + 0.7
    competency = people[0].row.framework.competencies.get(pk=people[0].row.asked[0][0])
    client = people[0].client
    reading = {"actor": client.user, "client": client, "at": later(2)}
    ledger.said(client, competency, "self", 3)
    reasons = evidence.why(competency=competency, **reading)
    proposed = reasons.view.estimate.proposed
    assert proposed.calibration == scale["version"]
    assert reasons.calibration == row
    assert reasons.view.basis()["calibration"] == scale["version"]


def test_below_the_minimum_of_people_there_is_none():
    crowd(0, 29)
    assert calibrated() is None
    assert not Calibration.objects.exists()


def test_a_second_run_makes_nothing_and_the_next_needs_a_batch():
    crowd(0, 30)
    first = calibrated()
    assert calibrated() is None
    crowd(30, 39, at=later(3))
    assert calibrated(later(4)) is None
    crowd(39, 40, at=later(3))
    jobs.calibrate.call()
    second = Calibration.objects.get(version=2)
    assert second.scale["anchored_to"] == first.scale["version"]
    before = dict(zip(first.scale["items"], first.scale["thresholds"], strict=True))
    after = dict(zip(second.scale["items"], second.scale["thresholds"], strict=True))
    assert {item: after[item] for item in before} == before


def test_the_same_rounds_give_the_same_calibration_after_a_crash():
    crowd(0, 30)
    row = calibrated()
    kept = row.scale, row.diagnosis
    with transaction.atomic():
        Calibration.objects.all().delete()
    again = calibrated()
    assert (again.scale, again.diagnosis) == kept


def test_an_answer_that_no_report_shows_moves_nothing():
    """Two reports a round are too few to be shown; whatever they say, the version is the same."""
    crowd(0, 30, peers=4, reports=2)
    row = calibrated()
    Calibration.objects.all().delete()
    for reply in RaterReply.objects.filter(group="report"):
        RaterReply.objects.filter(pk=reply.pk).update(scores=dict.fromkeys(reply.scores, 1))
    again = calibrated()
    assert again.scale == row.scale
    assert again.diagnosis == row.diagnosis
    assert "report" not in row.scale["kinds"]


def test_an_answer_before_its_release_moves_nothing():
    crowd(0, 30)
    row = calibrated()
    Calibration.objects.all().delete()
    crowd(30, 45, at=later(5))
    assert calibrated(later(1)).scale == row.scale


def test_nothing_of_a_person_or_a_rater_is_kept():
    people = crowd(0, 30, peers=4)
    row = calibrated()
    text = json.dumps([row.scale, row.diagnosis, row.behaviours])
    for one in people:
        assert str(one.client.pk) not in text
    assert "peer0" not in text and "self " not in text
    kinds = row.scale["kinds"]
    assert set(kinds) <= {"peer", "self"}


def test_a_version_is_written_once():
    crowd(0, 30)
    row = calibrated()
    row.version = 7
    with pytest.raises(TypeError, match="made once"):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Calibration.objects.update(version=7)


def test_an_organisation_is_calibrated_by_itself():
    crowd(0, 30)
    other = Organisation.objects.create(name="Elsewhere", created_at=make.NOW)
    assert actions.calibrate_due(at=later(1), organisation=other) == []
    assert len(actions.calibrate_due(at=later(1))) == 1
