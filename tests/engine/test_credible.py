"""The proposed range of the fuller model: when it comes, what it says, and that it is honest."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachwork.engine.estimates import (
    CREDIBLE_RANGE,
    PROPOSED_RANGE,
    VIEWS_DIFFER,
    Observation,
    level_view,
)
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.scale import cold
from coachwork.engine.ratings.settings import KINDS
from coachwork.engine.ratings.yardstick import Yardstick

TODAY = date(2026, 1, 5)
BEHAVIOURS = "abcde"


def said(source, level, n=1, days=0, rater="", own_word=False):
    return [
        Observation(
            source, level, TODAY - timedelta(days), n, rater, behaviour, own_word, f"{source}{n}"
        )
        for behaviour in BEHAVIOURS
    ]


def proposed(*groups):
    return level_view([one for group in groups for one in group], at=TODAY).proposed


@pytest.mark.parametrize(
    "groups",
    [
        [said("self", 3), said("manager", 4)],
        [said("self", 3), said("peer", 4, n=2)],
        [said("self", 3), said("exercise", 4, n=3)],
        [said("peer", 4, n=5)],
        [said("self", 3), said("project", 4, n=5, own_word=True)],
    ],
    ids=["a manager", "two peers", "exercises", "one side", "own word"],
)
def test_below_the_minimum_the_old_arithmetic_stays(groups):
    assert proposed(*groups).rule == PROPOSED_RANGE


@pytest.mark.parametrize(
    "groups",
    [
        [said("self", 3), said("peer", 4, n=5)],
        [said("manager", 4), said("peer", 4, n=3)],
        [said("self", 3), said("peer", 4, n=4), said("report", 4, n=4), said("manager", 4)],
    ],
)
def test_where_others_have_said_enough_the_range_is_the_models(groups):
    found = proposed(*groups)
    assert found.rule == CREDIBLE_RANGE
    assert 3 <= found.low < 4 < found.high <= 5
    assert (found.low * 2, found.high * 2) == (int(found.low * 2), int(found.high * 2))


def test_many_self_ratings_do_not_drown_the_others():
    found = proposed(said("self", 5), said("peer", 3, n=5), said("manager", 3))
    assert found.rule == CREDIBLE_RANGE
    assert found.high <= 4
    assert found.state == VIEWS_DIFFER


def test_exercises_alone_stay_at_their_ceiling():
    found = proposed(said("self", 5), said("exercise", 5, n=8))
    assert found.rule == PROPOSED_RANGE
    assert (found.high, found.capped) == (3.0, True)


def test_more_raters_give_a_narrower_range_and_older_evidence_no_narrower_one():
    def width(n, days=0):
        found = proposed(said("self", 3, days=days), said("peer", 3, n=n, days=days))
        assert found.rule == CREDIBLE_RANGE
        return found.high - found.low

    assert width(12) < width(5)
    assert width(12, days=250) >= width(12)


sides = st.tuples(
    st.sampled_from(sorted(set(KINDS) - {"assessor", "check"})),
    st.floats(1, 5).map(lambda x: round(x, 1)),
    st.integers(1, 12),
    st.integers(0, 400),
    st.booleans(),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(sides, max_size=6), st.randoms())
def test_the_range_is_of_half_steps_within_the_scale_whatever_the_order(groups, order):
    seen = [
        one
        for source, level, n, days, own in groups
        for one in said(source, level, n, days, own_word=own)
    ]
    first = level_view(seen, at=TODAY).proposed
    by_day = sorted(seen, key=lambda one: one.on)
    order.shuffle(by_day)
    if len({(one.source, one.on) for one in seen}) == len(groups):
        assert level_view(by_day, at=TODAY).proposed == first
    if first.low is not None:
        assert 1 <= first.low <= first.high <= 5
        assert first.low * 2 == int(first.low * 2)


@pytest.mark.parametrize("peers", [3, 5, 8])
def test_the_80_percent_interval_holds_what_it_promises(peers):
    """Unrounded, from published group means: 80% of true levels lie inside; the range is wider."""
    from coachwork.engine.estimates.credible import credible_level

    chance, inside, shown = np.random.default_rng(peers), [], []
    yardstick = Yardstick(cold(range(5)))
    b = yardstick.scale.thresholds
    for _ in range(400):
        skill = chance.normal()
        seen = []
        for kind, n in (("self", 1), ("manager", 1), ("peer", peers)):
            of = KINDS[kind]
            spread = np.hypot(of.severity, of.dyad)
            views = of.slope * (skill - chance.normal(of.mean, spread, n))
            views = np.repeat(views + chance.normal(0, of.halo, n), 5)
            means = drawn(b, np.tile(np.arange(5), n), views, chance).reshape(n, 5).mean(axis=0)
            seen += [
                Observation(kind, float(level) + 1, TODAY, n, kind * (n == 1), behaviour)
                for behaviour, level in zip(BEHAVIOURS, means, strict=True)
            ]
        view = level_view(seen, at=TODAY)
        found, true = credible_level(view.by_source, at=TODAY), yardstick.ladder.at(skill)
        assert found is not None
        inside.append(found.low80 <= true <= found.high80)
        shown.append(view.proposed.low <= true <= view.proposed.high)
    assert 0.75 <= np.mean(inside) <= 0.86
    assert np.mean(shown) > np.mean(inside)
