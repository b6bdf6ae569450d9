"""The page on which a coach looks first, and the line in the report."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coachwork.assessment import actions
from coachwork.assessment.models import HeldComment
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.stage import Round
from tests.assessment.test_views_rounds import page, signed_in

pytestmark = pytest.mark.django_db
THREAT = "I know where you live."
LINE = "A comment was kept back"


@pytest.fixture
def today():
    return timezone.now()


@pytest.fixture
def one(today):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    asked = Round(amira, at=today - timedelta(days=20), peer=4)
    actions.approve_round(actor=carl, asked_in=asked.row, at=today - timedelta(days=20))
    asked.fresh()
    for token, words in zip(asked.tokens("peer"), ("a", "b", "c", THREAT), strict=True):
        asked.answer(token, 3, words=words, at=today - timedelta(days=19))
    asked.closed(at=today)
    asked.carl = carl
    return asked


def at(name, one):
    return reverse(f"assessment:{name}", args=[one.row.pk])


def test_a_coach_looks_decides_and_the_client_reads_it(one, today):
    carl, amira = signed_in(one.carl), signed_in(one.actor)
    assert at("round-held", one) in page(carl.get(at("round", one)))
    html = page(carl.get(at("round-held", one)))
    assert THREAT in html
    for word in ("Peer", "peer", "peer3@example.org", str(one.replies("peer")[3].pk)):
        assert word not in html
    key = HeldComment.objects.get().pk
    wrong = carl.post(at("round-held", one), {"comment": key})
    assert wrong.status_code == 422
    assert THREAT in page(wrong)
    good = {"comment": key, "outcome": "fair"}
    assert carl.post(at("round-held", one), good).status_code == 302
    assert "Decided." in page(carl.get(at("round-held", one)))
    actions.release_round(actor=one.carl, asked_in=one.row, at=today)
    html = page(amira.get(at("report", one) + "?read=all"))
    assert THREAT in html
    assert LINE not in html
    assert carl.get(at("round-held", one)).status_code == 302


def test_the_client_has_no_such_page_and_reads_one_line_with_whom_to_ask(one, today, settings):
    amira = signed_in(one.actor)
    html = page(amira.get(at("round", one)))
    assert at("round-held", one) not in html
    answer = amira.get(at("round-held", one))
    assert (answer.status_code, answer["Location"]) == (302, at("round", one))
    key = HeldComment.objects.get().pk
    amira.post(at("round-held", one), {"comment": key, "outcome": "fair"})
    assert HeldComment.objects.get().outcome == ""
    actions.release_round(actor=one.carl, asked_in=one.row, at=today)
    settings.CONTACT = "Noor, noor@example.org"
    html = page(amira.get(at("report", one) + "?read=all"))
    assert html.count(LINE) == 1
    assert "Noor, noor@example.org" in html
    assert THREAT not in html
    settings.CONTACT = ""
    assert "those who run this site" in page(amira.get(at("report", one) + "?read=all"))
    assert LINE not in page(amira.get(at("report", one) + "?read=strengths"))
