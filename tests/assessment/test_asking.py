"""The adaptive form: what matters first, few questions, every stop explained, nothing made up."""

import re
from html import unescape

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client as Browser
from django.urls import reverse

from coachwork.assessment import actions, queries
from coachwork.assessment.actions import Answer
from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.engine.adaptive import Reason
from coachwork.evidence.models import AimTarget, Evidence
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import actions as people
from coachwork.people.models import Relation, Scope
from tests import builders as make
from tests.assessment.test_actions import begin, submit
from tests.counting import at_most
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    owner = make.client()
    for code in ("C01", "C02", "C03"):
        make.competency(code, behaviours=5)
    ledger.aim(owner, make.role("Lead", C01=3, C02=4, C03=3))
    targets = AimTarget.objects.filter(client=owner)
    for code, importance in (("C01", 1), ("C02", 2), ("C03", 3)):
        targets.filter(competency__code=code).update(importance=importance)
    return owner


@pytest.fixture
def draft(amira):
    return begin(amira, "adapt")


def now(owner, draft):
    return queries.asking(actor=owner.user, client=owner, assessment_id=draft.pk)


def say(owner, draft, level=None, *, not_seen=False, row=None):
    rating = row or now(owner, draft).now.next
    actions.answer_question(
        actor=owner.user,
        assessment=draft,
        given=Answer(rating, level, not_seen),
        at=make.NOW,
    )
    return rating


def close(owner, draft, **words):
    skill = now(owner, draft).now
    actions.close_skill(actor=owner.user, assessment=draft, whole=skill.whole, at=make.NOW, **words)
    return skill


def answered(owner, draft, level):
    """The same answer to everything that is asked, until nothing is."""
    while (skill := now(owner, draft).now) is not None:
        if skill.next is None:
            close(owner, draft)
        else:
            say(owner, draft, level)


# --- what is asked -------------------------------------------------------------------------------


def test_what_matters_most_to_the_role_comes_first_and_what_matters_little_is_only_offered(
    amira, draft
):
    found = now(amira, draft)
    assert [one.competency.code for one in found.core] == ["C03", "C02"]
    assert [one.competency.code for one in found.offered] == ["C01"]
    say(amira, draft, 3, row=found.offered[0].next)
    assert [one.competency.code for one in now(amira, draft).core] == ["C03", "C02", "C01"]


def test_a_role_that_asks_little_of_everything_is_asked_about_everything(amira, draft):
    AimTarget.objects.update(importance=1)
    assert len(now(amira, draft).core) == 3


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_it_stops_before_the_full_form_and_never_before_two_questions(amira, draft, level):
    answered(amira, draft, level)
    found = now(amira, draft)
    for skill in found.core:
        assert 2 <= skill.answered < len(skill.behaviours)
        assert skill.stopped == Reason.PRECISE
    assert found.answered < 10
    assert found.all == 15


def test_one_answer_is_never_enough(amira, draft):
    say(amira, draft, 5)
    assert now(amira, draft).now.stopped is None


def test_not_seen_is_never_filled_in(amira, draft):
    for _ in range(5):
        say(amira, draft, not_seen=True)
    skill = now(amira, draft).now
    assert (skill.stopped, skill.answered) == (Reason.NONE_LEFT, 5)
    closed = close(amira, draft)
    assert SelfRating.objects.get(pk=closed.whole.pk).not_seen
    answered(amira, draft, 3)
    submit(amira, draft)
    seen = set(Evidence.objects.values_list("competency__code", flat=True))
    assert seen == {"C02"}


def test_leaving_out_is_not_the_same_as_not_seen_and_both_count_as_asked(amira, draft):
    first = say(amira, draft)
    assert now(amira, draft).now.next.pk != first.pk
    close(amira, draft)
    assert not SelfRating.objects.get(behaviour=None, competency__code="C03").not_seen


def test_the_answers_become_ordinary_evidence_and_what_was_not_asked_is_not_low(amira, draft):
    answered(amira, draft, 4)
    asked = now(amira, draft).answered
    submit(amira, draft)
    rows = Evidence.objects.all()
    assert rows.count() == asked
    assert {(row.source, int(row.level)) for row in rows} == {("self", 4)}
    mirror = queries.mirror(actor=amira.user, client=amira, assessment_id=draft.pk)
    assert [one.competency.code for one in mirror.not_asked] == ["C01"]
    assert not mirror.not_seen
    assert {one.level for one in mirror.strengths} == {4}


def test_a_changed_answer_counts_anew_and_keeps_its_place(amira, draft):
    first = say(amira, draft, 1)
    second = say(amira, draft, 5)
    found = now(amira, draft)
    assert found.before(found.of(second.pk)[1]).pk == first.pk
    say(amira, draft, 5, row=SelfRating.objects.get(pk=first.pk))
    found = now(amira, draft)
    assert found.of(first.pk)[1].level == 5
    assert found.before(found.of(first.pk)[1]) is None


def test_questions_of_other_forms_and_closed_forms_are_refused(amira, draft):
    other = begin(amira, "full")
    foreign = other.ratings.exclude(behaviour=None).first()
    whole = draft.ratings.filter(behaviour=None).first()
    for row in (foreign, whole):
        with pytest.raises(Invalid):
            say(amira, draft, 3, row=row)
    with pytest.raises(Invalid):
        say(amira, draft, 6)
    with pytest.raises(Invalid):
        say(amira, draft, 3, not_seen=True)
    with pytest.raises(Invalid):
        close(amira, draft, confidence="cocky")
    with pytest.raises(SelfAssessment.DoesNotExist):
        now(amira, other)
    row = now(amira, draft).now.next
    submit(amira, draft)
    with pytest.raises(Refused):
        say(amira, draft, 3, row=row)


