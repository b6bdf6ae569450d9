"""The JSON door: keys, problems, pages, tags, repeats, and nothing for strangers."""

import inspect
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings as live_settings
from django.test import Client as Browser
from django.utils import timezone
from openapi_spec_validator import validate
from pydantic import BaseModel

from coachwork.kit.ids import new_id
from coachwork.people import actions as people
from coachwork.people.models import ApiToken, Relation, Scope
from coachwork.web.api import guard
from coachwork.web.api.house import api, document
from coachwork.web.jobs import forget_answers
from coachwork.web.models import RepeatableAnswer
from tests import builders as make
from tests.builders import NOW
from tests.planting import plant_everything

pytestmark = pytest.mark.django_db
BASE = "/api/v1"
ALL = [scope.value for scope in Scope]
LEVELS = {"C01": 3, "C02": 4}


class Program:
    """Somebody's program, with their key."""

    def __init__(self, user: Any, scopes: list[str] | None = None) -> None:
        self.token, self.secret = people.create_token(
            actor=user, name="program", scopes=scopes or ALL, at=timezone.now()
        )
        self.browser = Browser(enforce_csrf_checks=True)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.secret}", **headers}
        data = json.dumps(body) if body is not None else ""
        return self.browser.generic(
            method, BASE + path, data, content_type="application/json", headers=sent
        )


@pytest.fixture(autouse=True)
def fresh_budget():
    guard.budget.counts.clear()


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def ask(amira):
    return Program(amira.user)


