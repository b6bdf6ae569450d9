"""The pages around a report: the coach's and the client's side."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coachwork.assessment import actions
from coachwork.assessment.models import FeedbackRound
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.stage import Round
from tests.assessment.test_views_rounds import page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.now()


@pytest.fixture
def one(today):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    asked = Round(amira, at=today - timedelta(days=20), peer=3)
    actions.approve_round(actor=carl, asked_in=asked.row, at=today - timedelta(days=20))
    asked.fresh()
    asked.answered_at(today - timedelta(days=19), peer=(3, 3, 4)).closed(at=today)
    asked.carl = carl
    return asked


def at(name, one):
    return reverse(f"assessment:{name}", args=[one.row.pk])


def test_a_reason_to_wait_is_read_by_the_client_and_a_wrong_day_loses_nothing(one, today):
    carl, amira = signed_in(one.carl), signed_in(one.actor)
    assert "I need a little longer" in page(carl.get(at("round", one)))
    assert "I need a little longer" not in page(amira.get(at("round", one)))
    late = {"until": (today + timedelta(days=60)).date().isoformat(), "reason": "Back on Monday"}
    answer = carl.post(at("round-hold", one), late)
    assert answer.status_code == 422
    assert "Back on Monday" in page(answer)
    good = {**late, "until": (today + timedelta(days=20)).date().isoformat()}
    assert carl.post(at("round-hold", one), good).status_code == 302
    html = page(amira.get(at("round", one)))
    assert "Back on Monday" in html
    assert amira.get(at("round-hold", one)).status_code == 302
    assert amira.post(at("round-hold", one), good).status_code == 403


def test_the_choice_how_to_read_is_kept_and_leads_on(one, today):
    actions.release_round(actor=one.carl, asked_in=one.row, at=today)
    amira = signed_in(one.actor)
    assert "How would you like to read it?" in page(amira.get(at("report", one)))
    for choice, part in (("strengths", "?read=strengths"), ("now", "?read=all")):
        answer = amira.post(at("round-reading", one), {"reading": choice})
        assert answer["Location"].endswith(part)
    answer = amira.post(at("round-reading", one), {"reading": "coach"})
    assert answer["Location"] == reverse("home")
    assert amira.post(at("round-reading", one), {"reading": "x"}).status_code == 422
    assert one.fresh().reading == FeedbackRound.Reading.COACH


def test_notes_for_the_talk_stand_beside_the_report_of_the_coach_alone(one, today):
    actions.release_round(actor=one.carl, asked_in=one.row, at=today)
    carl = signed_in(one.carl)
    carl.post(at("round-note", one), {"text": "Begin with the museum"})
    html = page(carl.get(at("report", one)))
    assert "Begin with the museum" in html
    assert html.index("Begin with the museum") < html.index("An order for the talk")
    amira = signed_in(one.actor)
    assert "museum" not in page(amira.get(at("report", one) + "?read=all"))
    assert amira.post(at("round-note", one), {"text": "x"}).status_code in {403, 404}


def test_a_coach_has_one_page_for_all_rounds(one):
    carl = signed_in(one.carl)
    html = page(carl.get(reverse("assessment:rounds-coached")))
    assert "Amira" in html
    assert "Answers are in" in html
    assert reverse("assessment:rounds-coached") in page(
        carl.get(reverse("assessment:rounds-of", args=[one.client.pk]))
    )
    empty = page(signed_in(one.actor).get(reverse("assessment:rounds-coached")))
    assert "No round is open" in empty
