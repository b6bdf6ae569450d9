"""Feedback rounds by API: the same acts and the same veil as on the pages."""

import json
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from coachwork.assessment import actions
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.frameworks.models import Behaviour
from coachwork.people.models import AuditEntry, Relation
from tests import builders as make
from tests.assessment.stage import Pulse, Round, framework

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


class Program:
    """Somebody's program, by the session of their browser."""

    def __init__(self, user):
        self.browser = Browser()
        self.browser.force_login(user)

    def __call__(self, method, path, body=None, **headers):
        data = json.dumps(body) if body is not None else ""
        return self.browser.generic(
            method, BASE + path, data, content_type="application/json", headers=headers
        )


@pytest.fixture
def today():
    return timezone.now()


def lived(at, **groups):
    return Round(at=at - timedelta(days=1), **groups)


def person(number=0, group="peer"):
    return {"name": f"Jo {number}", "email": f"jo{number}@example.org", "group": group}


def test_a_round_is_begun_and_filled_and_sent_by_a_program():
    framework()
    ask = Program(make.client().user)
    begun = ask("POST", "/rounds", {})
    assert begun.status_code == 201
    path = f"/rounds/{begun.json()['id']}"
    assert len(begun.json()["asked"]) == 10
    for number in range(3):
        assert ask("POST", f"{path}/nominations", person(number)).status_code == 201
    extra = ask("POST", f"{path}/nominations", person(9)).json()
    assert ask("DELETE", f"{path}/nominations/{extra['id']}").status_code == 204
    listed = ask("GET", f"{path}/nominations").json()["items"]
    assert [one["email"] for one in listed] == [f"jo{n}@example.org" for n in range(3)]
    sent = ask("POST", f"{path}/state", {"step": "send"})
    assert sent.json()["state"] == "collecting"
    assert sent.json()["counts"] == [{"group": "peer", "invited": 3, "answered": 0}]
    assert [one["id"] for one in ask("GET", "/rounds").json()["items"]] == [begun.json()["id"]]


def test_the_same_nomination_sent_again_is_one(today):
    one = lived(today, opened=False)
    ask = Program(one.actor)
    path = f"/rounds/{one.row.pk}/nominations"
    first, second = (ask("POST", path, person(), **{"Idempotency-Key": "a"}) for _ in range(2))
    assert second["Idempotent-Replayed"] == "true"
    assert first.json() == second.json()
    assert one.row.nominations.count() == 1


def test_what_is_asked_is_chosen_by_who_has_read_it_as_it_is(today):
    one = lived(today, opened=False)
    other = make.competency("C39", within=one.row.framework)
    ask = Program(one.actor)
    path = f"/rounds/{one.row.pk}"
    tag = ask("GET", path)["ETag"]
    codes = [code for code, _items in one.row.asked][1:]
    body = {"competencies": [*codes, str(other.pk)]}
    assert ask("PUT", f"{path}/competencies", body).status_code == 428
    done = ask("PUT", f"{path}/competencies", body, **{"If-Match": tag})
    assert done.status_code == 200
    assert done.json()["asked"][-1]["competency"] == str(other.pk)
    assert ask("PUT", f"{path}/competencies", body, **{"If-Match": tag}).status_code == 412
    few = ask("PUT", f"{path}/competencies", {"competencies": codes[:3]}, **{"If-Match": "*"})
    assert few.status_code == 422
    assert few.json()["errors"][0]["pointer"] == "#/competencies"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**person(), "email": "amira@example.org"}, "#/email"),
        ({**person(), "email": "nothing"}, "#/email"),
        ({**person(), "name": " "}, "#/name"),
        ({**person(), "group": "friend"}, "#/group"),
    ],
)
def test_a_mistake_is_shown_where_it_is(today, body, pointer):
    one = lived(today, opened=False)
    answer = Program(one.actor)("POST", f"/rounds/{one.row.pk}/nominations", body)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.accepts("T1-04")
def test_numbers_move_once_a_day_and_no_answer_says_who_it_was(today):
    one = lived(today, peer=4, report=2)
    ask = Program(one.actor)
    paths = ["/rounds", f"/rounds/{one.row.pk}", f"/rounds/{one.row.pk}/nominations"]
    before = [ask("GET", path).content for path in paths]
    one.answer(one.tokens("peer")[1], 4, at=today)
    one.answer(one.tokens("report")[0], 4, at=today)
    assert [ask("GET", path).content for path in paths] == before
    RaterReply.objects.filter(state="submitted").update(submitted_on=today - timedelta(days=1))
    counts = ask("GET", paths[1]).json()["counts"]
    assert counts == [
        {"group": "peer", "invited": 4, "answered": 1},
        {"group": "report", "invited": 2, "answered": None},
    ]
    assert ask("GET", paths[2]).content == before[2]


