"""Points: levels that add up, and similar things that bring less and less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine.scheduling import points

levels = st.floats(1, 5)


@given(levels, levels)
def test_points_and_levels_are_two_sides_of_one_thing(level, target):
    there = points.points_at(level) + points.need(level=level, target=target)
    assert points.level_at(there) == pytest.approx(max(level, target))


@given(st.floats(1, 4), st.floats(0.1, 1))
def test_the_same_step_asks_for_more_higher_up(level, step):
    lower = points.need(level=level - 0.5, target=level - 0.5 + step)
    assert points.need(level=level, target=level + step) > lower


def test_similar_activities_bring_full_then_less_then_little():
    assert points.together([30]) == 30
    assert points.together([30, 20]) == pytest.approx(30 + 0.6 * 20)
    assert points.together([30, 40, 10]) == pytest.approx(30 + 24 + 3)
    assert points.together([]) == 0


@given(st.lists(st.floats(0, 100)), st.floats(0, 100))
def test_one_more_never_brings_more_than_it_does_alone(gains, more):
    before = points.together(gains)
    assert before - 1e-9 <= points.together([*gains, more]) <= before + more + 1e-9
