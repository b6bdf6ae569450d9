"""Knowledge checks: short, private, told as a range of words, and never a level."""

from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.test import Client as Browser
from django.urls import reverse

from coachwork.assessment import actions, queries
from coachwork.assessment.models import KnowledgeAnswer, KnowledgeCheck
from coachwork.engine.adaptive.knowledge import KNOWLEDGE_RULE
from coachwork.engine.estimates import Observation, level_view
from coachwork.evidence.models import AimTarget, Evidence, Source
from coachwork.frameworks.models import Framework, RoleProfile
from coachwork.kit import content
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import actions as people
from coachwork.people.models import Relation, Scope, Visibility
from tests import builders as make
from tests.counting import at_most
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db
RIGHT = {one.code: one.answer for one in content.load("knowledge")}


@pytest.fixture
def amira():
    owner = make.client()
    make.framework()
    make.role("Lead", C08=3, C12=3)
    Framework.objects.update(slug="career-core-40")
    return owner


@pytest.fixture
def feedback(amira):
    return Framework.objects.get().competencies.get(code="C08")


def start(owner, competency, *, actor=None):
    return actions.start_check(
        actor=actor or owner.user, client=owner, competency=competency, at=make.NOW
    )


def taken(owner, check):
    return queries.knowledge_check(actor=owner.user, client=owner, knowledge_check_id=check.pk)


def answer(owner, check, choice, *, position=None):
    now = taken(owner, check).now
    return actions.answer_check(
        actor=owner.user,
        check=check,
        position=position or now.row.position,
        choice=choice,
        at=make.NOW,
    )


def finished(owner, competency, *, right=True):
    check = start(owner, competency)
    while (now := taken(owner, check).now) is not None:
        answer(owner, check, RIGHT[now.row.question] if right else "unsure")
    return KnowledgeCheck.objects.get(pk=check.pk)


# --- the check itself --------------------------------------------------------------------------


def test_it_asks_few_questions_none_twice_and_ends_by_itself(amira, feedback):
    check = finished(amira, feedback)
    rows = taken(amira, check).answers
    assert KNOWLEDGE_RULE.least <= len(rows) <= KNOWLEDGE_RULE.most
    assert len({one.row.question for one in rows}) == len(rows)
    assert check.stopped in {"precise", "little_left", "most"}
    assert all(one.row.right for one in rows)


def test_the_result_is_a_range_of_words(amira, feedback):
    knows = finished(amira, feedback)
    assert knows.said == (
        "What the answers say: somewhere between “the main ideas are there” and “sits well”."
    )
    unsure = finished(amira, feedback, right=False)
    assert unsure.low == 0 and unsure.high < 2
    assert "sits well" not in unsure.said


def test_it_becomes_evidence_of_its_own_kind_without_a_level(amira, feedback):
    check = finished(amira, feedback)
    row = Evidence.objects.get()
    assert (row.source, row.level, row.visibility) == (Source.CHECK, None, Visibility.PRIVATE)
    assert row.text == check.said
    assert row.provenance == f"knowledge_check:{check.pk}"


@pytest.mark.parametrize("level", [None, 5.0])
def test_a_check_never_moves_a_level_not_even_one_that_claimed_one(level):
    today = date(2026, 11, 23)
    check = Observation("check", level, today)
    alone = level_view([check], at=today)
    assert alone.proposed.low is None and not alone.by_source
    others = [Observation("peer", 2.0, today, rater="p"), Observation("manager", 2.0, today)]
    assert level_view([*others, check], at=today).proposed == level_view(others, at=today).proposed


def test_a_second_check_asks_what_the_first_did_not_while_it_can(amira, feedback):
    first = {one.row.question for one in taken(amira, finished(amira, feedback)).answers}
    second = start(amira, feedback)
    begins = taken(amira, second).now.row.question
    if len(first) <= 10 - KNOWLEDGE_RULE.least:
        assert begins not in first
    finished(amira, feedback)
    assert KnowledgeCheck.objects.filter(state="finished").count() == 2


def test_beginning_again_goes_on_with_the_open_one_and_it_can_be_thrown_away(amira, feedback):
    check = start(amira, feedback)
    answer(amira, check, "a")
    assert start(amira, feedback) == check
    assert KnowledgeAnswer.objects.count() == 2
    actions.discard_check(actor=amira.user, check=check)
    assert not KnowledgeAnswer.objects.exists()
    done = finished(amira, feedback)
    with pytest.raises(Refused):
        actions.discard_check(actor=amira.user, check=done)


def test_an_answer_that_is_sent_twice_counts_once_and_stays(amira, feedback):
    check = start(amira, feedback)
    answer(amira, check, "unsure")
    first = KnowledgeAnswer.objects.get(position=1)
    for choice in ("a", "b", "c", "d"):
        answer(amira, check, choice, position=1)
    first.refresh_from_db()
    assert (first.choice, first.right) == ("unsure", False)
    assert KnowledgeAnswer.objects.count() == 2


def test_bad_input_is_refused(amira, feedback):
    check = start(amira, feedback)
    for wrong in ("", "e", "A"):
        with pytest.raises(Invalid):
            answer(amira, check, wrong)
    foreign = make.competency("X01")
    with pytest.raises(Refused):
        start(amira, foreign)


