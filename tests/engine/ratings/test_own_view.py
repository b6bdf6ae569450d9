"""Blind spots and hidden strengths: named when credible, and how often by mistake."""

import numpy as np
import pytest

from coachwork.engine.ratings import simulated
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.levels import Known
from coachwork.engine.ratings.own_view import View, own_view
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.settings import Kind
from coachwork.engine.ratings.yardstick import Sitting, Yardstick

SKILLS = 8
KINDS = {"self": Kind(-0.4, 1.0, 0.0, 0.4, 0.8), "peer": Kind(0.0, 0.5, 0.3, 0.5)}


def client(yardstick, chance, gaps, spread=0.7):
    """Somebody whose own view is off by these gaps, and by one amount everywhere."""
    everywhere, views = chance.normal(0, 1.0), []
    b = yardstick.scale.thresholds
    for gap in gaps:
        skill = chance.normal()
        others = []
        for k in range(6):
            view = skill - chance.normal(0, np.hypot(0.5, 0.3)) + chance.normal(0, 0.5)
            answers = drawn(b, np.arange(6), np.full(6, view), chance)
            others.append(Sitting("peer", f"p{k}", 0, dict(enumerate(answers.tolist()))))
        view = 0.8 * (skill + 0.4 + everywhere + gap) + chance.normal(0, 0.4)
        answers = drawn(b, np.arange(6), np.full(6, view), chance)
        own = Sitting("self", "s", 0, dict(enumerate(answers.tolist())))
        views.append(View(yardstick.skill(others, at=[0]).on(0), yardstick.view(own)))
    return own_view(views, everywhere_sd=1.0, single_sd=spread, lenience=0.4)


@pytest.fixture(scope="module")
def yardstick():
    b = simulated.behaviours(6, np.random.default_rng(21))
    return Yardstick(Scale(items=tuple(range(6)), thresholds=b, kinds=KINDS))


def test_people_who_only_think_well_of_themselves_have_no_blind_spots(yardstick):
    """The false-alarm rate: no single skill is off, whatever is added everywhere."""
    chance = np.random.default_rng(22)
    named = [gap.sign for _ in range(60) for gap in client(yardstick, chance, [0.0] * SKILLS).gaps]
    assert np.mean(np.abs(named)) <= 0.05


def test_what_is_named_is_so_as_often_as_promised(yardstick):
    chance, right, found = np.random.default_rng(23), [], 0
    for _ in range(120):
        gaps = chance.normal(0, 1.2, SKILLS)
        for true, gap in zip(gaps, client(yardstick, chance, gaps, 1.2).gaps, strict=True):
            found += abs(true) > 1.5
            if gap.sign:
                right.append(gap.sign * true > 0.5)
    assert len(right) > 0.5 * found > 50
    assert np.mean(right) >= 0.78


def test_what_is_added_everywhere_is_told_apart(yardstick):
    views = [View(Known(0.0, 0.3), Known(1.4, 0.4)) for _ in range(SKILLS)]
    seen = own_view(views, lenience=0.4)
    assert seen.everywhere.mean == pytest.approx(1.0, abs=0.15)
    assert [gap.sign for gap in seen.gaps] == [0] * SKILLS
    views[2] = View(Known(0.0, 0.3), Known(3.6, 0.4))
    views[3] = View(Known(0.0, 0.3), Known(-0.9, 0.4))
    assert [gap.sign for gap in own_view(views, lenience=0.4).gaps] == [0, 0, 1, -1, 0, 0, 0, 0]


def test_a_blind_spot_needs_a_level_below_target():
    views = [View(Known(0.0, 0.3), Known(0.4, 0.4)) for _ in range(6)]
    high = View(Known(1.0, 0.3), Known(4.0, 0.4), below_target=False)
    seen = own_view([*views, high], lenience=0.4)
    assert seen.gaps[-1].over > 0.8
    assert seen.gaps[-1].sign == 0


def test_nothing_to_compare_is_refused():
    with pytest.raises(RatingsError, match="no skill"):
        own_view([], lenience=0.4)
