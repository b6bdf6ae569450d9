"""Pages of scenes: played by pressing, with the other side's facts never in them."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.kit import content
from coachwork.people.models import Relation
from coachwork.practice.models import Attempt
from tests import builders as make
from tests.practice.test_actions_attempts import CODE, GOOD, LOW, looked_at, played

pytestmark = pytest.mark.django_db
SCENE = next(one for one in content.load("role_plays") if one.code == CODE)


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def hers(amira):
    made = Browser()
    made.force_login(amira.user)
    return made


def at(name, *args):
    return reverse(f"practice:{name}", args=args)


def text(answer):
    return answer.content.decode()


def test_a_scene_is_chosen_played_looked_at_and_thought_through(hers, amira):
    assert SCENE.title in text(hers.get(at("scenes")))
    answer = hers.post(at("scene", CODE), {"focus": "C02.1"}, follow=True)
    row = Attempt.objects.get()
    for number, choice in enumerate(GOOD):
        answer = hers.post(at("step", row.pk), {"step": number, "choice": choice}, follow=True)
    assert "Signed" in text(answer)
    assert hers.get(at("debrief", row.pk)).status_code == 302
    assert hers.post(at("rate", row.pk), {"C02_1": "9"}).status_code == 422
    answer = hers.post(at("rate", row.pk), {"C02_1": "4"}, follow=True)
    assert SCENE.poor.lines[0].says in text(answer)
    assert hers.post(at("debrief", row.pk), {"if_then": "kept words"}).status_code == 422
    answer = hers.post(at("debrief", row.pk), {"happened": "Said it first"}, follow=True)
    assert "Said it first" in text(answer)
    assert SCENE.title in text(hers.get(at("scenes")))


@pytest.mark.accepts("T3-02")
def test_no_model_is_served_before_one_has_looked_at_oneself(hers, amira):
    row = played(amira, *GOOD)
    models = [line.says for one in (SCENE.good, SCENE.other_good, SCENE.poor) for line in one.lines]
    pages = [at("scene", CODE), *(at(name, row.pk) for name in ("attempt", "rate", "debrief"))]
    for page in pages:
        said = text(hers.get(page, follow=True))
        assert not [line for line in models if line in said], page
    looked_at(amira, row, **{"C02.1": "3"})
    assert SCENE.good.lines[0].says in text(hers.get(at("debrief", row.pk)))


def test_what_the_other_side_knows_is_on_no_page(hers, amira):
    secret = SCENE.secret.split(".")[0]
    rows = [played(amira), played(amira, 0), played(amira, *GOOD), played(amira, *LOW)]
    pages = [at("scenes"), at("scene", CODE), *(at("attempt", row.pk) for row in rows)]
    row = looked_at(amira, rows[2])
    for page in (*pages, at("debrief", row.pk)):
        assert secret not in text(hers.get(page))


def test_a_low_ending_offers_the_way_back_and_a_second_tab_loses_nothing(hers, amira):
    row = played(amira, *LOW)
    assert "Back to where it turned" in text(hers.get(at("attempt", row.pk)))
    hers.post(at("step", row.pk), {"act": "rewind"})
    hers.post(at("step", row.pk), {"step": 0, "choice": 0})
    answer = hers.post(at("step", row.pk), {"step": 0, "choice": 2}, follow=True)
    assert "gone on meanwhile" in text(answer)
    row.refresh_from_db()
    assert row.record == [0]
    for wrong in ({"step": 1, "choice": "x"}, {"step": 1, "choice": 9}):
        assert hers.post(at("step", row.pk), wrong).status_code == 422
    hers.post(at("step", row.pk), {"act": "back"})
    hers.post(at("step", row.pk), {"act": "leave"})
    row.refresh_from_db()
    assert row.state == "left"


@pytest.mark.accepts("T3-11")
def test_a_scene_without_a_translation_keeps_its_language_and_says_so(hers, amira, german):
    amira.user.locale = german
    amira.user.save()
    row = played(amira)
    page = text(hers.get(at("attempt", row.pk)))
    line = SCENE.nodes[0]["line"]
    assert line in page and 'lang="en"' in page.split(line)[0][-400:]
    assert "Not translated yet" in page


def test_a_scene_that_is_not_there_is_not_there(hers):
    assert hers.get(at("scene", "nothing")).status_code == 404


def test_a_coach_sees_nothing_of_a_play_that_is_not_shared(amira):
    row = played(amira, *GOOD)
    coach = Browser()
    coach.force_login(make.helper(amira, "carl", Relation.COACH))
    for name in ("attempt", "rate", "debrief", "result"):
        assert coach.get(at(name, row.pk)).status_code == 404
