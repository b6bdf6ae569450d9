"""What the plan shows, and to whom: the client all of it, a helper what is open to them."""

import pytest
from django.urls import reverse

from coachwork.kit import weeks
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.models import Dependency, Goal
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db


def view(actor, owner):
    goals = queries.goals(actor=actor, client=owner, states=[Goal.State.ACTIVE], limit=10)
    return queries.plan(actor=actor, client=owner, today=stage.TODAY, goals=goals)


def test_a_plan_with_nothing_in_it_says_so():
    amira = make.client()
    assert view(amira.user, amira).is_empty


def test_items_lie_in_this_week_the_next_and_later():
    amira = make.client()
    stage.active(amira)
    later = stage.TODAY + make.days(28)
    this, next_, far = (
        stage.item(amira, title, week_on=day)
        for title, day in (
            ("now", stage.TODAY),
            ("next", stage.TODAY + make.days(7)),
            ("later", later),
        )
    )
    laid = [one.pk for one in view(amira.user, amira).open_items]
    assert laid == [this.pk, next_.pk, far.pk]
    assert this.week_on == weeks.monday(stage.TODAY)


def test_a_finished_item_leaves_the_weeks_and_stands_below():
    amira = make.client()
    stage.active(amira)
    done = stage.item(amira, "done")
    actions.finish_item(actor=amira.user, item=done, at=make.NOW)
    shown = view(amira.user, amira)
    assert [one.pk for one in shown.closed] == [done.pk]
    assert shown.open_items == []


def test_a_coach_reads_the_goals_of_the_pair_and_a_stranger_none():
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    eve = make.user("eve")
    shared = stage.ready(amira, visibility=Visibility.PAIR)
    kept = stage.draft(amira, visibility=Visibility.PRIVATE)
    assert queries.goal(actor=carl, goal_id=shared.pk) == shared
    for actor, goal in ((carl, kept), (eve, shared)):
        with pytest.raises((Goal.DoesNotExist, NotVisible)):
            queries.goal(actor=actor, goal_id=goal.pk)


def test_the_story_of_a_plan_tells_each_change_newest_first():
    amira = make.client()
    stage.active(amira)
    item = stage.item(amira, "Two breaths")
    actions.finish_item(actor=amira.user, item=item, at=make.NOW)
    plan = queries.plan_of(actor=amira.user, client=amira)
    told = queries.story(actor=amira.user, client=amira, plan=plan)
    numbers = [line.number for line in told]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) >= 2
    assert all(line.created_by_id == amira.user.pk for line in told)


def test_only_active_if_thens_are_listed_and_only_for_who_may_read_them():
    amira, eve = make.client(), make.client("eve")
    goal = stage.active(amira)
    actions.write_if_then(
        actor=amira.user,
        goal=goal,
        at=make.NOW,
        cue_type="event",
        if_text="If Jo stops talking",
        then_text="I wait two breaths",
    )
    mine = queries.if_thens(actor=amira.user, client=amira)
    assert [one.goal_id for one in mine] == [goal.pk]
    assert list(queries.if_thens(actor=eve.user, client=amira)) == []


def test_suggestions_come_from_the_competency_of_the_goal_and_say_why():
    from coachwork.frameworks import actions as frameworks

    frameworks.load_content(at=make.NOW)
    amira = make.client()
    goal = stage.active(amira)
    found = queries.suggestions(actor=amira.user, client=amira, goals=[goal])
    assert found
    assert all(one.why for one in found)


def test_an_item_open_to_the_coach_shows_no_goal_and_no_other_item_that_is_not(client):
    amira = make.client()
    coach = make.helper(amira, "carl", Relation.COACH)
    goal = stage.active(amira, visibility=Visibility.PRIVATE)
    hidden = stage.item(amira, "Talk to my lawyer", visibility=Visibility.PRIVATE)
    shown = stage.item(amira, "Write it down", goal=goal)
    type(shown).objects.filter(pk=shown.pk).update(visibility=Visibility.PAIR)
    Dependency.objects.create(item=shown, needed=hidden, **make.about(amira))
    client.force_login(coach)
    page = client.get(reverse("plans:plan-of", args=[amira.pk])).content.decode()
    assert "Write it down" in page
    assert goal.title not in page and "Talk to my lawyer" not in page
    client.force_login(amira.user)
    mine = client.get(reverse("plans:plan")).content.decode()
    assert goal.title in mine and "After:" in mine and "Talk to my lawyer" in mine