def test_nobody_else_answers_for_the_client(amira, draft):
    carl = make.helper(amira, "carl", Relation.COACH)
    row = now(amira, draft).now.next
    with pytest.raises(ObjectDoesNotExist):
        actions.answer_question(
            actor=carl, assessment=draft, given=Answer(row, 3, False), at=make.NOW
        )
    with pytest.raises(SelfAssessment.DoesNotExist):
        queries.asking(actor=carl, client=amira, assessment_id=draft.pk)


# --- the pages -----------------------------------------------------------------------------------


@pytest.fixture
def visit(client, amira, draft):
    client.force_login(amira.user)

    def visited(address, post=None, status=200):
        answer = client.get(address) if post is None else client.post(address, post)
        assert answer.status_code == status, (answer.status_code, address)
        visited.url = getattr(answer, "url", "")
        return unescape(answer.content.decode())

    return visited


def page(name, draft, *args):
    return reverse(f"assessment:{name}", args=[draft.pk, *args])


def test_from_the_first_question_to_the_mirror_with_every_stop_explained(visit, amira, draft):
    start = visit(reverse("assessment:start"))
    assert 'value="adapt"' in start
    explained = 0
    for _ in range(40):
        visit(page("ask", draft), status=302)
        address = visit.url
        if address == page("review", draft):
            break
        text = visit(address)
        assert "of 2" in text
        if "/enough/" in address:
            explained += 1
            assert "I have asked enough about this" in text
            assert "until others have had their say" in text
            assert "Ask me one more" in text
            visit(address, {"example": "I asked twice", "go": "on"}, status=302)
        else:
            assert "What the levels look like here" in text
            visit(address, {"level": "4", "go": "on"}, status=302)
    assert explained == 2
    text = visit(page("review", draft))
    assert "Your role asks little of these" in text and "Skill C01" in text
    assert re.search(r"\d questions asked; the full form has 15", text)
    visit(page("review", draft), {"visibility": "V0"}, status=302)
    text = visit(page("mirror", draft))
    assert "Not asked" in text and "I asked twice" in text
    visit(page("ask", draft), status=302)
    assert visit.url == page("mirror", draft)


def test_back_leave_resume_and_one_more(visit, amira, draft):
    visit(page("ask", draft), status=302)
    first = visit.url
    assert ">Back<" not in visit(first)
    visit(first, {"level": "2", "go": "on"}, status=302)
    visit(page("ask", draft), status=302)
    second = visit.url
    assert ">Back<" in visit(second)
    visit(second, {"level": "", "go": "back"}, status=302)
    assert visit.url == first
    assert re.search(r'value="2"[^>]*checked', visit(first))
    visit(first, {"level": "5", "go": "leave"}, status=302)
    assert visit.url == reverse("home")
    assert page("resume", draft) in visit(reverse("assessment:start"))
    visit(page("resume", draft), status=302)
    assert visit.url == page("ask", draft)
    skill = now(amira, draft).now
    text = visit(page("enough", draft, skill.whole.position))
    assert "What you answered so far is kept" in text
    visit(page("question", draft, skill.left.pk))


def test_bad_input_is_said_and_nothing_is_lost(visit, amira, draft):
    visit(page("ask", draft), status=302)
    visit(visit.url, {"level": "9", "go": "on"}, status=422)
    position = now(amira, draft).now.whole.position
    text = visit(
        page("enough", draft, position),
        {"example": "kept text", "example_on": "2099-01-01"},
        status=422,
    )
    assert "kept text" in text
    visit(page("enough", draft, 99), status=404)
    visit(page("question", draft, draft.pk), status=404)
    other = begin(amira, "full")
    visit(page("ask", other), status=404)


def test_a_competency_without_behaviours_is_asked_as_a_whole(visit, amira, draft):
    SelfRating.objects.filter(competency__code="C03").exclude(behaviour=None).delete()
    visit(page("ask", draft), status=302)
    assert visit.url == page("rate", draft, 1)
    row = SelfRating.objects.get(competency__code="C03")
    visit(visit.url, {f"level-{row.pk}": "3", "go": "on"}, status=302)
    assert visit.url == page("ask", draft)
    assert now(amira, draft).now.competency.code == "C02"


def test_a_question_takes_few_queries(visit, draft):
    visit(page("ask", draft), status=302)
    with at_most(12):
        visit(visit.url)


# --- the JSON door -------------------------------------------------------------------------------


def test_a_program_asks_what_is_next_and_answers_it(amira, draft):
    _row, secret = people.create_token(
        actor=amira.user, name="p", scopes=[one.value for one in Scope], at=make.NOW
    )
    browser = Browser(headers={"Authorization": f"Bearer {secret}"})
    base = f"/api/v1/self-assessments/{draft.pk}"
    found = browser.get(f"{base}/next").json()
    assert found["skills"][0] | {"competency": ""} == {
        "competency": "",
        "position": 1,
        "asked": 0,
        "of": 5,
        "stopped": "",
        "offered": False,
    }
    for _ in range(20):
        if found["behaviour"] is None:
            break
        answer = browser.put(
            f"{base}/answers/{found['behaviour']}", {"level": 5}, content_type="application/json"
        )
        assert answer.status_code == 200
        found = answer.json()
    assert [one["stopped"] for one in found["skills"]] == ["precise", "precise", ""]
    assert [one["offered"] for one in found["skills"]] == [False, False, True]
    bad = browser.put(f"{base}/answers/{draft.pk}", {"level": 5}, content_type="application/json")
    assert bad.status_code == 404
