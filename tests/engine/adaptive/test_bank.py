"""The belief against direct integration, information against the derivative, and bad banks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachwork.engine.adaptive import AdaptiveError, Bank, Belief
from coachwork.engine.adaptive.bank import predicted_sd, thresholds

ITEMS = np.array([[-1.5, -0.5, 0.5, 1.5], [0.4, -0.2, 0.1, 0.9], [-2.0, 0.0, np.nan, np.nan]])
answers = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2))


def density(given_answers, skill, mean, sd):
    """Prior times the partial credit formula, written out by hand."""
    p = np.exp(-0.5 * ((skill - mean) / sd) ** 2)
    for row, x in zip(ITEMS, given_answers, strict=True):
        steps = row[np.isfinite(row)]
        weights = [np.exp(sum(skill - t for t in steps[:k])) for k in range(len(steps) + 1)]
        p *= weights[x] / sum(weights)
    return p


@settings(max_examples=25, deadline=None)
@given(answers, st.floats(-1, 1), st.floats(0.5, 2))
def test_the_belief_is_what_direct_integration_gives(said, mean, sd):
    # Finer and wider than the grid of the bank, and with no table.
    u = np.linspace(-14, 14, 5601)
    total, first, second = (np.trapezoid(u**k * density(said, u, mean, sd), u) for k in range(3))
    bank = Bank(ITEMS)
    belief = Belief.start(bank, mean=mean, sd=sd)
    for item, x in enumerate(said):
        belief = belief.after(bank, item, x)
    assert belief.mean == pytest.approx(first / total, abs=2e-3)
    assert belief.sd == pytest.approx(np.sqrt(second / total - (first / total) ** 2), abs=2e-3)
    assert belief.answered == 3


@pytest.mark.parametrize("luck", [0.0, 0.25])
def test_information_is_the_expected_squared_slope_of_the_log_chance(luck):
    bank = Bank(thresholds([-0.7, 1.1]), guessing=[luck, luck], spacing=0.001, reach=4)
    p = bank.chances
    slope = np.gradient(np.log(p), bank.at, axis=2)
    by_hand = (p * slope**2).sum(axis=1)
    inner = slice(2, -2)
    assert np.allclose(by_hand[:, inner], bank.information[:, inner], atol=1e-5)


def test_information_of_several_steps_is_the_curvature_of_the_log_likelihood():
    bank = Bank(ITEMS, spacing=0.001, reach=4)
    for item in range(3):
        log = np.log(bank.chances[item, 0])
        curved = -np.gradient(np.gradient(log, bank.at), bank.at)
        assert np.allclose(curved[5:-5], bank.information[item, 5:-5], atol=1e-4)


def test_not_seen_changes_nothing_and_is_no_answer():
    bank = Bank(ITEMS)
    start = Belief.start(bank)
    assert start.after(bank, 1, None) == start


def test_the_expected_spread_is_the_mean_over_the_answers():
    bank = Bank(ITEMS)
    belief = Belief.start(bank).after(bank, 0, 3)
    chances = [float(bank.likelihood(1, x) @ belief.weights) for x in range(5)]
    after = [belief.after(bank, 1, x).sd for x in range(5)]
    assert predicted_sd(bank, belief, 1) == pytest.approx(np.dot(chances, after))
    assert predicted_sd(bank, belief, 1) < belief.sd


def test_luck_makes_a_right_answer_tell_less():
    by_luck = Bank(thresholds([0.0]), guessing=[0.25])
    without = Bank(thresholds([0.0]))
    assert by_luck.chances[0, 1, 0] == pytest.approx(0.25, abs=1e-3)
    right = [Belief.start(one).after(one, 0, 1).mean for one in (by_luck, without)]
    assert 0 < right[0] < right[1]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Bank(np.array([["a"]])),
        lambda: Bank(np.array([[np.nan, 1.0]])),
        lambda: Bank(np.zeros((2, 0))),
        lambda: Bank(ITEMS, groups=("a",)),
        lambda: Bank(ITEMS, guessing=[0.2, 0.2, 0.2]),
        lambda: Bank(thresholds([0.0]), guessing=[1.0]),
        lambda: Bank(thresholds([0.0]), guessing=[0.1, 0.1]),
        lambda: Bank(ITEMS, spacing=0),
        lambda: Bank(ITEMS, reach=float("nan")),
        lambda: Belief.start(Bank(ITEMS), sd=0),
        lambda: Belief.start(Bank(ITEMS), mean=40),
        lambda: Belief.start(Bank(ITEMS), sd=float("nan")),
        lambda: Belief.start(Bank(ITEMS)).after(Bank(ITEMS), 3, 1),
        lambda: Belief.start(Bank(ITEMS)).after(Bank(ITEMS), -1, None),
        lambda: Belief.start(Bank(ITEMS)).after(Bank(ITEMS), 2, 3),
        lambda: Belief.start(Bank(ITEMS)).after(Bank(ITEMS), 0, 1.5),
        lambda: Belief.start(Bank(ITEMS)).after(Bank(ITEMS), 0, True),
        lambda: Belief.start(Bank(ITEMS)).after(Bank(ITEMS), 0, -1),
    ],
)
def test_a_bank_or_an_answer_that_cannot_be_says_so(wrong):
    with pytest.raises(AdaptiveError):
        wrong()
