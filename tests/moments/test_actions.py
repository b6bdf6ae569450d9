"""Planning a week's moments, and links of one tap."""

from datetime import timedelta

import pytest

from coachwork.evidence.models import Evidence
from coachwork.kit.content import load
from coachwork.kit.errors import Invalid
from coachwork.moments import actions, queries
from coachwork.moments.actions import Choice
from coachwork.moments.models import Moment, MomentPlan
from coachwork.people.access import NotVisible
from coachwork.plans import actions as plans
from coachwork.practice import actions as practice
from coachwork.practice.models import PracticeLog
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
CODES = [one.code for one in load("moments")]


@pytest.fixture
def amira():
    return make.client()


def planned(client, *codes, week_on=stage.TODAY, **words):
    choices = [Choice(code, stage.listening(), **words) for code in codes]
    return actions.plan_week(
        actor=client.user, client=client, week_on=week_on, choices=choices, at=stage.NOW
    )


def test_there_are_twelve_typical_moments():
    assert len(CODES) == 12


def test_a_week_holds_what_was_chosen_last_and_saving_twice_changes_nothing(amira):
    planned(amira, "one-to-one", "stand-up", "review")
    planned(amira, "one-to-one", "presentation", prep="Breathe")
    planned(amira, "one-to-one", "presentation", prep="Breathe")
    found = queries.moment_plans(actor=amira.user, client=amira, week_on=stage.TODAY)
    assert [plan.moment.code for plan in found] == ["one-to-one", "presentation"]
    assert {plan.prep for plan in found} == {"Breathe"}
    assert Moment.objects.count() == 2


def test_weeks_do_not_touch_each_other(amira):
    planned(amira, "one-to-one")
    planned(amira, "stand-up", week_on=stage.week(2))
    planned(amira, week_on=stage.week(2))
    assert [moment.code for moment in Moment.objects.all()] == ["one-to-one"]


@pytest.mark.parametrize(
    ("codes", "words", "field"),
    [
        (CODES[:4], {}, "moments"),
        (["full-moon"], {}, "moments"),
        (["one-to-one"], {"prep": "x" * 301}, "prep"),
        (["one-to-one"], {"prep": "\x00"}, "prep"),
        (["one-to-one"], {"week_on": stage.TODAY - timedelta(weeks=1)}, "week_on"),
    ],
)
def test_what_makes_no_week_is_refused_and_nothing_changes(amira, codes, words, field):
    week_on = words.pop("week_on", stage.TODAY)
    with pytest.raises(Invalid) as refusal:
        planned(amira, *codes, week_on=week_on, **words)
    assert list(refusal.value.fields) == [field]
    assert not Moment.objects.exists()


def test_a_moment_is_logged_under_its_competency_or_its_if_then(amira):
    kept = stage.if_then(amira, stage.active(amira))
    (free,) = planned(amira, "one-to-one")
    (tied,) = planned(amira, "stand-up", if_then=kept, week_on=stage.week(2))
    for plan in (free, tied):
        actions.log_moment(
            actor=amira.user,
            plan=plan,
            chance="did",
            occasion_on=stage.TODAY,
            moment="1",
            at=stage.NOW,
        )
    assert {log.item for log in PracticeLog.objects.all()} == {free.pk, kept.pk}
    assert Evidence.objects.count() == 2


class TestTaps:
    @pytest.fixture
    def kept(self, amira):
        return stage.if_then(amira, stage.active(amira))

    def tap(self, kept, chance="did", **words):
        words = {"actor": kept.client.user, "on": stage.TODAY, "at": stage.NOW, **words}
        return actions.tap(if_then=kept, chance=chance, **words)

    def test_a_link_has_one_effect(self, kept):
        assert self.tap(kept).is_new
        again = self.tap(kept, "not")
        assert not again.is_new and again.log.chance == "did"
        assert PracticeLog.objects.count() == Evidence.objects.count() == 1

    def test_an_old_mail_does_not_bring_back_what_was_taken_back(self, kept):
        done = self.tap(kept)
        practice.undo(actor=kept.client.user, log=done.log, at=stage.NOW)
        assert not self.tap(kept).is_new
        assert queries.today(actor=kept.client.user, client=kept.client, at=stage.NOW).chances == 0

    def test_a_link_and_the_home_page_mean_the_same_first_chance(self, kept):
        today = queries.today(actor=kept.client.user, client=kept.client, at=stage.NOW)
        (cue,) = today.cues
        self.tap(kept)
        plans.log_chance(
            actor=kept.client.user,
            thing=kept,
            chance="did",
            occasion_on=stage.TODAY,
            moment=cue.moment,
            at=stage.NOW,
        )
        assert PracticeLog.objects.count() == 1

    def test_what_has_ended_records_nothing(self, kept):
        plans.end_if_then(actor=kept.client.user, if_then=kept, at=stage.NOW)
        with pytest.raises(actions.Ended):
            self.tap(kept)

    def test_nobody_else_can_press_it(self, kept):
        with pytest.raises(NotVisible):
            self.tap(kept, actor=make.client("eve").user)


def test_taking_a_moment_out_of_the_week_keeps_what_was_logged(amira):
    (plan,) = planned(amira, "one-to-one")
    actions.log_moment(
        actor=amira.user, plan=plan, chance="did", occasion_on=stage.TODAY, moment="1", at=stage.NOW
    )
    planned(amira)
    assert not MomentPlan.objects.exists() and PracticeLog.objects.exists()
