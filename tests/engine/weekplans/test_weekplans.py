"""A plan of daily life laid on weeks: what is asked, what is proposed, and what stays."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachwork.engine.scheduling import CircularError
from coachwork.engine.weekplans import Piece, Question, Way, propose, rung, series_weeks
from coachwork.engine.weekplans.asking import ask
from coachwork.engine.weekplans.values import ADD, ENOUGH, MOVE, NO_GOAL, SPLIT
from coachwork.engine.weekplans.worth import WORTH, asked, worth

WEEKS = 30


def question(*pieces: Piece, hours: float = 2.0, **more: object) -> Question:
    ways = more.pop("ways", (Way("g", due=12, level=3.0, target=4.0),))
    capacity = more.pop("capacity", (hours,) * WEEKS)
    return Question(pieces, ways, capacity, **more)


def piece(key: str, **more: object) -> Piece:
    return Piece(**{"key": key, "kind": "practice", "minutes": 60, "goal": "g", **more})


def suggested(key: str, **more: object) -> Piece:
    return piece(key, in_plan=False, **more)


def by_key(found):
    return {one.key: one for one in found.steps}


class TestTheNextRung:
    def test_it_is_half_a_level_up_and_no_farther_than_a_target_ahead(self):
        assert rung(3.0, 4.0) == 3.5
        assert rung(3.2, 3.4) == 3.4
        assert rung(4.0, 3.0) == 4.5  # the target is reached, the goal is not
        assert rung(5.0, None) == 5.0

    def test_nobody_knows_the_level_then_a_half_step_in_the_middle_counts(self):
        assert asked(Way("g")) == 20.0

    def test_a_minute_of_practice_every_week_is_worth_more_than_an_hour_of_reading(self):
        weekly = worth(piece("a", minutes=2), times=10)
        assert weekly > worth(piece("b", kind="learning", minutes=60))

    def test_every_kind_of_item_has_its_worth(self):
        from coachwork.plans.models import PlanItem

        assert set(WORTH) == set(PlanItem.Kind.values)


class TestProposing:
    def test_suggestions_come_in_until_the_way_is_covered_and_the_rest_is_left_with_a_reason(self):
        pieces = [suggested(f"s{n}", minutes=5, cadence="weekly") for n in range(3)]
        others = [suggested(f"p{n}", kind="project", minutes=90) for n in range(12)]
        found = propose(question(*pieces, *others))
        assert [one.share for one in found.covered] == [1.0]
        assert all(step.do == ADD for step in found.steps)
        assert 0 < len(found.steps) < 15
        assert {why for _key, why in found.left} == {ENOUGH}
        assert len(found.left) + len(found.steps) == 15

    def test_a_plan_that_fits_is_left_alone(self):
        ways = (Way("g", due=12, level=3.0, target=3.1),)
        found = propose(question(piece("a", week=0), piece("b", week=5), ways=ways))
        assert not found.steps and found.how == "same_set"

    def test_what_lies_in_this_week_and_the_next_is_never_moved(self):
        crowded = [piece(f"a{n}", week=n % 2) for n in range(9)]
        found = propose(question(*crowded, hours=1.0))
        assert not [step for step in found.steps if step.do != ADD]

    def test_after_a_slip_the_old_gets_a_new_week_and_nothing_new_comes_into_the_next_two(self):
        slipped = piece("late", week=-1)
        found = propose(question(slipped, piece("now", week=0), suggested("s", minutes=30)))
        step = by_key(found)["late"]
        assert (step.do, step.before) == (MOVE, -1)
        assert all(one.start >= 2 for one in found.steps)

    def test_a_week_that_is_too_full_is_relieved_and_nothing_else_moves(self):
        full = [piece(f"a{n}", week=4, minutes=60) for n in range(3)]
        calm = piece("calm", week=6)
        ways = (Way("g", due=12, level=3.0, target=3.1),)
        found = propose(question(*full, calm, hours=2.0, ways=ways))
        assert len(found.steps) == 1 and found.steps[0].do == MOVE
        assert found.steps[0].key != "calm"

    def test_what_no_week_can_hold_is_spread(self):
        found = propose(question(piece("big", minutes=300, week=3), hours=2.0))
        step = by_key(found)["big"]
        assert step.do == SPLIT and sum(minutes for _week, minutes in step.weeks) == 300
        assert max(minutes for _week, minutes in step.weeks) <= 120

    def test_what_comes_back_stays_and_takes_its_hours_and_counts_for_the_goal(self):
        back = piece("weekly", minutes=60, cadence="weekly", week=-3, until=8)
        put = ask(question(back, hours=2.0))
        assert put.problem.capacity[0] == 1.0 and put.problem.capacity[9] == 2.0
        alone = ask(question(hours=2.0))
        assert put.problem.targets[0].need < alone.problem.targets[0].need

    def test_two_weeks_come_and_go_with_every_second_one(self):
        assert list(series_weeks(piece("a", cadence="biweekly", week=-1, until=6), 20)) == [1, 3, 5]

    def test_reserve_weeks_are_kept_free_before_the_date(self):
        put = ask(question(reserve=3))
        assert put.problem.targets[0].due == 9

    def test_a_goal_whose_date_is_over_is_named_and_nothing_is_laid_for_it(self):
        ways = (Way("g", due=-1, level=3.0),)
        found = propose(question(suggested("s"), ways=ways))
        assert found.troubles == (("target_past", "g"),) and not found.steps
        assert found.left == (("s", NO_GOAL),)

    def test_when_the_hours_are_short_a_way_out_is_named_that_really_is_one(self):
        pieces = [suggested(f"p{n}", kind="project", minutes=240) for n in range(3)]
        asked_for = question(*pieces, hours=0.5, ways=(Way("g", due=9, level=2.0, target=2.5),))
        found = propose(asked_for)
        assert found.falls_short
        more = next(one.hours for one in found.helps if one.hours)
        richer = replace(asked_for, capacity=tuple(h + more for h in asked_for.capacity))
        assert not propose(richer).falls_short
        later = next(one.weeks for one in found.helps if one.weeks)
        patient = replace(asked_for, ways=(Way("g", due=9 + later, level=2.0, target=2.5),))
        assert not propose(patient).falls_short

    def test_an_order_is_kept(self):
        first = piece("first", week=5)
        second = piece("second", week=4, after=("first",))
        found = by_key(propose(question(first, second)))
        ends = found["first"].start if "first" in found else 5
        begins = found["second"].start if "second" in found else 4
        assert ends < begins

    def test_what_waits_for_each_other_is_named(self):
        with pytest.raises(CircularError) as caught:
            propose(question(piece("a", week=3, after=("b",)), piece("b", week=4, after=("a",))))
        assert set(caught.value.loop) == {"a", "b"}

    def test_weeks_away_hold_nothing(self):
        away = tuple(0.0 if n in {2, 3, 4} else 2.0 for n in range(WEEKS))
        pieces = [piece(f"a{n}", week=n + 2, minutes=60) for n in range(3)]
        found = propose(question(*pieces, capacity=away))
        assert len(found.steps) == 3
        assert not any(week in {2, 3, 4} for step in found.steps for week, _m in step.weeks)

    def test_no_time_at_all_is_told_and_nothing_moves(self):
        found = propose(question(suggested("s"), hours=0.0))
        assert ("no_capacity", "") in found.troubles and not found.steps


@st.composite
def questions(draw):
    weeks = draw(st.integers(4, 14))
    capacity = tuple(
        draw(st.lists(st.sampled_from([0, 0.5, 1, 2, 3]), min_size=weeks, max_size=weeks))
    )
    goals = draw(st.integers(0, 2))
    ways = tuple(
        Way(f"g{n}", draw(st.integers(-1, weeks)), draw(st.sampled_from([None, 2.0, 3.5])), 4.0)
        for n in range(goals)
    )
    names = ["", *(one.key for one in ways)]
    pieces = [
        Piece(
            f"p{n}",
            draw(st.sampled_from(sorted(WORTH))),
            draw(st.integers(1, 400)),
            draw(st.sampled_from(names)),
            draw(st.sampled_from(["once", "once", "weekly", "daily", "biweekly"])),
            draw(st.none() | st.integers(-3, weeks + 2)),
            draw(st.none() | st.integers(-2, weeks)),
            draw(st.booleans()),
            False,
            tuple(f"p{k}" for k in range(n) if draw(st.integers(0, 5)) == 0),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    return Question(tuple(pieces), ways, capacity, draw(st.integers(0, 3)))


@settings(max_examples=120, deadline=None)
@given(questions())
def test_whatever_is_asked_no_week_gets_more_than_it_has_and_nothing_comes_before_its_needs(
    asked_for,
):
    """An independent count of the weeks: only what the proposal itself puts there."""
    found = propose(asked_for, why=False)
    pieces = {one.key: one for one in asked_for.pieces}
    steps = by_key(found)
    new = [0.0] * len(asked_for.capacity)
    for key, step in steps.items():
        assert pieces[key].week is None or not (pieces[key].in_plan and pieces[key].comes_back)
        for week, minutes in step.weeks:
            share = {"daily": 5, "biweekly": 0.5}.get(pieces[key].cadence, 1)
            new[week] += minutes * share / 60
    for week, hours in enumerate(new):
        assert hours <= asked_for.capacity[week] + 0.02
    for key, step in steps.items():
        for needed in pieces[key].after:
            assert needed not in steps or steps[needed].finish < step.start
        if asked_for.overdue:
            assert step.start >= 2
    assert all(0 <= one.share <= 1 for one in found.covered)
