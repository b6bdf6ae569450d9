"""The whole loop by API alone: role, self-assessment, levels, gap, goal, practice, evidence."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from coachwork.people import actions as people
from coachwork.people.models import Scope
from tests import builders as make

pytestmark = pytest.mark.django_db


class Program:
    """A program that expects everything to work, and follows what it is told."""

    def __init__(self, user: Any) -> None:
        scopes = [scope.value for scope in Scope]
        _, self.secret = people.create_token(
            actor=user, name="loop", scopes=scopes, at=timezone.now()
        )
        self.browser = Browser()
        self.tag = ""

    def __call__(self, method: str, path: str, body: Any = None, *, tag: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"}
        if tag:
            headers["If-Match"] = tag
        answer = self.browser.generic(
            method, f"/api/v1{path}", json.dumps(body) if body is not None else "",
            content_type="application/json", headers=headers,
        )  # fmt: skip
        assert answer.status_code in {200, 201, 204}, (method, path, answer.content)
        self.tag = answer.get("ETag", "")
        return answer.json() if answer.content else None


def test_a_person_walks_the_loop_with_a_program_alone():
    make.role("Team lead", C01=4, C02=3)
    api = Program(make.user("amira"))
    today = timezone.localdate()

    # Who am I? Nobody with a record yet.
    assert api("GET", "/me")["record"] is None
    record = api("POST", "/record", {"name": "Amira"})

    # A role to aim for, and what it asks.
    (role,) = api("GET", "/roles")["items"]
    whole = api("GET", f"/roles/{role['id']}")
    assert [one["level"] for one in whole["targets"]] == [4.0, 3.0]
    aim = api("POST", "/aim", {"kind": "next", "title": role["title"], "role": role["id"]})
    listening, planning = [one["competency"] for one in aim["targets"]]

    # A self-assessment, screen by screen, handed in.
    form = api("POST", "/self-assessments", {"depth": "quick", "purpose": "baseline"})
    path = f"/self-assessments/{form['id']}"
    screen = api("GET", f"{path}/screens/1")
    assert (screen["competency"], screen["positions"]) == (listening, 2)
    assert set(screen["anchors"]) == {"1", "2", "3", "4", "5"}
    for position, level in ((1, 2), (2, 3)):
        answered = {"ratings": [{"level": level}], "confidence": "high", "example": "Last week"}
        api("PUT", f"{path}/screens/{position}", answered)
    assert api("POST", f"{path}/submission", {})["state"] == "submitted"

    # Levels: one's own view, no interval, no proposal from it alone.
    view = next(one for one in api("GET", "/levels")["items"] if one["competency"] == listening)
    assert [(one["source"], one["mean"], one["low"]) for one in view["sources"]] == [
        ("self", 2.0, None)
    ]
    assert view["proposed"]["low"] is None
    why = api("GET", f"/levels/{listening}/why")
    assert len(why["inputs"]) == 1 and why["rules"]

    # The gap, a decision, and the level one stands by.
    gaps = api("GET", "/gaps")["items"]
    assert [(one["competency"], one["half_steps"]) for one in gaps] == [
        (listening, 4), (planning, 0),
    ]  # fmt: skip
    api("PUT", f"/gaps/{listening}/decision", {"decision": "focus", "energy": 4})
    assert api("GET", "/focus")["items"] == [listening]
    agreed = {"competency": listening, "level": 2.5, "reason": "A fair picture"}
    assert api("POST", "/agreed-levels", agreed)["agreed"]["level"] == 2.5
    assert api("GET", "/gaps")["items"][0]["half_steps"] == 3

    # A goal with five outcomes, written safely, agreed and started.
    goal = api("POST", "/goals", {"title": "I ask one open question first"})
    path = f"/goals/{goal['id']}"
    api("GET", path)
    words = {
        "baseline": "I jump to solutions",
        "why": "People stop telling me things",
        "competency": listening,
        "target_on": (today + timedelta(weeks=12)).isoformat(),
    }
    api("PATCH", path, words, tag=api.tag)
    outcomes = {-2: "as today", -1: "once a week", 0: "in most talks", 1: "in all", 2: "others ask"}
    rungs = [{"level": level, "text": text} for level, text in outcomes.items()]
    api("PUT", f"{path}/rungs", {"rungs": rungs}, tag=api.tag)
    assert api("POST", f"{path}/state", {"state": "agreed"})["state"] == "agreed"
    assert api("POST", f"{path}/state", {"state": "active"})["state"] == "active"

    # An if-then plan, which starts with its goal, and a thing to do this week.
    when = {"if_text": "my one-to-one starts", "then_text": "I ask what is on their mind"}
    if_then = api("POST", f"{path}/if-thens", when)
    assert if_then["active"] is True
    item = {"title": "Two breaths", "goal": goal["id"], "week_on": today.isoformat()}
    made = api("POST", "/plan/items", item)
    week = api("GET", "/plan")["weeks"][0]
    assert [one["id"] for one in week["items"]] == [made["id"]]
    assert api("POST", f"/plan/items/{made['id']}/state", {"state": "done"})["state"] == "done"

    # Practice in real life, logged in one line.
    log = {"chance": "did", "moment": "monday", "line": "It opened the talk"}
    first = api("POST", f"/if-thens/{if_then['id']}/chances", log)
    assert api("POST", f"/if-thens/{if_then['id']}/chances", log) == first
    api("POST", "/practice-logs", {"competency": listening, "chance": "partly"})
    logs = api("GET", "/practice-logs")["items"]
    assert [one["chance"] for one in logs] == ["partly", "did"]

    # The evidence moves the picture: chances are counted, and an example of one's own stands there.
    example = {
        "competency": listening, "source": "work_sample", "level": 4, "text": "Notes of a talk",
    }  # fmt: skip
    added = api("POST", "/evidence", example)
    corrected = {"text": "Notes of two talks", "occasion_on": today.isoformat(), "level": 3}
    newer = api("POST", f"/evidence/{added['id']}/correction", corrected)
    assert api("GET", f"/evidence/{added['id']}")["replaced_by"] == newer["id"]
    disputed = api("POST", f"/evidence/{newer['id']}/dispute", {"reason": "It was one talk"})
    assert disputed["disputes"] == ["It was one talk"]
    view = next(one for one in api("GET", "/levels")["items"] if one["competency"] == listening)
    assert (view["chances"], view["taken"]) == (2, 2)
    assert {one["source"] for one in view["sources"]} == {"self", "work_sample"}
    ledger = api("GET", f"/evidence?competency={listening}")["items"]
    assert {one["chance"] for one in ledger} == {None, "did", "partly"}

    # How far it has come, and the story of it all.
    reached = api("POST", f"{path}/reached", {"level": -1})
    assert [one["reached_on"] for one in reached["rungs"]][1] == today.isoformat()
    kinds = {one["kind"] for one in api("GET", "/events")["items"]}
    assert {"aim.set", "assessment.submitted", "gap.decided", "goal.activated"} <= kinds
    assert {"practice.logged", "evidence.added", "level.agreed"} <= kinds
    assert api("GET", "/record")["id"] == record["id"]