@pytest.fixture
def role():
    return make.role(**LEVELS)


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """The problem document in an answer, which must be one in every way."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status and said["title"]
    assert said["type"].startswith("urn:coachwork:problem:")
    return said


# The document


def test_the_document_is_valid_openapi_3_1_and_open_to_everybody():
    answer = Browser().get(f"{BASE}/openapi.json")
    told = answer.json()
    assert told["openapi"].startswith("3.1")
    validate(told)
    assert told["servers"] == [{"url": BASE}]


def test_every_operation_says_its_scope_its_problems_and_what_it_does():
    told = json.loads(document())
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["description"] and operation["summary"], where
            assert operation["x-scope"] in ALL, where
            assert (operation["x-scope"] == "read") == (method == "get"), where
            assert {"400", "401", "403", "404", "429", "500"} <= set(operation["responses"]), where
            names = {one["name"] for one in operation["parameters"]}
            assert ("Idempotency-Key" in names) == (method == "post"), where
            assert ({"412", "428"} <= set(operation["responses"])) == ("If-Match" in names), where


def shapes(shape: Any) -> Iterator[type[BaseModel]]:
    """A shape and all those within it."""
    for one in (shape, *getattr(shape, "__args__", ())):
        if inspect.isclass(one) and issubclass(one, BaseModel):
            if "Param" not in one.__name__ and one.__name__ != "NinjaResponseSchema":
                yield one
            for field in one.model_fields.values():
                yield from shapes(field.annotation)


def test_no_two_shapes_share_a_name():
    """The document knows shapes, and sets of choices, by their short name alone."""
    operations = [
        operation
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    seen: dict[str, object] = {}
    for operation in operations:
        for model in [*operation.response_models.values(), *operation.models]:
            for shape in shapes(model):
                assert seen.setdefault(shape.__name__, shape) is shape
                for name, choices in shape.model_json_schema().get("$defs", {}).items():
                    if "enum" in choices:
                        assert seen.setdefault(f"choices {name}", choices) == choices
    assert len(seen) > 50


def test_the_page_for_people_needs_nothing_from_elsewhere():
    answer = Browser().get(f"{BASE}/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "GET /me" in page and "urn:coachwork:problem:stale" in page
    assert "https://" not in page.replace("https://127", "")
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


# Keys


def test_a_key_opens_what_its_person_may_see(ask, amira):
    answer = ask("GET", "/me")
    assert answer.json()["record"] == str(amira.pk)
    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer x", "Bearer " + "x" * 60, "Basic abc", "💥"]
)
def test_without_a_good_key_there_is_a_401_and_no_redirect(sent):
    headers = {"Authorization": sent} if sent else {}
    answer = Browser().get(f"{BASE}/me", headers=headers)
    assert problem_of(answer, 401)["type"].endswith("no-key")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_that_was_revoked_or_has_run_out_opens_nothing(amira):
    at = timezone.now()
    ended = Program(amira.user)
    people.revoke_token(actor=amira.user, token=ended.token, at=at)
    problem_of(ended("GET", "/me"), 401)
    short = Program(amira.user)
    ApiToken.objects.filter(pk=short.token.pk).update(expires_at=at + timedelta(hours=1))
    assert short("GET", "/me").status_code == 200
    with time_machine.travel(at + timedelta(hours=2), tick=False):
        problem_of(short("GET", "/me"), 401)


def test_a_key_of_somebody_who_has_left_opens_nothing(ask, amira):
    amira.user.is_active = False
    amira.user.save()
    problem_of(ask("GET", "/me"), 401)


def test_a_key_does_only_what_its_scopes_say(amira, role):
    reader = Program(amira.user, [Scope.READ])
    assert reader("GET", "/evidence").status_code == 200
    said = problem_of(reader("POST", "/goals", {"title": "x"}), 403)
    assert "write:plan" in said["detail"]


def test_a_bad_key_is_nobody_even_with_a_session(amira):
    browser = Browser()
    browser.force_login(amira.user)
    assert browser.get(f"{BASE}/me").status_code == 200
    answer = browser.get(f"{BASE}/me", headers={"Authorization": "Bearer wrong"})
    problem_of(answer, 401)


def test_a_session_reads_and_writes_only_with_the_token_of_the_page(amira):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(amira.user)
    assert browser.get(f"{BASE}/goals").status_code == 200
    body = json.dumps({"title": "Say it first"})
    address = f"{BASE}/goals"
    answer = browser.post(address, body, content_type="application/json")
    assert "CSRF" in problem_of(answer, 403)["detail"]
    browser.get("/messages/outbox/")  # any page: it sets the cookie
    browser.get("/help/")
    token = browser.cookies.get("csrftoken")
    if token is None:
        browser.get("/account/login/")
        token = browser.cookies["csrftoken"]
    answer = browser.post(
        address, body, content_type="application/json", headers={"X-CSRFToken": token.value}
    )
    assert answer.status_code == 201


def test_the_day_of_use_is_kept_once_a_day(ask, django_assert_max_num_queries):
    ask("GET", "/me")
    assert ApiToken.objects.get().used_on == timezone.now().date()
    with django_assert_max_num_queries(12) as second:
        ask("GET", "/me")
    assert not [one for one in second.captured_queries if one["sql"].startswith("UPDATE")]


# Problems


def test_a_wrong_address_under_the_api_is_a_problem_too(ask):
    for path in ("/nothing", "/goals/not-an-id", "/goals/x/y/z", "/", "/goals/%0A/state"):
        assert ask("GET", path)["Content-Type"] == "application/problem+json", path
        problem_of(ask("GET", path), 404)
    problem_of(Browser().get(f"{BASE}/nothing"), 404)


def test_what_the_house_refuses_before_the_api_is_asked_is_a_problem_too(amira, settings):
    browser = Browser(enforce_csrf_checks=True, raise_request_exception=False)
    problem_of(browser.get("/api/nothing"), 404)
    problem_of(browser.get("/api/v2/goals"), 404)
    problem_of(browser.get(f"{BASE}/goals", headers={"host": "elsewhere.example"}), 400)
    browser.force_login(amira.user)
    problem_of(browser.post("/api/v2/goals", {"title": "x"}), 404)
    large = {"title": "x" * 3_000_000}
    problem_of(browser.post(f"{BASE}/goals", large, content_type="application/json"), 413)
    page = browser.get("/", headers={"host": "elsewhere.example"})
    assert page.status_code == 400 and page["Content-Type"].startswith("text/html")


def test_what_fails_in_the_house_itself_is_a_problem_without_words(amira, monkeypatch):
    def fail(_self: Any, _request: Any) -> None:
        raise RuntimeError("private words")

    monkeypatch.setattr("coachwork.web.middleware.RowLock.__call__", fail)
    browser = Browser(raise_request_exception=False)
    browser.force_login(amira.user)
    answer = browser.get(f"{BASE}/goals")
    problem_of(answer, 500)
    assert b"private" not in answer.content


def test_a_form_of_a_page_that_is_too_large_is_told_so(amira):
    browser = Browser(raise_request_exception=False)
    browser.force_login(amira.user)
    answer = browser.post(
        "/people/settings/",
        {"name": "x" * 3_000_000},
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413


def test_a_method_that_is_not_there_names_those_that_are(ask):
    answer = ask("DELETE", "/me")
    problem_of(answer, 405)
    assert set(answer["Allow"].split(", ")) == {"GET", "PATCH", "HEAD", "OPTIONS"}


def test_head_and_options_are_what_one_expects(ask):
    head, get = ask("HEAD", "/me"), ask("GET", "/me")
    assert (head.status_code, head["ETag"], head.content) == (200, get["ETag"], b"")
    options = Browser().options(f"{BASE}/goals")
    assert (options.status_code, options.content) == (204, b"")
    assert "POST" in options["Allow"]


@pytest.mark.parametrize("body", ["", "{", "[1]", "null", '"x"', "\x00", "{" * 10_000, "NaN"])
def test_a_body_that_is_no_object_is_told_so(ask, body):
    answer = ask.browser.post(
        f"{BASE}/goals", body, content_type="application/json",
        headers={"Authorization": f"Bearer {ask.secret}"},
    )  # fmt: skip
    assert answer.status_code in {400, 422}
    problem_of(answer, answer.status_code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(ask, kind):
    answer = ask.browser.generic(
        "POST", f"{BASE}/goals", '{"title": "x"}', content_type=kind,
        headers={"Authorization": f"Bearer {ask.secret}"},
    )  # fmt: skip
    problem_of(answer, 415)


def test_a_body_of_more_than_two_megabytes_is_refused(ask):
    problem_of(ask("POST", "/goals", {"title": "x" * 3_000_000}), 413)


def test_a_mistake_is_shown_where_it_is(ask, role):
    said = problem_of(ask("POST", "/goals", {"title": "", "weight": 9, "extra": 1}), 422)
    assert {one["pointer"] for one in said["errors"]} == {"#/title", "#/weight", "#/extra"}
    said = problem_of(ask("GET", "/evidence?limit=0&cursor=%00"), 422)
    assert {one["parameter"] for one in said["errors"]} == {"limit"}
    said = problem_of(ask("GET", "/evidence?cursor=nonsense"), 422)
    assert said["errors"][0]["parameter"] == "cursor"


def test_a_mistake_that_a_rule_finds_has_a_pointer_too(ask, role):
    level = {"competency": str(role.targets.first().competency_id), "level": 3.3, "reason": "x"}
    said = problem_of(ask("POST", "/agreed-levels", level), 422)
    assert said["errors"][0]["pointer"] == "#/level"
    level["competency"] = str(new_id())
    said = problem_of(ask("POST", "/agreed-levels", level), 422)
    assert said["errors"][0]["pointer"] == "#/competency"


def test_what_was_typed_never_comes_back_in_a_problem(ask):
    answer = ask("POST", "/goals", {"title": "x", "weight": "my secret worry"})
    assert b"secret" not in answer.content


def test_a_fault_says_nothing_to_the_caller_and_little_to_the_log(ask, monkeypatch, caplog):
    def broken(**_named: object) -> None:
        raise RuntimeError("Amira's private words")

    monkeypatch.setattr("coachwork.plans.queries.goals", broken)
    answer = ask("GET", "/goals")
    assert set(problem_of(answer, 500)) == {"type", "title", "status"}
    assert "RuntimeError" in caplog.text and "private" not in caplog.text


def test_who_has_no_record_is_told_how_to_open_one():
    ask = Program(make.user("carl"))
    assert problem_of(ask("GET", "/goals"), 404)["type"].endswith("no-record")
    assert ask("POST", "/record", {"name": "Carl"}).status_code == 201
    assert ask("GET", "/goals").json() == {"items": [], "next": None}
    problem_of(ask("POST", "/record", {}), 409)


def test_problems_are_told_in_the_language_of_the_reader(ask, amira, german):
    amira.user.locale = german
    amira.user.save()
    answer = ask("GET", "/nothing")
    assert answer["Content-Language"] == "de"


# Limits


def test_too_many_requests_are_told_how_long_to_wait(ask, settings):
    settings.API_PER_MINUTE = 3
    answers = [ask("GET", "/me") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    problem_of(answers[-1], 429)
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_one_callers_haste_is_not_anothers(ask, settings):
    settings.API_PER_MINUTE = 1
    ask("GET", "/me")
    problem_of(ask("GET", "/me"), 429)
    assert Program(make.user("carl"))("GET", "/me").status_code == 200


def test_guessing_keys_is_slow(settings):
    guard.UNKNOWN_PER_MINUTE, before = 3, guard.UNKNOWN_PER_MINUTE
    try:
        headers = {"Authorization": "Bearer " + "x" * 40}
        codes = [Browser().get(f"{BASE}/me", headers=headers).status_code for _ in range(5)]
    finally:
        guard.UNKNOWN_PER_MINUTE = before
    assert codes == [401, 401, 401, 429, 429]


# Pages


@pytest.fixture
def many(amira, role):
    from coachwork.evidence import actions as evidence

    competency = role.targets.first().competency
    for n in range(25):
        evidence.record(
            actor=amira.user, client=amira, competency=competency, source="self",
            occasion_on=NOW.date(), provenance=f"test:{n}", text=f"row {n}", level=3, at=NOW,
        )  # fmt: skip


def test_pages_go_through_the_list_once_whatever_is_added_meanwhile(ask, amira, role, many):
    seen, cursor = [], ""
    while True:
        page = ask("GET", f"/evidence?limit=10&cursor={cursor}").json()
        seen += [row["text"] for row in page["items"]]
        add = {"competency": page["items"][0]["competency"], "source": "self", "text": "new"}
        assert ask("POST", "/evidence", add).status_code == 201
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [f"row {n}" for n in reversed(range(25))]


def test_a_list_needs_the_same_few_queries_for_ten_rows_and_for_a_hundred(
    ask, many, django_assert_max_num_queries
):
    ask("GET", "/me")
    for limit in (1, 25):
        with django_assert_max_num_queries(12):
            assert ask("GET", f"/evidence?limit={limit}").status_code == 200


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e9", ""])
def test_a_page_has_between_one_and_a_hundred_rows(ask, limit):
    problem_of(ask("GET", f"/evidence?limit={limit}"), 422)


# Tags


@pytest.fixture
def goal(ask):
    return ask("POST", "/goals", {"title": "Say it first"}).json()


def test_an_edit_without_a_tag_is_refused_and_one_with_an_old_tag_too(ask, goal):
    path = f"/goals/{goal['id']}"
    tag = ask("GET", path)["ETag"]
    assert problem_of(ask("PATCH", path, {"title": "New"}), 428)["type"].endswith("no-tag")
    changed = ask("PATCH", path, {"title": "New"}, **{"If-Match": tag})
    assert changed.status_code == 200 and changed["ETag"] != tag
    problem_of(ask("PATCH", path, {"title": "Lost"}, **{"If-Match": tag}), 412)
    assert ask("GET", path).json()["title"] == "New"
    assert ask("GET", path)["ETag"] == changed["ETag"]
    again = ask("PATCH", path, {"title": "Newer"}, **{"If-Match": f'"x", {changed["ETag"]}'})
    assert again.status_code == 200


def test_what_one_has_already_is_not_sent_again(ask, goal):
    first = ask("GET", f"/goals/{goal['id']}")
    second = ask("GET", f"/goals/{goal['id']}", **{"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])
    listed = ask("GET", "/goals")
    assert ask("GET", "/goals", **{"If-None-Match": listed["ETag"]}).status_code == 304


# Repeats


def test_a_post_sent_twice_with_its_key_happens_once(ask):
    sent = {"title": "Once"}, {"Idempotency-Key": "a1"}
    first = ask("POST", "/goals", sent[0], **sent[1])
    second = ask("POST", "/goals", sent[0], **sent[1])
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first
    assert second["Content-Type"].startswith("application/json")
    assert len(ask("GET", "/goals").json()["items"]) == 1


def test_the_same_key_for_something_else_is_a_mistake(ask):
    ask("POST", "/goals", {"title": "One"}, **{"Idempotency-Key": "a1"})
    answer = ask("POST", "/goals", {"title": "Two"}, **{"Idempotency-Key": "a1"})
    assert problem_of(answer, 422)["type"].endswith("key-reused")


def test_what_was_refused_can_be_sent_again_mended(ask):
    problem_of(ask("POST", "/goals", {"title": ""}, **{"Idempotency-Key": "a1"}), 422)
    answer = ask("POST", "/goals", {"title": "Now"}, **{"Idempotency-Key": "a1"})
    assert answer.status_code == 201


def test_keys_of_two_programs_do_not_meet(ask, amira):
    other = Program(amira.user)
    for program in (ask, other):
        answer = program("POST", "/goals", {"title": "One"}, **{"Idempotency-Key": "a1"})
        assert "Idempotent-Replayed" not in answer


@pytest.mark.parametrize("key", ["", "x" * 201, "ü"])
def test_a_key_for_repeats_is_plain(ask, key):
    answer = ask("POST", "/goals", {"title": "One"}, **{"Idempotency-Key": key})
    problem_of(answer, 400)


def test_after_a_day_the_key_is_free_again(ask):
    ask("POST", "/goals", {"title": "One"}, **{"Idempotency-Key": "a1"})
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        forget_answers.call()
        assert not RepeatableAnswer.objects.exists()


def test_stored_answers_go_with_the_record(ask, amira):
    ask("POST", "/goals", {"title": "One"}, **{"Idempotency-Key": "a1"})
    assert RepeatableAnswer.objects.get().client == amira
    amira.delete()
    assert not RepeatableAnswer.objects.exists()


# Strangers


def every_operation(ids: dict[str, UUID]) -> list[tuple[str, str, bool]]:
    """Every operation with the ids of somebody's own things in it, and a body of its shape."""
    told = json.loads(document())
    found = []
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            address = path
            for one in operation["parameters"]:
                if one["in"] == "path":
                    address = address.replace(f"{{{one['name']}}}", str(ids[one["name"]]))
            names = {one["name"] for one in operation["parameters"]}
            found.append((method.upper(), address, "client" in names))
    return found


