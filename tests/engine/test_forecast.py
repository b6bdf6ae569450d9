"""The forecast is calibrated on people whose course is known, and silent where it knows nothing."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine import forecast as engine
from coachwork.engine.forecast import Forecast, ForecastError, Known, Record, Seen, forecast

TODAY = date(2026, 3, 2)
KNOWN = Known()


def days(weeks):
    return TODAY + timedelta(weeks=weeks)


def person(chance, known=KNOWN, spread=0.2):
    """Somebody's observations up to today, and their true level 20 weeks on."""
    pace = chance.normal(known.pace, known.pace_spread)
    level, seen = chance.uniform(1.5, 3.0), []
    for week in range(-24, 1, 4):
        seen.append(Seen(days(week), float(level + chance.normal(0, spread)), spread))
        level += pace * 4 + chance.normal(0, (known.wandering * 4) ** 0.5) * (week < 0)
    level -= pace * 4
    return seen, level + pace * 20 + chance.normal(0, (known.wandering * 20) ** 0.5)


def record(people=400, seed=1, rung_above=0.25):
    """Forecasts for simulated people, with what came."""
    chance, said, came = np.random.default_rng(seed), [], []
    for _ in range(people):
        seen, later = person(chance)
        rung = round((seen[-1].level + rung_above) * 2) / 2
        answer = forecast(seen, rung=min(5, max(1, rung)), by=days(20), today=TODAY)
        if answer.chance is not None:
            said.append(answer.chance)
            came.append(bool(later >= rung))
    return Record(tuple(said), tuple(came))


def test_chances_come_true_as_often_as_they_say():
    found = record(800)
    assert len(found.said) > 300
    for mean, share, number in engine.calibration(found, bins=5):
        assert abs(mean - share) < 3 * (0.25 / number) ** 0.5
    assert engine.better_than_base(found) is True


def test_the_range_is_below_and_above_the_chance_and_named_in_words():
    seen = [Seen(days(week), 2.0 + 0.02 * (week + 24), 0.15) for week in range(-24, 1, 3)]
    answer = forecast(seen, rung=3.0, by=days(26), today=TODAY)
    assert answer.silent == ""
    assert answer.low < answer.chance < answer.high
    assert 1 <= len(answer.words) <= 2
    assert answer.pace == pytest.approx(0.018, abs=0.006)
    assert (answer.fan[0].on, answer.fan[-1].on) == (TODAY, days(26))
    for one in answer.fan:
        assert list(one.levels) == sorted(one.levels)
        assert 1 <= one.levels[0] <= one.levels[-1] <= 5


def test_the_fan_is_wider_the_further_ahead_and_holds_what_it_says():
    chance, inside = np.random.default_rng(5), []
    for _ in range(400):
        seen, later = person(chance)
        thought = engine.course(seen, KNOWN)
        near, far = (thought.at(days(weeks)) for weeks in (2, 20))
        assert near.stdev < far.stdev
        inside.append(far.inv_cdf(0.1) <= later <= far.inv_cdf(0.9))
    assert np.mean(inside) == pytest.approx(0.8, abs=0.06)


def seen_on(*weeks, level=2.0):
    return [Seen(days(week), level, 0.2) for week in weeks]


@pytest.mark.parametrize(
    ("seen", "by", "reason"),
    [
        ([], days(10), "too_few"),
        (seen_on(-8, 0), days(10), "too_few"),
        (seen_on(-8, -8, -8), days(10), "too_few"),
        (seen_on(-2, -1, 0), days(10), "too_short"),
        (seen_on(-60, -50, -40), days(10), "too_old"),
        (seen_on(-8, -4, 0), TODAY, "date_past"),
        (seen_on(-8, -4, 0), days(-3), "date_past"),
        (seen_on(-8, -4, 0, level=3.5), days(10), "reached"),
        (seen_on(-8, -4, 1, 2), days(10), "too_few"),
    ],
)
def test_it_says_nothing_where_there_is_nothing_to_say(seen, by, reason):
    assert forecast(seen, rung=3.0, by=by, today=TODAY) == Forecast(silent=reason)


def test_it_says_nothing_where_anything_may_happen():
    wild = Known(pace=0.0, pace_spread=1.0)
    seen = seen_on(-8, -4, 0, level=2.8)
    answer = forecast(seen, rung=3.0, by=days(20), today=TODAY, known=wild)
    assert answer.silent == "too_wide"


def test_it_falls_silent_when_its_record_is_no_better_than_the_base_rate():
    seen = seen_on(-12, -8, -4, 0)
    good, coin = record(400, seed=2), np.random.default_rng(3)
    shuffled = replace(good, came=tuple(bool(one) for one in coin.permutation(good.came)))
    short = Record(good.said[:10], good.came[:10])

    def with_record(one):
        return forecast(seen, rung=2.5, by=days(20), today=TODAY, record=one)

    assert with_record(shuffled).silent == "no_better"
    assert (with_record(good).silent, with_record(good).proven) == ("", True)
    assert (with_record(short).silent, with_record(short).proven) == ("", False)
    assert with_record(None).proven is False


def test_always_naming_the_base_rate_is_no_better_than_the_base_rate():
    assert engine.better_than_base(Record((0.5,) * 40, (True, False) * 20)) is False
    assert engine.better_than_base(Record((1.0, 0.0) * 20, (True, False) * 20)) is True
    assert engine.better_than_base(Record((1.0,), (True,))) is None


def test_with_many_people_the_paces_of_all_become_the_prior():
    truth, chance = Known(0.02, 0.006), np.random.default_rng(7)
    courses = [engine.course(person(chance, truth, spread=0.1)[0], KNOWN) for _ in range(400)]
    found = engine.learned(courses)
    assert found.pace == pytest.approx(0.02, abs=0.002)
    assert found.pace_spread == pytest.approx(0.006, abs=0.003)
    assert engine.learned(courses[:5]) == KNOWN


@given(
    st.lists(
        st.builds(
            Seen,
            on=st.integers(-200, 30).map(lambda n: TODAY + timedelta(days=n)),
            level=st.floats(1, 5),
            spread=st.floats(0.01, 2),
        ),
        max_size=12,
    ),
    st.floats(1, 5),
    st.integers(-10, 400),
)
def test_whatever_was_seen_the_answer_is_a_chance_within_its_range_or_a_reason(seen, rung, ahead):
    by = TODAY + timedelta(days=ahead)
    answer = forecast(seen, rung=rung, by=by, today=TODAY)
    assert bool(answer.silent) == (answer.chance is None)
    if answer.chance is not None:
        assert 0 <= answer.low <= answer.high <= 1
        assert answer.fan[-1].on == by
    assert forecast(list(reversed(seen)), rung=rung, by=by, today=TODAY).silent == answer.silent


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Seen(TODAY, float("nan"), 0.1),
        lambda: Seen(TODAY, 2.0, 0.0),
        lambda: Known(pace_spread=0.0),
        lambda: Record((0.5,), ()),
        lambda: Record((1.5,), (True,)),
        lambda: forecast([], rung=7.0, by=days(4), today=TODAY),
        lambda: engine.course([], KNOWN),
    ],
)
def test_questions_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ForecastError):
        wrong()
