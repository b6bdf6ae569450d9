"""The rhythm of check-ins: rests in reserve, silences, and working days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine import rhythm
from coachwork.engine.rhythm import State

FIRST = date(2026, 1, 5)  # a Monday


def weeks(*numbers):
    return {FIRST + timedelta(weeks=n) for n in numbers}


def lived(until, answered, **more):
    return rhythm.rhythm(FIRST, FIRST + timedelta(weeks=until), answered=weeks(*answered), **more)


@pytest.mark.accepts("T9-04")
def test_two_missed_weeks_with_two_reserves_are_rests_and_no_flag():
    seen = lived(4, [0, 1])
    assert [one.state for one in seen[2:4]] == [State.REST, State.REST]
    assert not rhythm.has_lapsed(seen)


def test_from_the_third_on_weeks_lapse_and_two_make_a_flag():
    seen = lived(5, [0])
    assert [one.state for one in seen] == ["answered", "rest", "rest", "lapsed", "lapsed", "open"]
    assert rhythm.has_lapsed(seen)
    assert rhythm.counted(seen) == (1, 2, 5)


def test_a_pause_uses_up_no_rest_and_ends_a_silence():
    seen = lived(4, [0], paused=weeks(1, 2))
    assert [one.state for one in seen[1:4]] == [State.PAUSED, State.PAUSED, State.REST]
    assert rhythm.quiet_since(seen) is None


@pytest.mark.parametrize(("until", "quiet"), [(1, None), (2, None), (3, 1), (9, 1)])
def test_a_silence_begins_with_its_first_week_whatever_follows(until, quiet):
    found = rhythm.quiet_since(lived(until, [0]))
    assert found == (None if quiet is None else FIRST + timedelta(weeks=quiet))


@given(st.sets(st.integers(0, 30)), st.integers(0, 30), st.integers(0, 3))
def test_no_eight_weeks_hold_more_rests_than_the_reserve(answered, until, reserve):
    seen = lived(until, answered, reserve=reserve)
    for start in range(len(seen)):
        window = seen[start : start + rhythm.WINDOW]
        assert sum(one.state is State.REST for one in window) <= reserve
    assert len(seen) == until + 1


def test_every_second_week_asks_half_as_often():
    assert [one.on for one in lived(4, [], every=2)] == sorted(weeks(0, 2, 4))


@pytest.mark.accepts("T9-14")
@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        ("2026-01-09T18:00", 2, "2026-01-13T18:00"),  # Friday evening -> Tuesday
        ("2026-01-05T09:00", 1, "2026-01-06T09:00"),
        ("2026-01-10T12:00", 1, "2026-01-13T12:00"),  # Saturday counts from Monday
        ("2026-03-27T18:00", 1, "2026-03-30T18:00"),  # across the change to summer time
    ],
)
def test_working_days_leave_out_weekends_and_keep_the_clock(at, days, due):
    zone = ZoneInfo("Europe/Berlin")
    found = rhythm.working_days_later(datetime.fromisoformat(at).replace(tzinfo=zone), days)
    assert found == datetime.fromisoformat(due).replace(tzinfo=zone)