@pytest.fixture
def things(amira, role):
    rows = {type(row).__name__: row.pk for row in plant_everything(amira).values()}
    return {
        "goal_id": rows["Goal"],
        "if_then_id": rows["IfThen"],
        "item_id": rows["PlanItem"],
        "proposal_id": rows["Proposal"],
        "log_id": rows["PracticeLog"],
        "evidence_id": rows["Evidence"],
        "assessment_id": rows["SelfAssessment"],
        "knowledge_check_id": rows["KnowledgeCheck"],
        "round_id": rows["FeedbackRound"],
        "nomination_id": rows["Nomination"],
        "behaviour_id": role.targets.first().competency.behaviours.first().pk,
        "competency_id": role.targets.first().competency_id,
        "role_id": role.pk,
        "position": 1,
    }


SHARED_BY_ALL = ("/roles", "/competencies", "/search", "/levels/", "/gaps/")


def test_to_a_stranger_nothing_of_somebody_else_exists(things, amira, role):
    eve = Program(make.client("eve").user)
    asked = 0
    for method, address, names_a_client in every_operation(things):
        own_things = any(str(pk) in address for name, pk in things.items() if name != "position")
        if names_a_client:
            problem_of(eve(method, f"{address}?client={amira.pk}"), 404)
            asked += 1
        if own_things and not address.startswith(SHARED_BY_ALL):
            body = None if method == "GET" else body_for(address)
            answer = eve(method, address, body, **{"If-Match": "*"})
            assert answer.status_code == 404, (method, address, answer.content)
            asked += 1
    assert asked > 30