@pytest.mark.accepts("T1-10")
def test_a_sponsor_finds_no_round_and_the_log_knows(today):
    one = lived(today, peer=3)
    sina = Program(make.helper(one.client, "sina", Relation.SPONSOR))
    before = AuditEntry.objects.count()
    listed = one.row.nominations.first().pk
    for number, (method, path, body) in enumerate([
        ("GET", f"/rounds?client={one.client.pk}", None),
        ("GET", f"/rounds/{one.row.pk}", None),
        ("GET", f"/rounds/{one.row.pk}/nominations", None),
        ("GET", f"/rounds/{one.row.pk}/report", None),
        ("POST", f"/rounds/{one.row.pk}/nominations", person()),
        ("DELETE", f"/rounds/{one.row.pk}/nominations/{listed}", None),
        ("POST", f"/rounds/{one.row.pk}/state", {"step": "release"}),
    ]):  # fmt: skip
        assert sina(method, path, body).status_code == 404, path
        assert AuditEntry.objects.count() >= before + (number > 0), path


@pytest.mark.accepts("T1-01")
def test_a_report_is_released_by_the_coach_and_holds_what_was_frozen(today):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, at=today - timedelta(days=20), peer=2, report=4)
    coach, client = Program(carl), Program(amira.user)
    path = f"/rounds/{one.row.pk}"
    assert coach("POST", f"{path}/state", {"step": "remind"}).status_code == 403
    assert coach("POST", f"{path}/state", {"step": "approve"}).status_code == 200
    one.fresh()
    FeedbackRound.objects.update(closes_at=today - timedelta(hours=1))
    one.answered_at(today - timedelta(days=2), peer=(5, 5), report=(2, 3, 2, 3))
    assert client("POST", f"{path}/state", {"step": "release"}).status_code == 409
    actions.close_due(at=today)
    assert client("GET", f"{path}/report").status_code == 404
    assert client("POST", f"{path}/state", {"step": "release"}).status_code == 409  # the coach's
    assert coach("POST", f"{path}/state", {"step": "release"}).status_code == 200
    for ask in (client, coach):
        answer = ask("GET", f"{path}/report")
        told = answer.json()
        assert [view["name"] for view in told["groups"]] == ["report"]
        assert told["withheld"] == [{"group": "peer", "reason": "too_few"}]
        assert told["overall"] is None
        assert "peer" not in json.dumps(told["groups"])
        assert set(told["groups"][0]) == {"name", "groups", "n", "competencies", "items"}
        assert ask("GET", f"{path}/report", **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_nobody_elses_round_is_there(today):
    one = lived(today, peer=3)
    eve = Program(make.client("eve").user)
    assert eve("GET", f"/rounds/{one.row.pk}").status_code == 404
    assert eve("GET", "/rounds").json()["items"] == []
    assert eve("GET", f"/rounds?client={one.client.pk}").status_code == 404


def test_a_pulse_is_begun_and_read_by_a_program(today):
    framework()
    amira = make.client()
    ask = Program(amira.user)
    behaviour = Behaviour.objects.order_by("code").first()
    begun = ask("POST", "/rounds", {"behaviour": str(behaviour.pk)}).json()
    assert begun["mode"] == "pulse"
    assert begun["asked"][0]["behaviours"] == [str(behaviour.pk)]
    wrong = ask("POST", "/rounds", {"behaviour": str(amira.pk)})
    assert wrong.json()["errors"][0]["pointer"] == "#/behaviour"
    path = f"/rounds/{begun['id']}"
    refused = {"competencies": [begun["asked"][0]["competency"]]}
    assert ask("PUT", f"{path}/competencies", refused, **{"If-Match": "*"}).status_code == 409
    pulse = Pulse(amira, at=today - timedelta(days=10), peer=5)
    pulse.answered_at(today - timedelta(days=9), peer=(4, 5, 5, 5, 1)).released(at=today)
    told = ask("GET", f"{path}/report").json()
    assert told["spread"] == {
        "n": 5,
        "unsure": 0,
        "counts": {"less": 1, "same": 1, "some": 3},
        "nearly": "",
        "leaning": "",
    }
    assert told["groups"] == []
