"""What comes in and what is kept: labels, not seen, steps, scales as records."""

import json
from datetime import date

import numpy as np
import pytest

from coachwork.engine.ratings import scale
from coachwork.engine.ratings.calibration import calibrate
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.ratings import ratings
from coachwork.engine.ratings.settings import Kind


def given(**changed):
    columns = {"clients": ["ann", "ann", "bo"], "items": [1, 2, 1], "answers": [3, 4, 2]}
    return ratings(**(columns | changed))


def test_not_seen_is_left_out_and_never_filled_in():
    found = given(answers=[3, None, 2])
    assert len(found) == 2
    assert found.not_seen == 1
    assert given(answers=[3, np.nan, 2]).answers.tolist() == [3, 2]


def test_answers_may_start_at_one_and_steps_may_be_said():
    assert given(lowest=1).answers.tolist() == [2, 3, 1]
    assert given(steps=4).steps.tolist() == [4, 4]
    assert given(steps={1: 3, 2: 4}).steps.tolist() == [3, 4]
    assert given().steps.tolist() == [3, 4]


def test_days_are_dates_or_numbers():
    dates = [date(2026, 1, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert np.diff(given(days=dates).days).tolist() == [0, 31]
    assert given(days=[5, 5, 36]).days.tolist() == [5, 5, 36]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"answers": [3, 4]}, "There are 2 answers"),
        ({"answers": [3, 4.5, 2]}, "whole numbers"),
        ({"answers": [3, "x", 2]}, "whole numbers"),
        ({"answers": [3, float("inf"), 2]}, "whole numbers"),
        ({"answers": [3, -1, 2]}, "start at 0"),
        ({"answers": [0, 4, 2], "lowest": 1}, "start at 1"),
        ({"answers": [[3, 4, 2]]}, "one column"),
        ({"clients": [1.5, 2.0, 3.0]}, "whole numbers or text"),
        ({"clients": np.array(["a", 1, None], dtype=object)}, "all text"),
        ({"steps": 3}, "has 3 steps and an answer 4"),
        ({"steps": {1: 4}}, "Nobody said"),
        ({"days": ["yesterday"] * 3}, "dates"),
        ({"days": [1, 2]}, "of days"),
        ({"days": np.array(["2026-01-01", "NaT", "2026-01-01"], "datetime64[D]")}, "has a day"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(changed, says):
    with pytest.raises(RatingsError, match=says):
        given(**changed)


def test_a_behaviour_answered_twice_in_one_sitting_is_refused():
    with pytest.raises(RatingsError, match="twice"):
        calibrate(given(clients=["ann"] * 3, raters=["p"] * 3))
    calibrate(given(clients=["ann"] * 3, raters=["p"] * 3, days=[0, 0, 1]))


def test_where_asks_for_as_many_choices_as_ratings():
    assert len(given().where(np.array([True, False, True]))) == 2
    with pytest.raises(RatingsError, match="3 ratings"):
        given().where(np.array([True]))


def test_a_scale_is_the_same_after_being_kept():
    b = np.array([[-1.0, 0.0, 1.5], [0.25, np.nan, np.nan]])
    one = scale.Scale(("a", "b"), b, {"peer": Kind(0.1, 0.5, 0.2, 0.7, 1.0)}, version="7")
    again = scale.from_record(json.loads(json.dumps(one.record())))
    assert np.array_equal(again.thresholds, one.thresholds)
    assert again.record() == one.record()
    assert again.kind("peer") == one.kind("peer")
    assert again.item("b").tolist() == [0.25]


@pytest.mark.parametrize(
    ("record", "says"),
    [({}, "form 1"), ({"form": 1}, "not whole"), ({"form": 1, "thresholds": []}, "not whole")],
)
def test_records_of_something_else_are_refused(record, says):
    with pytest.raises(RatingsError, match=says):
        scale.from_record(record)


def test_scales_that_cannot_be_are_refused():
    with pytest.raises(RatingsError, match="each once"):
        scale.Scale(("a", "a"), np.zeros((2, 1)))
    with pytest.raises(RatingsError, match="positive"):
        scale.Scale(("a",), np.zeros((1, 1)), skill_sd=0.0)
    with pytest.raises(RatingsError, match="not on this scale"):
        scale.cold(["a"]).item("b")
