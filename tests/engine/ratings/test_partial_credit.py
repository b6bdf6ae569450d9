"""The response function: laws of the partial credit model, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine.ratings import partial_credit
from coachwork.engine.ratings.errors import RatingsError

FIVE = [[-1.5, -0.5, 0.5, 1.5], [0.4, -0.2, 0.1, 0.9]]
MIXED = [[-1.0, 0.0, 1.0], [0.3, np.nan, np.nan]]
tables = st.lists(st.lists(st.floats(-4, 4), min_size=3, max_size=3), min_size=1, max_size=5).map(
    np.array
)
skills = st.floats(-6, 6)


@given(tables, skills)
def test_chances_are_those_of_the_formula_and_add_up_to_one(b, skill):
    p = partial_credit.probabilities(b, [skill])[:, 0]
    by_hand = np.array([[np.exp(sum(skill - t for t in row[:x])) for x in range(4)] for row in b])
    assert np.allclose(p, by_hand / by_hand.sum(1, keepdims=True))
    assert np.allclose(p.sum(1), 1)


@given(tables, skills)
def test_information_is_the_slope_of_the_mean_answer(b, skill):
    h = 1e-5
    low, high = partial_credit.expected(b, [skill - h, skill + h]).T
    assert np.allclose((high - low) / (2 * h), partial_credit.information(b, [skill])[:, 0])


def test_an_item_with_one_step_is_a_rasch_item():
    p = partial_credit.probabilities(MIXED, [0.3, 1.3])[1]
    assert np.allclose(p[0], [0.5, 0.5, 0, 0])
    assert p[1, 1] == pytest.approx(1 / (1 + np.exp(-1.0)))
    assert partial_credit.steps(MIXED).tolist() == [3, 1]


def test_the_sum_score_is_all_that_counts_and_not_seen_is_absent():
    at = np.linspace(-3, 3, 7)
    one = partial_credit.log_likelihood(FIVE, [3, 1], at)
    other = partial_credit.log_likelihood(FIVE, [1, 3], at)
    assert np.allclose(one, other)
    alone = partial_credit.log_likelihood(FIVE[:1], [3], at)
    assert np.allclose(partial_credit.log_likelihood(FIVE, [3, np.nan], at), alone)
    assert (partial_credit.log_likelihood(FIVE, [np.nan, np.nan], at) == 0).all()


def test_extreme_skills_do_not_overflow():
    p = partial_credit.probabilities(FIVE, [-500.0, 500.0])
    assert np.isfinite(p).all()
    assert p[0, 0, 0] == pytest.approx(1)
    assert p[0, 1, 4] == pytest.approx(1)


def test_drawn_answers_have_the_chances_of_the_model():
    chance = np.random.default_rng(3)
    n = 20_000
    answers = partial_credit.drawn(MIXED, np.repeat([0, 1], n), np.full(2 * n, 0.4), chance)
    p = partial_credit.probabilities(MIXED, [0.4])[:, 0]
    for item in (0, 1):
        share = np.bincount(answers[item * n : (item + 1) * n], minlength=4) / n
        assert np.allclose(share, p[item], atol=0.015)


@pytest.mark.parametrize(
    ("thresholds", "says"),
    [
        ([[np.nan, 1.0]], "at least one step"),
        ([[0.0, np.nan, 1.0]], "come last"),
        ([[-np.inf, 1.0]], "finite"),
        ([["a", "b"]], "numbers"),
        ([[[1.0]]], "table"),
    ],
)
def test_thresholds_of_another_form_are_refused(thresholds, says):
    with pytest.raises(RatingsError, match=says):
        partial_credit.probabilities(thresholds, [0.0])


@pytest.mark.parametrize("answer", [-1, 5, 2.5])
def test_an_answer_that_the_item_does_not_have_is_refused(answer):
    with pytest.raises(RatingsError, match="answers 0 to 4"):
        partial_credit.log_likelihood(FIVE, [answer, 1], [0.0])
