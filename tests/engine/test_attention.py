"""Hours, caps and silence hold in every zone, through every change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine.attention import (
    DAY_CAP,
    STOPPED_AFTER,
    WEEK_CAP,
    Barrier,
    Hours,
    barrier,
    fading,
    ignored,
    is_quiet,
    moment,
    next_slot,
    quiet_ends,
)

# Each moves its clocks in a way of its own: south, half an hour, at midnight, never.
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "UTC",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
clocks = st.times().map(lambda it: it.replace(microsecond=0))
moments = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
hours = st.builds(
    Hours,
    zone=zones,
    quiet_from=clocks,
    quiet_to=clocks,
    weekends=st.booleans(),
    paused_until=st.none() | st.dates(date(2024, 1, 1), date(2028, 1, 1)),
)
BERLIN = Hours(ZoneInfo("Europe/Berlin"))
MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def sent_of(tries: list[datetime], given: Hours) -> list[datetime]:
    """What really goes out when a nudge is tried at each of these times."""
    sent: list[datetime] = []
    for at in sorted(tries):
        if barrier(given, sent, at) is None:
            sent.append(at)
    return sent


@given(hours, moments, st.lists(st.integers(0, 20 * 24 * 60), max_size=60))
def test_no_day_and_no_seven_days_have_more_than_their_cap(given_hours, start, minutes):
    sent = sent_of([start + timedelta(minutes=n) for n in minutes], given_hours)
    days = [at.astimezone(given_hours.zone).date() for at in sent]
    for day in days:
        assert days.count(day) <= DAY_CAP
        assert sum(0 <= (other - day).days < 7 for other in days) <= WEEK_CAP


@given(hours, moments, st.lists(st.integers(0, 20 * 24 * 60), max_size=60))
def test_nothing_goes_out_in_a_pause_at_night_or_at_an_unwanted_weekend(
    given_hours, start, minutes
):
    for at in sent_of([start + timedelta(minutes=n) for n in minutes], given_hours):
        local = at.astimezone(given_hours.zone)
        assert not is_quiet(given_hours, at)
        assert given_hours.weekends or local.weekday() < 5
        assert given_hours.paused_until is None or local.date() >= given_hours.paused_until


@given(zones, moments, st.integers(1, 5))
def test_somebody_with_open_hours_is_reached_on_five_days_of_a_working_week(zone, start, tries):
    """The caps hold back, but not more than they say."""
    open_hours = Hours(zone, quiet_from=time(0), quiet_to=time(0), weekends=True)
    sent = sent_of([start + timedelta(hours=24 * n) for n in range(tries)], open_hours)
    # A day of 23 or 25 hours can put two tries into one date, never into three.
    assert len(sent) >= tries - 1


@given(hours, clocks, moments)
def test_the_next_slot_is_later_on_its_clock_and_on_a_wanted_day(given_hours, clock, after):
    slot = next_slot(given_hours, clock, after)
    local = slot.astimezone(given_hours.zone)
    assert slot > after
    assert given_hours.weekends or local.weekday() < 5
    assert given_hours.paused_until is None or local.date() >= given_hours.paused_until
    skipped = local.time() != clock  # only where the clocks jump over it, and then by the jump
    assert not skipped or moment(local.date(), clock, given_hours.zone) == slot


@given(zones, clocks, moments)
def test_every_day_has_one_slot_through_a_whole_year(zone, clock, after):
    always = Hours(zone, weekends=True)
    days = []
    for _ in range(370):
        after = next_slot(always, clock, after)
        days.append(after.astimezone(zone).date())
    assert [later - earlier for earlier, later in pairwise(days)] == ([timedelta(days=1)] * 369)


@given(hours, moments)
def test_quiet_hours_end_when_it_is_no_longer_quiet(given_hours, at):
    ends = quiet_ends(given_hours, at)
    assert ends >= at
    assert not is_quiet(given_hours, ends) or _clocks_jump(given_hours, ends)
    assert is_quiet(given_hours, at) or ends == at


def _clocks_jump(given_hours: Hours, at: datetime) -> bool:
    """Whether the quiet hours end in an hour that comes twice, or not at all, on this day."""
    around = [(at + timedelta(hours=n)).astimezone(given_hours.zone).utcoffset() for n in (-4, 4)]
    return around[0] != around[1]


def test_a_time_that_the_clocks_skip_comes_as_much_later():
    spring = moment(date(2026, 3, 29), time(2, 30), BERLIN.zone)
    assert spring.astimezone(BERLIN.zone).time() == time(3, 30)


def test_a_time_that_comes_twice_is_taken_the_first_time():
    autumn = moment(date(2026, 10, 25), time(2, 30), BERLIN.zone)
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_digest_at_eight_comes_at_eight_on_both_sides_of_a_change_of_clocks():
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    always = Hours(BERLIN.zone, weekends=True)
    slot = next_slot(always, time(8), saturday)
    assert slot == datetime(2026, 3, 29, 6, tzinfo=UTC)  # summer time
    assert next_slot(always, time(8), datetime(2026, 3, 28, 1, tzinfo=UTC)).hour == 7


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 1, 5, 9, tzinfo=UTC), None),
        (datetime(2026, 1, 5, 5, tzinfo=UTC), Barrier.QUIET),
        (datetime(2026, 1, 5, 19, 30, tzinfo=UTC), Barrier.QUIET),  # 20:30 in Berlin
        (datetime(2026, 1, 4, 9, tzinfo=UTC), Barrier.WEEKEND),
    ],
)
def test_the_hours_of_a_person_are_read_where_they_live(at, expected):
    assert barrier(BERLIN, [], at) == expected


def test_a_pause_ends_on_the_day_it_names():
    paused = Hours(BERLIN.zone, paused_until=date(2026, 1, 6))
    assert barrier(paused, [], MONDAY) == Barrier.PAUSED
    assert barrier(paused, [], MONDAY + timedelta(days=1)) is None


def test_the_second_of_a_day_and_the_sixth_of_a_week_are_held():
    assert barrier(BERLIN, [MONDAY - timedelta(hours=1)], MONDAY) == Barrier.DAY_FULL
    always = Hours(BERLIN.zone, weekends=True)
    week = [MONDAY - timedelta(days=n) for n in range(1, 6)]
    assert barrier(always, week, MONDAY) == Barrier.WEEK_FULL
    assert barrier(always, week[:4], MONDAY) is None


@given(st.lists(moments, unique=True, max_size=9).map(sorted), st.lists(moments, max_size=4))
def test_a_nudge_counts_as_ignored_until_anything_is_answered_after_it(sent, answers):
    run = ignored(sent, answers)
    assert 0 <= run <= len(sent)
    unanswered = sent[len(sent) - run :]
    assert all(one > answer for one in unanswered for answer in answers)
    assert run == len(sent) or any(answer >= sent[-run - 1] for answer in answers)


def test_two_ignored_halve_and_four_stop():
    assert [fading(run, 0) for run in range(6)] == [
        None, None, Barrier.HALVED, Barrier.HALVED, Barrier.STOPPED, Barrier.STOPPED,
    ]  # fmt: skip
    assert fading(2, 1) is None and fading(3, 1) is None
    assert fading(STOPPED_AFTER, 1) is Barrier.STOPPED
