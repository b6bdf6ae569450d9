"""The score of a goal ladder, against the published formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine.goals import Attainment, ladder_score

goals = st.lists(
    st.builds(Attainment, rung=st.integers(-2, 2), weight=st.floats(0.5, 10)), min_size=1
)


@pytest.mark.accepts("T2-01")
@pytest.mark.parametrize(
    ("weights", "rungs", "score"),
    [([2, 1], [1, 0], 58.0), ([1, 1, 1], [1, 1, 1], 63.7), ([1, 2, 3], [0, 0, 0], 50.0)],
)
def test_the_score_is_that_of_the_formula(weights, rungs, score):
    attained = [Attainment(rung, weight) for rung, weight in zip(rungs, weights, strict=True)]
    assert round(ladder_score(attained), 1) == score


@given(goals)
def test_better_and_worse_are_mirrored_around_fifty(attained):
    mirrored = [Attainment(-goal.rung, goal.weight) for goal in attained]
    assert ladder_score(attained) + ladder_score(mirrored) == pytest.approx(100)


@given(goals, st.floats(0.1, 50))
def test_only_the_proportions_of_the_weights_matter(attained, factor):
    scaled = [Attainment(goal.rung, goal.weight * factor) for goal in attained]
    assert ladder_score(scaled) == pytest.approx(ladder_score(attained))


@given(goals)
def test_a_rung_higher_never_lowers_the_score(attained):
    first, *rest = attained
    if first.rung < 2:
        better = [Attainment(first.rung + 1, first.weight), *rest]
        assert ladder_score(better) > ladder_score(attained)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [Attainment(3)],
        [Attainment(-3)],
        [Attainment(1, 0)],
        [Attainment(1, -1)],
        [Attainment(1, float("nan"))],
        [Attainment(1, float("inf"))],
    ],
)
def test_what_cannot_be_scored_is_refused(wrong):
    with pytest.raises(ValueError):
        ladder_score(wrong)
