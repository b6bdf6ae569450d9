"""What ships as suggestions: how often and how long is kept on the way into a plan."""

import pytest
from django.urls import reverse

from coachwork.frameworks import actions as frameworks
from coachwork.plans import actions, queries
from coachwork.plans.models import PlanItem, blueprints
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    frameworks.load_content(at=make.NOW)
    found = make.client()
    stage.active(found)
    return found


def laid(amira):
    plan = queries.plan_of(actor=amira.user, client=amira)
    return queries.laying(actor=amira.user, client=amira, plan=plan, at=stage.NOW)


def test_the_schedule_is_asked_about_every_blueprint_that_fits_with_its_own_time(amira):
    shipped = {one.code: one for one in blueprints.items("C01")}
    asked = laid(amira)
    pieces = {one.key.split(":")[1]: one for one in asked.question.pieces}
    assert set(shipped) <= set(pieces)
    assert {code: (one.cadence, one.minutes) for code, one in shipped.items()} == {
        code: (pieces[code].cadence, pieces[code].minutes) for code in shipped
    }
    assert len({one.cadence for one in shipped.values()}) == 3


def test_a_small_practice_comes_back_every_week(amira):
    small = {one.code for one in blueprints.practices(["C01"])}
    pieces = {one.key.split(":")[1]: one.cadence for one in laid(amira).question.pieces}
    assert small and {pieces[code] for code in small} == {"weekly"}


def test_an_accepted_schedule_keeps_how_often_and_what_would_show_it(amira):
    shipped = {one.code: one for one in blueprints.all_items()}
    goal = queries.goals(actor=amira.user, client=amira)[0]
    for small in blueprints.practices(["C01"]):  # let go once, they are not suggested again
        item = stage.item(amira, small.title, goal=goal, blueprint=small.code)
        actions.let_go_item(actor=amira.user, item=item, at=stage.NOW)
    made = actions.propose_schedule(actor=amira.user, client=amira, at=stage.NOW)
    actions.accept_schedule(actor=amira.user, proposal=made, at=stage.NOW)
    came = [one for one in PlanItem.objects.all() if one.blueprint in shipped]
    assert came
    for one in came:
        source = shipped[one.blueprint]
        assert (one.cadence, one.evidence_expected) == (source.cadence, source.evidence)
        assert bool(one.window_end) == (source.cadence != "once")


def test_one_press_adds_it_as_often_as_the_card_says(amira, client, time_machine):
    time_machine.move_to(stage.NOW, tick=False)
    client.force_login(amira.user)
    goal = queries.goals(actor=amira.user, client=amira)[0]
    found = queries.suggestions(actor=amira.user, client=amira, goals=[goal])
    often = next(one for one in found if one.cadence == "biweekly")
    page = client.get(reverse("plans:suggestions")).content.decode()
    assert often.cadence_label and often.cadence_label in page
    client.post(reverse("plans:suggestion-take", args=[goal.pk]), {"code": often.code})
    assert PlanItem.objects.get(blueprint=often.code).cadence == "biweekly"