def test_a_question_that_has_left_the_content_does_not_stop_the_check(amira, feedback):
    check = start(amira, feedback)
    KnowledgeAnswer.objects.update(question="gone")
    answer(amira, check, "unsure")
    assert KnowledgeAnswer.objects.get(position=1).right is None
    assert taken(amira, check).now.asked is not None


def test_nobody_else_sees_or_takes_it(amira, feedback):
    carl = make.helper(amira, "carl", Relation.COACH)
    check = finished(amira, feedback)
    assert queries.knowledge_checks(actor=carl, client=amira) == []
    with pytest.raises(ObjectDoesNotExist):
        queries.knowledge_check(actor=carl, client=amira, knowledge_check_id=check.pk)
    with pytest.raises(ObjectDoesNotExist):
        actions.discard_check(actor=carl, check=check)
    with pytest.raises(PermissionDenied):
        start(amira, feedback, actor=carl)
    assert KnowledgeCheck.objects.count() == 1


# --- the pages -----------------------------------------------------------------------------------


@pytest.fixture
def visit(client, amira):
    client.force_login(amira.user)

    def visited(address, post=None, status=200):
        said = client.get(address) if post is None else client.post(address, post)
        assert said.status_code == status, (said.status_code, address)
        visited.url = getattr(said, "url", "")
        return unescape(said.content.decode())

    return visited


def test_from_the_list_to_the_reasons(visit, amira, feedback):
    ledger.aim(amira, RoleProfile.objects.get())
    AimTarget.objects.filter(competency=feedback).delete()
    text = visit(reverse("assessment:checks"))
    assert text.index("Skill C12") < text.index("Skill C08"), "what the role asks for comes first"
    visit(reverse("assessment:checks"), {"competency": str(feedback.pk)}, status=302)
    address = visit.url
    text = visit(address)
    assert "Question 1, at most 9" in text and "I do not know" in text and "Only you" in text
    assert "Choose one answer" in visit(address, {"position": "1", "go": "on"}, status=422)
    for _ in range(10):
        now = taken(amira, KnowledgeCheck.objects.get()).now
        if now is None:
            break
        visit(address, {"position": now.row.position, "choice": "a", "go": "on"}, status=302)
    text = visit(address)
    assert "never changes a level" in text and "I stopped because" in text
    assert "What fits better:" in text and "Practise something small" in text
    assert "%" not in text.split("<main")[1].split("</main")[0], "no score"
    assert "What the answers say" in visit(reverse("assessment:checks")) or "either way" in text


def test_a_coach_reads_a_finished_check_that_was_opened_and_no_other(client, amira, feedback):
    carl = make.helper(amira, "carl", Relation.COACH)
    client.force_login(carl)
    check = finished(amira, feedback)
    address = reverse("assessment:check-of", args=[amira.pk, check.pk])
    overview = reverse("assessment:history-of", args=[amira.pk])
    assert client.get(address).status_code == 404
    assert address not in client.get(overview).content.decode()
    KnowledgeCheck.objects.update(visibility=Visibility.PAIR)
    KnowledgeAnswer.objects.update(visibility=Visibility.PAIR)
    assert address in client.get(overview).content.decode()
    text = client.get(address).content.decode()
    assert "never changes a level" in text and "What next?" not in text
    KnowledgeCheck.objects.update(state="draft")
    KnowledgeAnswer.objects.filter(position=1).update(answered_at=None)
    assert client.get(address).status_code == 404


def test_answer_and_leave_then_go_on(visit, amira, feedback):
    check = start(amira, feedback)
    address = reverse("assessment:check", args=[check.pk])
    visit(address, {"position": "1", "choice": "a", "go": "leave"}, status=302)
    assert visit.url == reverse("assessment:checks")
    assert "Go on" in visit(visit.url)
    assert "Question 2" in visit(address)
    visit(reverse("assessment:check-discard", args=[check.pk]), {}, status=302)
    assert not KnowledgeCheck.objects.exists()


def test_without_questions_the_page_says_what_to_do(visit):
    Framework.objects.update(slug="own")
    assert "No checks for this framework yet" in visit(reverse("assessment:checks"))


def test_pages_take_few_queries(visit, amira, feedback):
    check = finished(amira, feedback)
    for address in (reverse("assessment:checks"), reverse("assessment:check", args=[check.pk])):
        with at_most(12):
            visit(address)


# --- the JSON door -------------------------------------------------------------------------------


def test_a_program_reads_results_and_no_answers_of_an_open_check(amira, feedback):
    _row, secret = people.create_token(
        actor=amira.user, name="p", scopes=[one.value for one in Scope], at=make.NOW
    )
    browser = Browser(headers={"Authorization": f"Bearer {secret}"})
    check = start(amira, feedback)
    answer(amira, check, "unsure")
    one = f"/api/v1/knowledge-checks/{check.pk}"
    assert browser.get(one).json()["answers"] == []
    finished(amira, feedback)
    told = browser.get(one).json()
    assert told["answers"][0]["right"] is False and told["answers"][0]["because"]
    assert told["said"] and "score" not in told
    assert len(browser.get("/api/v1/knowledge-checks").json()["items"]) == 1
    offered = browser.get("/api/v1/knowledge-checks/offered").json()["items"]
    assert {row["name"] for row in offered} == {"Skill C08", "Skill C12"}
