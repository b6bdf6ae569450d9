"""The pages of proposed schedules and of weeks that are different, without a script."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coachwork.plans import actions, queries
from coachwork.plans.models import Plan, PlanItem, Proposal, WeekTime
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(stage.NOW, tick=False)


@pytest.fixture
def amira(client):
    found = make.client()
    client.force_login(found.user)
    stage.active(found)
    return found


def slip(owner) -> PlanItem:
    item = stage.item(owner, "Read the report", kind="learning", effort_minutes=45)
    PlanItem.objects.filter(pk=item.pk).update(week_on=stage.TODAY - timedelta(weeks=1))
    return item


def text(answer) -> str:
    return answer.content.decode()


class TestASchedule:
    def test_it_is_asked_for_read_accepted_in_part_and_taken_back(self, amira, client):
        slip(amira)
        plan_page = text(client.get(reverse("plans:plan")))
        assert "Suggest new weeks" in plan_page
        answer = client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        assert answer.url == reverse("plans:proposal", args=[made.pk])
        assert "waits for your answer" in text(client.get(reverse("plans:plan")))
        page = text(client.get(answer.url))
        assert "Nothing has moved" in page and "Read the report" in page
        assert "How far this carries" in page and "Left out" in page
        number = next(one["n"] for one in made.content["steps"] if one.get("item"))
        said = {"steps": [number], f"week_{number}": stage.week(5).isoformat(), "reason": "Ill"}
        assert client.post(answer.url, said).status_code == 302
        assert PlanItem.objects.get().week_on == stage.week(5)
        after = text(client.get(answer.url))
        assert "Take it back" in after and "Ill" in after
        client.post(reverse("plans:proposal-undo", args=[made.pk]))
        assert PlanItem.objects.get().week_on == stage.TODAY - timedelta(weeks=1)

    def test_nothing_chosen_comes_back_with_a_sentence_and_nothing_moves(self, amira, client):
        client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        answer = client.post(reverse("plans:proposal", args=[made.pk]), {"reason": "x"})
        assert answer.status_code == 422 and "Choose at least one change" in text(answer)
        assert not PlanItem.objects.exists()

    def test_it_can_be_left_aside_and_the_plan_page_is_quiet_again(self, amira, client):
        client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        client.post(reverse("plans:proposal-refuse", args=[made.pk]))
        made.refresh_from_db()
        assert made.state == "refused"
        assert "waits for your answer" not in text(client.get(reverse("plans:plan")))

    def test_one_that_fits_no_more_says_so_and_offers_a_new_one(self, amira, client):
        client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        stage.item(amira, "Meanwhile")
        page = text(client.get(reverse("plans:proposal", args=[made.pk])))
        assert "has changed since" in page and "Ask for a new schedule" in page
        assert "Put these into my plan" not in page

    def test_one_that_is_being_worked_out_or_failed_says_what_to_do(self, amira, client):
        client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        at = reverse("plans:proposal", args=[made.pk])
        Proposal.objects.update(state="working", content={})
        assert "Look again" in text(client.get(at))
        Proposal.objects.update(state="failed", content={"why": "fault"})
        assert "Your plan is as it was" in text(client.get(at))

    def test_when_it_does_not_fit_the_ways_out_and_the_goals_are_named(self, amira, client):
        client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        goal = str(queries.goals(actor=amira.user, client=amira)[0].pk)
        made.content |= {
            "helps": [{"hours": 1.5}, {"weeks": 3}, {"lower": [goal]}],
            "covered": [{"goal": goal, "share": 0.5, "assumed": False}],
            "gap": 0.015,
        }
        made.save()
        page = text(client.get(reverse("plans:proposal", args=[made.pk])))
        assert "1.5 more hours a week" in page and "3 more weeks" in page
        assert "aiming a little lower for “In one-to-ones" in page
        assert "about half of the way" in page and "that is proved" in page

    def test_it_is_nobody_elses(self, amira, client):
        client.post(reverse("plans:propose"))
        made = Proposal.objects.get()
        client.force_login(make.client("eve").user)
        assert client.get(reverse("plans:proposal", args=[made.pk])).status_code == 404
        assert client.post(reverse("plans:proposal-refuse", args=[made.pk])).status_code == 404

    def test_a_plan_without_anything_to_lay_says_what_to_do(self, client):
        client.force_login(make.client("bjarne").user)
        answer = client.post(reverse("plans:propose"))
        assert answer.status_code == 409 and "Write a goal" in text(answer)


class TestWeeksThatAreDifferent:
    def test_weeks_away_are_kept_shown_and_let_go_again(self, amira, client):
        stage.item(amira)
        at = reverse("plans:times")
        said = {"first": stage.week(3).isoformat(), "last": "", "hours": "0"}
        assert client.post(at, said).status_code == 302
        assert "Away" in text(client.get(at))
        stage.item(amira, "There", week_on=stage.week(3))
        assert "Away" in text(client.get(reverse("plans:plan")))
        client.post(reverse("plans:times-usual"), {"week_on": stage.week(3).isoformat()})
        client.post(reverse("plans:times-usual"), {"week_on": "soon"})
        assert not WeekTime.objects.exists()

    def test_a_wrong_day_comes_back_with_its_sentence(self, amira, client):
        stage.item(amira)
        said = {"first": "2026-03-01", "last": "2026-02-01", "hours": "0"}
        answer = client.post(reverse("plans:times"), said)
        assert answer.status_code == 422 and "before the start" in text(answer)

    def test_without_a_plan_there_is_no_such_page(self, client):
        client.force_login(make.client("bjarne").user)
        assert client.get(reverse("plans:times")).status_code == 404


def test_the_story_tells_what_was_accepted(amira, client):
    client.post(reverse("plans:propose"))
    made = Proposal.objects.get()
    actions.accept_schedule(actor=amira.user, proposal=made, reason="A fresh start", at=stage.NOW)
    page = text(client.get(reverse("plans:story")))
    assert "Accepted a schedule" in page and "A fresh start" in page
    assert Plan.objects.get().version == made.to_version