# Bodies that pass the shapes, so that only the permission can refuse.
BODIES: dict[str, dict[str, Any]] = {
    "correction": {"text": "x", "occasion_on": "2026-01-05"},
    "dispute": {"reason": "x"},
    "reached": {"level": 0},
    "rungs": {"rungs": [{"level": 0, "text": "x"}]},
    "chances": {"chance": "did", "moment": "m"},
    "1": {"ratings": [{"level": 3}]},
    "competencies": {"competencies": [str(uuid4()) for _ in range(10)]},
    "nominations": {"name": "Jo", "email": "jo@example.org", "group": "peer"},
}


STATES = {
    "/goals/": {"state": "paused"},
    "/if-thens/": {"state": "ended"},
    "/plan/items/": {"state": "done"},
    "/rounds/": {"step": "send"},
}


def body_for(address: str) -> dict[str, Any]:
    last = address.rsplit("/", 1)[-1]
    if last == "state":
        return next(body for way, body in STATES.items() if address.startswith(way))
    return BODIES.get(last, {})


def test_without_a_key_no_operation_answers(things):
    guard.budget.counts.clear()
    for method, address, _ in every_operation(things):
        guard.budget.counts.clear()
        answer = Browser().generic(
            method, BASE + address, "{}" if method != "GET" else "", content_type="application/json"
        )
        problem_of(answer, 401)


