"""How much a goal counts: said by the client, told in the story, used by the schedule."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.models import Goal, GoalVersion, PlanVersion, Proposal
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


def test_a_draft_is_weighed_without_a_story_or_a_plan(amira):
    goal = stage.draft(amira)
    actions.weigh_goal(actor=amira.user, goal=goal, weight=3, at=stage.NOW)
    assert Goal.objects.get().weight == 3
    assert not GoalVersion.objects.exists() and not PlanVersion.objects.exists()


def test_an_active_goal_tells_it_in_its_own_story_and_in_that_of_the_plan(amira):
    goal = stage.active(amira)
    before = PlanVersion.objects.count()
    actions.weigh_goal(actor=amira.user, goal=goal, weight=2, at=stage.NOW)
    kept = GoalVersion.objects.filter(goal=goal).last()
    assert (kept.wording["weight"], kept.reason) == (2, "Changed how much it counts")
    told = PlanVersion.objects.order_by("number").last()
    assert "It matters more than most" in told.what and told.created_by == amira.user
    actions.weigh_goal(actor=amira.user, goal=goal, weight=2, at=stage.NOW)  # pressed twice
    assert PlanVersion.objects.count() == before + 1


def test_the_schedule_is_asked_with_it_and_one_that_waits_is_overtaken(amira):
    goal = stage.active(amira)
    stage.item(amira)
    waiting = actions.propose_schedule(actor=amira.user, client=amira, at=stage.NOW)
    goal = queries.goal(actor=amira.user, goal_id=goal.pk)
    actions.weigh_goal(actor=amira.user, goal=goal, weight=3, at=stage.NOW)
    plan = queries.plan_of(actor=amira.user, client=amira)
    asked = queries.laying(actor=amira.user, client=amira, plan=plan, at=stage.NOW)
    assert [way.weight for way in asked.question.ways] == [3]
    with pytest.raises(Refused, match="has changed since"):
        actions.accept_schedule(
            actor=amira.user, proposal=Proposal.objects.get(pk=waiting.pk), at=stage.NOW
        )


@pytest.mark.parametrize("weight", [0, 4, -1])
def test_what_is_not_on_the_scale_is_refused_and_changes_nothing(amira, weight):
    goal = stage.active(amira)
    with pytest.raises(Invalid):
        actions.weigh_goal(actor=amira.user, goal=goal, weight=weight, at=stage.NOW)
    assert Goal.objects.get().weight == 1


def test_a_closed_goal_does_not_count_any_more(amira):
    goal = stage.active(amira)
    actions.close_goal(actor=amira.user, goal=goal, outcome="met", at=stage.NOW)
    with pytest.raises(Refused):
        actions.weigh_goal(actor=amira.user, goal=goal, weight=2, at=stage.NOW)


def test_only_the_client_weighs(amira):
    goal = stage.active(amira, weight=2)
    coach = make.helper(amira, "carl", Relation.COACH)
    actions.show_goal(actor=amira.user, goal=goal, visibility=Visibility.PAIR, at=stage.NOW)
    with pytest.raises(PermissionDenied):
        actions.weigh_goal(actor=coach, goal=goal, weight=3, at=stage.NOW)
    with pytest.raises(NotVisible):
        actions.weigh_goal(actor=make.user("zoe"), goal=goal, weight=3, at=stage.NOW)
    assert Goal.objects.get().weight == 2


def test_the_page_asks_in_words_and_keeps_the_answer(amira, client, time_machine):
    time_machine.move_to(stage.NOW, tick=False)
    goal = stage.active(amira)
    client.force_login(amira.user)
    page = reverse("plans:goal", args=[goal.pk])
    assert "It comes first" in client.get(page).content.decode()
    answer = client.post(reverse("plans:goal-weigh", args=[goal.pk]), {"weight": "3"})
    assert answer.url == page and Goal.objects.get().weight == 3
    told = client.post(reverse("plans:goal-weigh", args=[goal.pk]), {"weight": "9"}, follow=True)
    assert "Please choose one of the three" in told.content.decode()
    assert Goal.objects.get().weight == 3
