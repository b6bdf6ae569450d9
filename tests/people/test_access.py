"""The permission table gives one answer: as a yes or no, and as a filter."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Relation, Share, Visibility
from coachwork.people.models.relationships import HELPING
from coachwork.plans.models import Goal
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("thing", Thing)
@pytest.mark.parametrize("relation", HELPING)
def test_nothing_is_granted_before_the_client_consents(thing: Any, relation: Any) -> None:
    amira = make.client()
    helper = make.helper(amira, "carl", relation, consented=False)
    assert not any(access.can(helper, verb, thing, amira) for verb in Verb)


def test_a_coach_sees_goals_of_the_pair_and_not_private_ones() -> None:
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    Goal.objects.create(title="pair", **make.about(amira, Visibility.PAIR))
    Goal.objects.create(title="private", **make.about(amira))
    seen = Goal.objects.filter(access.visible(carl, Thing.GOALS))
    assert [goal.title for goal in seen] == ["pair"]


def test_a_mentor_sees_only_the_goal_that_was_shared_with_them() -> None:
    amira = make.client()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    shared = Goal.objects.create(title="shared", **make.about(amira))
    Goal.objects.create(title="other", **make.about(amira, Visibility.PAIR))
    Share.objects.create(thing=Thing.GOALS, item=shared.pk, reader=max_, **make.about(amira))
    assert list(Goal.objects.filter(access.visible(max_, Thing.GOALS, client=amira))) == [shared]


def test_a_coach_may_read_a_goal_but_not_write_it() -> None:
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    goal = Goal.objects.create(title="pair", **make.about(amira, Visibility.PAIR))
    access.require_row(carl, Verb.READ, Thing.GOALS, goal)
    with pytest.raises(PermissionDenied):
        access.require_row(carl, Verb.WRITE, Thing.GOALS, goal)


def test_a_stranger_is_told_that_it_does_not_exist() -> None:
    amira, eve = make.client(), make.user("eve")
    with pytest.raises(access.NotVisible):
        access.require(eve, Verb.READ, Thing.GOALS, amira)
