"""Home: the one next step and its reason, today's cues, the week, and what moved."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.assessment.models import SelfAssessment
from coachwork.evidence import actions as evidence
from coachwork.moments import actions as moments
from coachwork.moments import queries
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation
from coachwork.plans import actions as plans
from coachwork.plans import queries as plan_queries
from coachwork.practice import actions as practice
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def amira():
    return make.client()


def today(client, at=stage.NOW):
    return queries.today(actor=client.user, client=client, at=at)


def aimed(client):
    return evidence.set_aim(
        actor=client.user,
        client=client,
        kind="current",
        title="Team lead",
        role=make.role(C01=4),
        at=stage.NOW,
    )


def rated(client, skill, at=stage.NOW):
    evidence.record(
        actor=client.user,
        client=client,
        competency=skill,
        source="self",
        level=3,
        occasion_on=at.date(),
        provenance=f"self_rating:{at.isoformat()}",
        at=at,
    )


def logged(client, thing, *, n=0, chance="did", at=stage.NOW):
    return plans.log_chance(
        actor=client.user,
        thing=thing,
        chance=chance,
        occasion_on=at.date(),
        moment=f"{at.date()}.{n}",
        at=at,
    )


def test_the_next_step_follows_a_person_from_the_first_day_on(amira):
    seen = [today(amira).step.kind]
    aim = aimed(amira)
    seen.append(today(amira).step.kind)
    skill = aim.targets.get().competency
    draft = SelfAssessment.objects.create(
        framework=skill.framework, depth="quick", purpose="baseline", **make.about(amira)
    )
    step = today(amira).step
    assert str(draft.pk) in step.url
    draft.delete()
    rated(amira, skill)
    seen.append(today(amira).step.kind)
    evidence.decide_gap(
        actor=amira.user, client=amira, competency=skill, decision="focus", at=stage.NOW
    )
    seen.append(today(amira).step.kind)
    goal = stage.ready(amira)
    step = today(amira).step
    assert str(goal.pk) in step.url and step.title == "Go on with your goal"
    plans.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
    plans.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
    seen.append(today(amira).step.kind)
    kept = stage.if_then(amira, goal)
    seen.append(today(amira).step.kind)
    thursday = stage.NOW + 3 * DAY
    seen.append(today(amira, thursday).step.kind)
    logged(amira, kept, at=thursday)
    seen.append(today(amira, thursday).step.kind)
    stage.item(amira)
    seen.append(today(amira, thursday).step.kind)
    for n in (1, 2, 3):
        logged(amira, kept, n=n, at=thursday)
    seen.append(today(amira, thursday).step.kind)
    assert seen == [
        "aim",
        "assess",
        "focus",
        "goal",
        "if_then",
        "week",
        "practise",
        "enough",
        "item",
        "look_again",
    ]


def test_every_step_says_why_and_leads_somewhere(amira):
    step = today(amira).step
    assert step.title and step.reason and step.label and step.url.startswith("/")


def test_looking_again_begins_an_assessment_of_that_one_competency(amira):
    kept = stage.if_then(amira, stage.active(amira))
    thursday = stage.NOW + 3 * DAY
    for n in range(4):
        logged(amira, kept, n=n, at=thursday)
    step = today(amira, thursday).step
    assert step.sends == {"depth": "single", "part": str(stage.listening().pk)}
    assert "4 chances" in step.reason


def test_a_reserve_week_asks_for_nothing(amira):
    stage.if_then(amira, stage.active(amira))
    stage.item(amira)
    plan = plan_queries.plan_of(actor=amira.user, client=amira)
    plans.take_reserve(actor=amira.user, plan=plan, week_on=stage.TODAY, at=stage.NOW)
    found = today(amira)
    assert found.step.kind == "rest" and found.in_reserve
    assert found.cues == () and found.items == () and found.reserve_left == 1


def test_chances_of_this_week_are_counted_without_what_was_taken_back(amira):
    kept = stage.if_then(amira, stage.active(amira))
    logged(amira, kept, n=9, at=stage.NOW - DAY)  # last week
    for n, chance in enumerate(("did", "partly", "not", "none")):
        logged(amira, kept, n=n, chance=chance)
    practice.undo(actor=amira.user, log=logged(amira, kept, n=7), at=stage.NOW)
    found = today(amira)
    assert (found.done, found.chances) == (2, 3)
    (cue,) = found.cues
    assert (cue.times_today, cue.moment) == (4, "2026-01-05.4")


def test_what_moved_counts_standing_evidence_of_seven_days(amira):
    goal = stage.active(amira)
    kept = stage.if_then(amira, goal)
    logged(amira, kept)
    practice.undo(actor=amira.user, log=logged(amira, kept, n=1), at=stage.NOW)
    old = stage.NOW - 8 * DAY
    rated(amira, make.competency("C02"), at=old)
    (moved,) = today(amira).moved
    assert (moved.competency_id, moved.name, moved.rows) == (
        goal.competency_id,
        "Listening",
        1,
    )


def test_moments_of_the_week_come_first_and_an_if_then_is_shown_once(amira):
    goal = stage.active(amira)
    tied, free = stage.if_then(amira, goal), stage.if_then(amira, goal, if_text="the kettle boils")
    skill = stage.listening()
    behaviour = skill.behaviours.get(code="C01.1")
    moments.plan_week(
        actor=amira.user,
        client=amira,
        week_on=stage.TODAY,
        choices=[
            moments.Choice("one-to-one", skill, if_then=tied),
            moments.Choice("stand-up", skill, behaviour=behaviour),
        ],
        at=stage.NOW,
    )
    found = today(amira)
    assert [(cue.kind, cue.name, cue.text) for cue in found.cues] == [
        ("if_then", "One-to-one talk", str(tied)),
        ("moment", "Stand-up or short team meeting", behaviour.text),
        ("if_then", "", str(free)),
    ]
    assert found.has_week


def test_an_offered_goal_is_mentioned(amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    plans.offer_goal(actor=carl, client=amira, title="Speak up", at=stage.NOW)
    assert [goal["title"] for goal in today(amira).offered] == ["Speak up"]


def test_home_is_for_oneself_alone(amira):
    with pytest.raises(NotVisible):
        queries.today(actor=make.client("eve").user, client=amira, at=stage.NOW)
    with pytest.raises(PermissionDenied):
        mentor = make.helper(amira, "max", Relation.MENTOR)
        queries.today(actor=mentor, client=amira, at=stage.NOW)


def test_today_is_the_day_where_the_person_lives(amira):
    amira.user.timezone = "Pacific/Auckland"
    sunday_night = stage.NOW.replace(day=4, hour=20)  # Monday morning over there
    stage.if_then(amira, stage.active(amira))
    assert today(amira, sunday_night).week_on == stage.TODAY


def test_offers_for_a_week_are_the_own_if_thens_then_the_behaviours(amira):
    kept = stage.if_then(amira, stage.active(amira))
    view = queries.week_view(actor=amira.user, client=amira, week_on=stage.TODAY)
    assert view.offers[0].if_then == kept
    assert {one.behaviour.code for one in view.offers[1:]} == {"C01.1", "C01.2", "C01.3"}
    assert len(view.moments) == 12 and view.moments[0].code in view.fitting
