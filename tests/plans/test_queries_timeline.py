"""The plan over the weeks: a picture of the list, with nothing late in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


def seen(amira, actor=None, today=stage.TODAY):
    return queries.timeline(actor=actor or amira.user, client=amira, today=today)


def weeks_by_title(found):
    return {one.item.title: one.weeks for _goal, lying in found.goals for one in lying}


def test_each_thing_lies_in_its_weeks_under_its_goal_the_first_goal_first(amira):
    light, heavy = stage.active(amira), stage.active(amira, title="Hand over", weight=3)
    stage.item(amira, "Once", goal=light, week_on=stage.week(3))
    stage.item(amira, "Often", goal=heavy, cadence="biweekly", window_end=stage.week(5))
    stage.item(amira, "Free of goals")
    found = seen(amira)
    assert [goal.title if goal else None for goal, _l in found.goals] == [
        "Hand over",
        light.title,
        None,
    ]
    by_title = weeks_by_title(found)
    assert by_title["Once"] == (stage.week(3),)
    assert by_title["Often"] == (stage.week(1), stage.week(3), stage.week(5))
    assert len(found.weeks) == 12


def test_what_lay_in_a_week_that_is_over_lies_in_this_one(amira):
    stage.item(amira, "Slipped")
    later = stage.TODAY + timedelta(weeks=4)
    assert weeks_by_title(seen(amira, today=later)) == {"Slipped": (later,)}


def test_nothing_comes_back_in_a_week_kept_free_and_what_is_far_stands_below(amira):
    stage.item(amira, "Weekly", cadence="weekly", window_end=stage.week(3))
    stage.item(amira, "Some day", week_on=None)
    stage.item(amira, "Far away", week_on=stage.week(30))
    plan = queries.plan_of(actor=amira.user, client=amira)
    actions.set_week_time(
        actor=amira.user,
        plan=plan,
        first=stage.week(2),
        last=stage.week(2),
        hours=Decimal(0),
        at=stage.NOW,
    )
    found = seen(amira)
    assert weeks_by_title(found)["Weekly"] == (stage.week(1), stage.week(3))
    assert found.free == {stage.week(2)}
    assert {one.title for one in found.beyond} == {"Some day", "Far away"}


def test_a_coach_sees_what_is_open_to_the_pair_and_a_stranger_nothing(amira):
    coach = make.helper(amira, "carl", Relation.COACH)
    stage.item(amira, "Open", visibility=Visibility.PAIR)
    stage.item(amira, "Kept back", visibility=Visibility.PRIVATE)
    assert set(weeks_by_title(seen(amira, coach))) == {"Open"}
    with pytest.raises(NotVisible):
        seen(amira, make.user("zoe"))


class TestThePage:
    @pytest.fixture(autouse=True)
    def clock(self, time_machine):
        time_machine.move_to(stage.NOW, tick=False)

    def test_it_says_the_same_in_a_drawing_a_sentence_and_a_table(self, amira, client):
        goal = stage.active(amira)
        stage.item(amira, "Two breaths", goal=goal, cadence="weekly", window_end=stage.week(4))
        client.force_login(amira.user)
        page = client.get(reverse("plans:timeline")).content.decode()
        assert page.count("<circle") == 4
        assert "1 thing in the weeks from January 5 to March 23; this week: 1." in page
        assert "<td" in page and "January 26" in page and "Every week" in page
        assert reverse("plans:timeline") in client.get(reverse("plans:plan")).content.decode()

    def test_an_empty_plan_says_what_to_do(self, amira, client):
        client.force_login(amira.user)
        page = client.get(reverse("plans:timeline")).content.decode()
        assert "No week holds anything yet" in page and reverse("plans:item-new") in page

    def test_a_coach_has_it_too_and_a_stranger_gets_404(self, amira, client):
        coach = make.helper(amira, "carl", Relation.COACH)
        stage.item(amira, "Open", visibility=Visibility.PAIR)
        address = reverse("plans:timeline-of", args=[amira.pk])
        client.force_login(coach)
        assert "Open" in client.get(address).content.decode()
        client.force_login(make.user("zoe"))
        assert client.get(address).status_code == 404

    def test_a_full_plan_costs_no_more_questions_than_the_house_allows(
        self, amira, client, django_assert_max_num_queries
    ):
        goals = [stage.active(amira, title=f"Goal {n}") for n in range(3)]
        for n in range(12):
            stage.item(amira, f"Thing {n}", goal=goals[n % 3], week_on=stage.week(n + 1))
        client.force_login(amira.user)
        with django_assert_max_num_queries(12):
            assert client.get(reverse("plans:timeline")).content.decode().count("<circle") == 12