def test_a_coach_reads_what_is_open_to_the_pair_and_writes_nothing_of_the_clients(amira, role):
    carl = Program(make.helper(amira, "carl", Relation.COACH))
    mine = Program(amira.user)
    for title, seen_by in (("Ours", "V1"), ("Mine", "V0")):
        made = mine("POST", "/goals", {"title": title, "visibility": seen_by})
        assert made.status_code == 201
    listed = carl("GET", f"/goals?client={amira.pk}").json()["items"]
    assert [one["title"] for one in listed] == ["Ours"]
    tag = carl("GET", f"/goals/{listed[0]['id']}")["ETag"]
    answer = carl("PATCH", f"/goals/{listed[0]['id']}", {"title": "x"}, **{"If-Match": tag})
    problem_of(answer, 403)
    assert [one["client"] for one in carl("GET", "/helping").json()["items"]] == [str(amira.pk)]


# Me, messages, and the rest of the small ones


def test_a_person_changes_their_name_zone_and_language(ask, german):
    tag = ask("GET", "/me")["ETag"]
    answer = ask("PATCH", "/me", {"timezone": "Asia/Tokyo", "locale": "de"}, **{"If-Match": tag})
    assert (answer.json()["timezone"], answer.json()["locale"]) == ("Asia/Tokyo", "de")
    body = {"timezone": "Mars/Olympus", "locale": "xx", "name": " "}
    said = problem_of(ask("PATCH", "/me", body, **{"If-Match": answer["ETag"]}), 422)
    assert {one["pointer"] for one in said["errors"]} == {"#/timezone", "#/locale", "#/name"}


def test_a_person_chooses_what_they_receive(ask):
    path = "/message-preferences"
    tag = ask("GET", path)["ETag"]
    answer = ask("PATCH", path, {"digest_at": "07:45", "nudges": False}, **{"If-Match": tag})
    assert (answer.json()["digest_at"], answer.json()["nudges"]) == ("07:45", False)
    until = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert ask("PUT", f"{path}/pause", {"until": until}).json()["paused_until"] == until
    problem_of(ask("PUT", f"{path}/pause", {"until": "1999-01-01"}), 422)
    assert ask("PUT", f"{path}/pause", {"until": None}).json()["paused_until"] is None


def test_what_happened_is_listed_newest_first(ask, amira):
    ask("POST", "/goals", {"title": "One"})
    kinds = [one["kind"] for one in ask("GET", "/events").json()["items"]]
    assert kinds == ["goal.drafted", "record.opened"]


def test_the_setting_of_the_limit_is_documented():
    assert live_settings.API_PER_MINUTE == 6000
