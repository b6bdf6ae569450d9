"""The rules that suggest a change of plan: when each speaks, and when it is silent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coachwork.engine.adjustments import Load, Signs, Thing, cards

TODAY = date(2026, 3, 4)  # a Wednesday
MONDAY = date(2026, 3, 2)
GOAL = Signs("g", started_on=date(2026, 1, 5), target_on=date(2026, 5, 25), practised=(TODAY,))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def rules(*goals: Signs, **more) -> list[str]:
    return [one.rule for one in cards(goals, **{"today": TODAY, **more})]


def test_a_plan_that_goes_well_gets_no_card():
    assert rules(GOAL) == []


def test_one_goal_gets_one_card_at_a_time_and_the_next_once_the_first_is_answered():
    both = replace(GOAL, practised=(ago(20),), rung=0, rung_on=ago(5))
    assert rules(both) == ["no_practice"]
    (card,) = cards([both], today=TODAY)
    assert rules(both, answered={card.cause}) == ["rung_early"]


def test_an_answered_cause_is_never_shown_again_and_a_new_cause_is():
    quiet = replace(GOAL, practised=(ago(20),))
    (card,) = cards([quiet], today=TODAY)
    assert cards([quiet], today=TODAY, answered={card.cause}) == ()
    again = replace(GOAL, practised=(ago(20), ago(15)))
    assert cards([again], today=TODAY, answered={card.cause})


class TestNoPractice:
    @pytest.mark.parametrize(("days", "found"), [(13, []), (14, ["no_practice"])])
    def test_it_speaks_after_two_weeks(self, days, found):
        assert rules(replace(GOAL, practised=(ago(days),))) == found

    def test_a_new_goal_has_two_weeks_first(self):
        assert rules(replace(GOAL, practised=(), started_on=ago(10))) == []

    def test_weeks_kept_free_do_not_count(self):
        quiet = replace(GOAL, practised=(ago(16),))
        assert rules(quiet, free={MONDAY - timedelta(weeks=1)}) == []

    def test_it_names_the_largest_real_thing_that_is_due(self):
        things = (
            Thing("small", 10, real=True, week_on=MONDAY),
            Thing("large", 40, real=True, week_on=MONDAY),
            Thing("later", 90, real=True, week_on=MONDAY + timedelta(weeks=3)),
            Thing("done", 90, real=True, week_on=MONDAY, done_on=ago(20)),
            Thing("book", 90, week_on=MONDAY),
        )
        (card,) = cards([replace(GOAL, practised=(ago(20),), things=things)], today=TODAY)
        assert card.thing == "large" and card.facts["days"] == 20


class TestOnlyOwnView:
    SEEN = replace(
        GOAL,
        practised=tuple(ago(n) for n in range(6)),
        own=((ago(70), 2.5), (ago(3), 3.0)),
        others=((ago(70), 2.5), (ago(3), 2.5)),
    )

    def test_it_speaks_where_one_sees_more_and_others_do_not(self):
        assert rules(self.SEEN) == ["only_own_view"]

    @pytest.mark.parametrize(
        "change",
        [
            {"practised": tuple(ago(n) for n in range(5))},
            {"own": ((ago(70), 2.5), (ago(3), 2.5))},
            {"own": ((ago(3), 3.0),)},
            {"others": ((ago(70), 2.5), (ago(3), 3.0))},
            {"others": ((ago(70), 2.5),)},
            {"others": ()},
        ],
    )
    def test_it_is_silent_where_that_is_not_known(self, change):
        assert rules(replace(self.SEEN, **change)) == []


class TestNoMovement:
    def test_two_looks_since_the_last_rung(self):
        looked = replace(GOAL, reviews=(ago(30), ago(2)))
        assert rules(looked) == ["no_movement"]
        assert rules(replace(looked, rung=-1, rung_on=ago(10))) == []
        assert rules(replace(looked, reviews=(ago(2),))) == []


class TestRungEarly:
    @pytest.mark.parametrize(
        ("rung", "on", "found"),
        [
            (0, ago(5), ["rung_early"]),
            (1, ago(5), ["rung_early"]),
            (-1, ago(5), []),
            (0, date(2026, 5, 1), []),
        ],
    )
    def test_what_was_expected_came_with_a_third_of_the_time_left(self, rung, on, found):
        assert rules(replace(GOAL, rung=rung, rung_on=on)) == found

    def test_after_six_weeks_it_is_no_news(self):
        assert rules(replace(GOAL, rung=0, rung_on=ago(43))) == []

    def test_without_a_date_nothing_is_early(self):
        assert rules(replace(GOAL, rung=1, rung_on=ago(5), target_on=None)) == []


class TestLowEnergy:
    def test_twice_in_a_row(self):
        assert rules(replace(GOAL, energies=((ago(9), 2), (ago(2), 1)))) == ["low_energy"]
        assert rules(replace(GOAL, energies=((ago(9), 1), (ago(5), 3), (ago(2), 1)))) == []
        assert rules(replace(GOAL, energies=((ago(2), 1),))) == []


class TestAllDone:
    DONE = tuple(Thing(f"t{n}", 15, week_on=MONDAY, done_on=TODAY) for n in range(3))

    def test_three_things_in_their_weeks_and_none_left(self):
        assert rules(replace(GOAL, things=self.DONE)) == ["all_done"]

    @pytest.mark.parametrize(
        "more",
        [
            Thing("open", 15),
            Thing("gone", 15, gone=True),
            Thing("late", 15, week_on=MONDAY - timedelta(weeks=3), done_on=TODAY),
        ],
    )
    def test_it_is_silent_where_it_was_not_easy(self, more):
        assert rules(replace(GOAL, things=(*self.DONE, more))) == []

    def test_two_are_too_few(self):
        assert rules(replace(GOAL, things=self.DONE[:2])) == []


class TestOverload:
    FULL = tuple(Load(MONDAY + timedelta(weeks=n), 150, 120) for n in range(2))

    def test_the_lightest_goal_may_rest_and_the_younger_of_two(self):
        light, heavy = replace(GOAL, key="light"), replace(GOAL, key="heavy", weight=3)
        (card,) = cards([heavy, light], today=TODAY, loads=self.FULL)
        assert (card.rule, card.goal) == ("overload", "light")
        young = replace(light, key="young", started_on=ago(20))
        assert cards([heavy, light, young], today=TODAY, loads=self.FULL)[0].goal == "young"

    def test_one_goal_alone_or_one_full_week_is_no_overload(self):
        other = replace(GOAL, key="other")
        assert rules(GOAL, loads=self.FULL) == []
        assert rules(GOAL, other, loads=self.FULL[:1]) == []

    def test_weeks_far_ahead_do_not_count(self):
        other = replace(GOAL, key="other")
        far = [Load(MONDAY + timedelta(weeks=n), 150, 120) for n in (4, 5, 6)]
        assert rules(GOAL, other, loads=far) == []
