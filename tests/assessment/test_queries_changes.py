"""What has changed since the report before, from the two frozen reports."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.assessment import queries
from tests import builders as make
from tests.assessment.stage import Round

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def twice(first, second):
    """The same question to eight peers, a year apart."""
    one = Round(peer=8)
    one.answered("peer", *[first] * 8)
    one.released()
    two = Round(one.client, at=make.NOW + YEAR, peer=8)
    for token in two.tokens("peer"):
        two.answer(token, second, at=make.NOW + YEAR + timedelta(days=1))
    two.released(at=make.NOW + YEAR + timedelta(days=20))
    return two


def page(one):
    browser = Browser()
    browser.force_login(one.actor)
    url = reverse("assessment:report", args=[one.row.pk])
    return browser.get(url, {"read": "all"}).content.decode()


def test_a_clear_change_is_said_and_one_that_is_not_clear_is_called_so():
    html = page(twice(2, 5))
    assert "others see more of it now" in html
    assert "no clear change" not in html


def test_half_a_step_is_no_clear_change():
    html = page(twice(3, 3))
    assert "no clear change" in html
    assert "of it now" not in html


def test_the_first_report_says_nothing_of_change():
    one = Round(peer=3)
    one.answered("peer", 3, 3, 4)
    row = one.released()
    found = queries.report(actor=one.actor, asked_in=one.row)
    assert found.row == row and found.since.since is None
    assert "of it now" not in page(one) and "no clear change" not in page(one)
