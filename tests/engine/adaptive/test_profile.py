"""Several skills in one sitting, against direct integration in two and in many dimensions."""

import numpy as np
import pytest

from coachwork.engine.adaptive import AdaptiveError, Bank, OwnView, views
from coachwork.engine.adaptive.profile import own_view
from coachwork.engine.ratings.settings import KINDS, Kind

STEPS = np.array([-1.5, -0.5, 0.5, 1.5])
BANK = Bank(np.stack([STEPS, STEPS + 0.4, STEPS - 0.3]))
PRIOR = OwnView(mean=0.3, shared=1.2, own=0.8)


def by_integration(given):
    """Means and spreads of two views by summing over a square."""
    u = BANK.at
    covariance = np.full((2, 2), PRIOR.shared**2) + np.eye(2) * PRIOR.own**2
    inverse = np.linalg.inv(covariance)
    x, y = np.meshgrid(u - PRIOR.mean, u - PRIOR.mean, indexing="ij")
    log = -0.5 * (inverse[0, 0] * x**2 + 2 * inverse[0, 1] * x * y + inverse[1, 1] * y**2)
    for axis, answers in enumerate(given):
        for item, answer in answers:
            if answer is not None:
                said = np.log(BANK.chances[item, answer])
                log = log + (said[:, None] if axis == 0 else said[None, :])
    w = np.exp(log - log.max())
    w /= w.sum()
    found = []
    for weights in (w.sum(axis=1), w.sum(axis=0)):
        mean = weights @ u
        found.append((mean, np.sqrt(weights @ (u - mean) ** 2)))
    return found


@pytest.mark.parametrize(
    "given",
    [
        ([(0, 3), (1, 4), (2, 3)], [(0, 1)]),
        ([(0, 3), (1, 4), (2, 3)], []),
        ([(0, 0)], [(1, None), (2, 4)]),
        ([], []),
    ],
)
def test_two_views_are_those_of_direct_integration(given):
    found = views([BANK, BANK], given, PRIOR)
    for one, (mean, sd) in zip(found.each, by_integration(given), strict=True):
        assert one.mean == pytest.approx(mean, abs=0.03)
        assert one.sd == pytest.approx(sd, abs=0.03)


def test_answers_elsewhere_narrow_a_view_and_never_count_as_its_own():
    nothing = views([BANK] * 4, [[]] * 4, PRIOR)
    assert nothing.sds == pytest.approx([PRIOR.sd] * 4, abs=1e-2)
    said = [(0, 3), (1, 3), (2, 3)]
    found = views([BANK] * 4, [said, said, said, []], PRIOR)
    assert found.sds[3] < 0.75 * PRIOR.sd
    assert found.each[3].answered == 0
    apart = views([BANK] * 4, [said, said, said, []], OwnView(0.3, 0.0, PRIOR.sd))
    assert apart.sds[3] == pytest.approx(PRIOR.sd, abs=1e-2)


def test_the_spreads_are_those_of_the_kind_of_rater():
    kind = Kind(mean=-0.4, severity=2.2, dyad=0.0, halo=1.22, slope=0.8)
    assert kind == KINDS["self"]
    found = own_view(kind)
    assert found.mean == pytest.approx(0.32)
    assert found.sd**2 == pytest.approx(0.64 * (1 + 2.2**2) + 1.22**2)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: views([], [], PRIOR),
        lambda: views([BANK], [[], []], PRIOR),
        lambda: views([BANK], [[(0, 1), (0, 2)]], PRIOR),
        lambda: views([BANK], [[(0, 5)]], PRIOR),
        lambda: OwnView(0, -1, 1),
        lambda: OwnView(0, 1, 0),
    ],
)
def test_what_cannot_be_says_so(wrong):
    with pytest.raises(AdaptiveError):
        wrong()
