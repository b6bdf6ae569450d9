"""The outlook of a goal: a range in words from one source's view, or a plain word on why not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from coachwork.evidence.models import Evidence, Source
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
NOW = stage.NOW + timedelta(weeks=20)


@pytest.fixture
def amira():
    found = make.client()
    found.goal = stage.active(found, target_on=stage.TODAY + timedelta(weeks=32))
    return found


def says(owner, source, level, week, n=1) -> None:
    at = stage.NOW + timedelta(weeks=week)
    Evidence(
        source=source,
        competency=owner.goal.competency,
        level=Decimal(str(level)),
        occasion_on=at.date(),
        n_raters=n,
        provenance=f"{source}:{week}",
        **make.about(owner) | {"created_at": at},
    ).save()


def outlook(owner, at=NOW):
    return queries.outlook(actor=owner.user, goal=owner.goal, at=at)


def test_three_looks_by_one_source_give_a_range_in_words_and_a_fan(amira):
    for week, level in ((0, 2), (8, 2.5), (18, 3)):
        says(amira, Source.PEER, level, week, n=5)
    found = outlook(amira)
    assert found.speaks and found.source == Source.PEER and found.step == 3.5
    assert found.told.startswith("Reaching level 3½ (Dependable to Strong) by Aug. 17, 2026 is")
    assert "%" not in found.told
    assert found.forecast.fan[-1].on == amira.goal.target_on


def test_others_speak_before_the_client_and_sources_are_never_mixed(amira):
    for week in (0, 8, 18):
        says(amira, Source.SELF, 4, week)
        says(amira, Source.MANAGER, 2, week)
    assert outlook(amira).source == Source.MANAGER
    says(amira, Source.SELF, 4, 19)
    found = outlook(amira)  # the client looked more often: then their own view speaks, alone
    assert found.source == Source.SELF and found.step == 4.5


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ((), "has not been looked at"),
        ((18,), "three different days, and there is 1"),
        ((17, 18), "there are 2"),
        ((18, 18.2, 18.4), "within a few weeks"),
    ],
)
def test_with_too_little_it_says_why_and_draws_nothing(amira, weeks, said):
    for week in weeks:
        says(amira, Source.PEER, 2.5, week)
    found = outlook(amira)
    assert said in found.told and not found.speaks


def test_old_looks_and_a_date_that_is_over_are_told(amira):
    for week in (0, 5, 9):
        says(amira, Source.PEER, 2.5, week)
    amira.goal.target_on += timedelta(weeks=30)
    assert "half a year old" in outlook(amira, at=NOW + timedelta(weeks=16)).told
    amira.goal.target_on -= timedelta(weeks=30)
    later = stage.NOW + timedelta(weeks=33)
    assert "date of this goal is over" in outlook(amira, at=later).told


def test_what_came_after_today_does_not_count(amira):
    for week in (0, 8, 30):
        says(amira, Source.PEER, 2.5, week)
    assert "there are 2" in outlook(amira).told


def test_a_draft_or_a_goal_about_no_competency_has_no_outlook(amira):
    draft = stage.draft(amira)
    assert queries.outlook(actor=amira.user, goal=draft, at=NOW) is None
    amira.goal.competency = None
    assert outlook(amira) is None


def test_who_may_not_see_levels_sees_no_outlook(amira):
    for week in (0, 8, 18):
        says(amira, Source.PEER, 2.5, week)
    partner = make.helper(amira, "pia", Relation.PARTNER)
    assert queries.outlook(actor=partner, goal=amira.goal, at=NOW) is None


def test_the_page_shows_the_fan_with_its_table_and_what_it_is_not(amira, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    for week, level in ((0, 2), (8, 2.5), (18, 3)):
        says(amira, Source.PEER, level, week, n=5)
    client.force_login(amira.user)
    page = client.get(reverse("plans:goal", args=[amira.goal.pk])).content.decode()
    assert outlook(amira).told in page and "chart__drawing--fan" in page
    assert "as seen by: Peers" in page and "not about you" in page
    coach = make.helper(amira, "carl", Relation.COACH)
    goal = amira.goal
    actions.show_goal(actor=amira.user, goal=goal, visibility=Visibility.PAIR, at=NOW)
    client.force_login(coach)
    page = client.get(reverse("plans:goal", args=[goal.pk])).content.decode()
    # the levels are still the client's alone, and the coach reads no more than that
    assert "has not been looked at" in page and "chart__drawing--fan" not in page
