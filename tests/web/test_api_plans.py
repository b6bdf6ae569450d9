"""Proposals, suggested changes and offered goals by the API."""

from datetime import timedelta

import pytest

from coachwork.people.models import Relation
from coachwork.plans.models import PlanItem
from coachwork.web.api import guard
from tests import builders as make
from tests.plans import stage
from tests.web.test_api import Program, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(time_machine):
    guard.budget.counts.clear()
    time_machine.move_to(stage.NOW + timedelta(weeks=3), tick=False)


@pytest.fixture
def amira():
    found = make.client()
    found.goal = stage.active(found)
    return found


@pytest.fixture
def ask(amira):
    return Program(amira.user)


def test_a_schedule_is_asked_for_read_accepted_in_part_and_taken_back(ask):
    made = ask("POST", "/plan/proposals", {})
    assert made.status_code == 201, made.content
    said = made.json()
    assert said["state"] == "open" and said["fits"] and said["steps"]
    assert not PlanItem.objects.exists()
    number = said["steps"][0]["number"]
    at = f"/plan/proposals/{said['id']}"
    week = stage.week(6).isoformat()
    body = {"steps": [number], "weeks": {str(number): week}, "reason": "So"}
    done = ask("POST", f"{at}/accept", body).json()
    assert (done["state"], done["to_version"]) == ("accepted", done["from_version"] + 1)
    assert PlanItem.objects.get().week_on == stage.week(6)
    problem_of(ask("POST", f"{at}/accept", body), 409)
    assert ask("POST", f"{at}/undo", {}).json()["state"] == "undone"
    assert [one["state"] for one in ask("GET", "/plan/proposals").json()["items"]] == ["undone"]
    again = ask("POST", "/plan/proposals", {}).json()
    refused = ask("POST", f"/plan/proposals/{again['id']}/refuse", {"reason": "No"}).json()
    assert (refused["state"], refused["reason"]) == ("refused", "No")


def test_a_step_that_is_not_there_or_a_week_that_is_over_is_told(ask):
    said = ask("POST", "/plan/proposals", {}).json()
    at = f"/plan/proposals/{said['id']}/accept"
    problem_of(ask("POST", at, {"steps": [999]}), 422)
    number = said["steps"][0]["number"]
    problem_of(ask("POST", at, {"weeks": {str(number): "2020-01-06"}}), 422)


def test_changes_are_listed_taken_and_left(ask, amira):
    (one,) = ask("GET", "/plan/changes").json()["items"]
    assert one["rule"] == "no_practice" and one["goal"] == str(amira.goal.pk)
    body = {"key": one["key"], "accept": True, "title": "One breath", "minutes": 2}
    assert ask("POST", "/plan/changes", body).json()["state"] == "accepted"
    assert PlanItem.objects.get().title == "One breath"
    problem_of(ask("POST", "/plan/changes", body | {"accept": False}), 409)
    assert ask("GET", "/plan/changes").json()["items"] == []


def test_without_the_scope_nothing_is_proposed(amira):
    reader = Program(amira.user, ["read"])
    problem_of(reader("POST", "/plan/proposals", {}), 403)
    problem_of(reader("POST", "/plan/changes", {"key": "x", "accept": True}), 403)


@pytest.mark.accepts("T2-06")
def test_a_sponsor_offers_a_goal_and_reads_only_the_short_answer(amira, ask):
    sina = Program(make.helper(amira, "sina", Relation.SPONSOR))
    body = {"client": str(amira.pk), "title": "Sell more"}
    made = sina("POST", "/goals/offers", body)
    assert made.status_code == 201 and not made.json()["not_taken_up"]
    mine = ask("GET", "/goals").json()["items"]
    assert [one["title"] for one in mine] == [stage.words()["title"]]
    eve = Program(make.client("eve").user)
    problem_of(eve("POST", "/goals/offers", body), 404)
    (told,) = sina("GET", "/goals/offers").json()["items"]
    assert set(told) == {"client", "offered_text", "offered_at", "not_taken_up", "reason"}


def test_to_a_stranger_no_proposal_exists(ask):
    made = ask("POST", "/plan/proposals", {}).json()
    eve, at = Program(make.client("eve").user), f"/plan/proposals/{made['id']}"
    problem_of(eve("GET", at), 404)
    for step in ("accept", "refuse", "undo"):
        problem_of(eve("POST", f"{at}/{step}", {}), 404)
    assert eve("GET", "/plan/proposals").json()["items"] == []
