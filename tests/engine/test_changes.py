"""A change between two dates is claimed only where it is all but certain."""

from datetime import date

import numpy as np
import pytest

from coachwork.engine.estimates import Observation, level_change
from coachwork.engine.estimates.rules import half_step
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.scale import cold
from coachwork.engine.ratings.settings import KINDS

THEN, NOW = date(2025, 7, 5), date(2026, 1, 5)


def said(level, on, n=5, source="peer"):
    return [Observation(source, level, on, n, behaviour=f"{k}") for k in range(3)]


def shown(skill, on, chance, n=6):
    """What six new peers say, as a report shows it."""
    of = KINDS["peer"]
    spread = float(np.sqrt(of.severity**2 + of.dyad**2 + of.halo**2))
    views, b = skill + chance.normal(0, spread, n), cold(range(3)).thresholds
    answers = drawn(b, np.tile(np.arange(3), n), np.repeat(views, 3), chance)
    return said(min(4.5, max(1.5, half_step(float(answers.mean()) + 1))), on, n)


def test_a_large_step_of_many_is_a_change_and_a_small_one_is_none():
    assert level_change(said(2.0, THEN, 8), said(4.5, NOW, 8)).sign == 1
    assert level_change(said(4.5, THEN, 8), said(2.0, NOW, 8)).sign == -1
    assert level_change(said(3.0, THEN, 3), said(3.5, NOW, 3)).sign == 0
    assert level_change([], said(3.5, NOW)) is None


@pytest.mark.parametrize(("true", "least", "most"), [(0.0, 0.0, 0.05), (2.5, 0.3, 1.0)])
def test_growth_that_is_none_is_hardly_ever_claimed_and_much_is_mostly_found(true, least, most):
    chance, claimed = np.random.default_rng(8), []
    for _ in range(200):
        start = chance.normal(-true / 2, 0.7)
        found = level_change(shown(start, THEN, chance), shown(start + true, NOW, chance))
        claimed.append(found.sign == 1)
    assert least <= np.mean(claimed) <= most
