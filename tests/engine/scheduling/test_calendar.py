"""Weeks from dates: holidays, reserve, busy time, leap days and the nights the clocks change."""

from datetime import date

import pytest

from coachwork.engine.scheduling.calendar import Calendar
from coachwork.engine.scheduling.errors import PlanningError


def test_weeks_begin_on_monday_and_the_past_is_negative():
    calendar = Calendar(date(2026, 11, 25), 4)  # a Wednesday
    assert calendar.monday == date(2026, 11, 23)
    assert [calendar.week(date(2026, 11, day)) for day in (22, 23, 29, 30)] == [-1, 0, 0, 1]
    assert calendar.start(1) == date(2026, 11, 30)


def test_the_leap_day_is_a_day_like_any_other():
    calendar = Calendar(date(2028, 2, 28), 60)
    assert calendar.week(date(2028, 2, 29)) == 0
    assert calendar.week(date(2028, 3, 6)) == 1
    assert calendar.week(date(2029, 2, 28)) == 52
    assert calendar.capacity(5, holidays=[date(2028, 2, 29)])[:2] == (4.0, 5.0)


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)])
def test_the_weeks_in_which_clocks_change_are_as_long_as_others(night):
    calendar = Calendar(night, 3)
    assert calendar.week(night) == 0
    assert (calendar.start(1) - calendar.start(0)).days == 7
    assert calendar.capacity(3) == (3.0, 3.0, 3.0)


def test_holidays_reserve_and_busy_time_come_off():
    calendar = Calendar(date(2026, 12, 21), 4)
    hours = calendar.capacity(
        5,
        holidays=[date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 24)],
        off=[date(2026, 12, 30)],
        busy={date(2027, 1, 5): 1.6, date(2027, 1, 6): 1.0, date(2027, 1, 14): 9.0},
    )
    # A Saturday takes nothing; quarters are rounded down; nothing falls below none.
    assert hours == (3.0, 0.0, 2.25, 0.0)


@pytest.mark.parametrize("hours", [-1, 169, float("nan")])
def test_hours_that_no_week_has_are_refused(hours):
    with pytest.raises(PlanningError):
        Calendar(date(2026, 1, 5), 2).capacity(hours)


def test_a_calendar_has_weeks():
    with pytest.raises(PlanningError):
        Calendar(date(2026, 1, 5), 0)
