"""One client at once: honest intervals and changes, what time and silence do, what is refused."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from coachwork.engine.ratings import levels, simulated
from coachwork.engine.ratings.course import Course, Dose
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import drawn, log_likelihood
from coachwork.engine.ratings.scale import Scale, cold
from coachwork.engine.ratings.settings import Kind
from coachwork.engine.ratings.yardstick import Severity, Sitting, Yardstick

KINDS = {
    "self": Kind(-0.5, 0.4, 0.7, 0.4, 0.8),
    "manager": Kind(-0.1, 0.4, 0.4, 0.4),
    "peer": Kind(-0.2, 0.5, 0.5, 0.5),
    "assessor": Kind(0.0, 0.2, 0.1, 0.3),
}
QUARTERS = [0, 91, 182, 273]
MONTH = 30.4375


@pytest.fixture(scope="module")
def yardstick():
    b = simulated.behaviours(40, np.random.default_rng(11))
    return Yardstick(Scale(items=tuple(range(40)), thresholds=b, kinds=KINDS))


def met(yardstick, chance, skill, seats, days=QUARTERS, asked=5):
    """The sittings of somebody of these skills; a seat that ends in * is somebody new each time."""
    bias, found = {}, []
    for day, true in zip(days, skill, strict=True):
        for kind, name in seats:
            who = f"{name}{day}" if name.endswith("*") else name
            of = KINDS[kind]
            severity = bias.setdefault(
                who, chance.normal(of.mean, math.hypot(of.severity, of.dyad))
            )
            view = of.slope * (true - severity) + chance.normal(0, of.halo)
            items = chance.permutation(40)[:asked]
            answers = drawn(yardstick.scale.thresholds, items, np.full(asked, view), chance)
            answered = dict(zip(items.tolist(), answers.tolist(), strict=True))
            found.append(Sitting(kind, who, day, answered))
    return found


PEERS = [("peer", f"p{k}" + "*" * (k > 2)) for k in range(5)]
ROUNDS = {
    "everybody": [("self", "s"), ("manager", "m"), ("assessor", "a"), *PEERS],
    "peers": PEERS,
    "three peers": PEERS[:3],
    "manager and self": [("self", "s"), ("manager", "m")],
    "self alone": [("self", "s")],
}


@pytest.mark.parametrize("name", ROUNDS)
def test_levels_and_changes_lie_in_their_intervals_as_often_as_promised(yardstick, name):
    chance, rows = np.random.default_rng(12), []
    for _ in range(400):
        moves = chance.normal(0, [1, *[math.sqrt(0.02 * 91 / MONTH)] * 3])
        skill = np.cumsum(moves)
        seen = yardstick.skill(met(yardstick, chance, skill, ROUNDS[name]), at=QUARTERS)
        change = seen.change(0, 3)
        rows.append(
            [
                *(np.abs(seen.mean - skill) < 1.96 * seen.sd)[[0, 3]],
                *(np.abs(seen.mean - skill) < levels.Z80 * seen.sd)[[0, 3]],
                abs(change.mean - (skill[3] - skill[0])) < 1.96 * change.sd,
                seen.sd[3],
            ]
        )
    first, last, first80, last80, change, sd = np.mean(rows, axis=0)
    assert 0.93 <= (first + last) / 2 <= 0.97
    assert 0.765 <= (first80 + last80) / 2 <= 0.835
    assert 0.925 <= change <= 0.975
    assert (sd > 0.65) == (name == "self alone")  # a self-test alone must look this vague


@pytest.mark.parametrize(("true", "least", "most"), [(0.0, 0.0, 0.05), (1.0, 0.65, 0.95)])
def test_growth_is_claimed_where_there_is_some_and_seldom_elsewhere(yardstick, true, least, most):
    """The same raters at both dates; the reliable change index of alpha says 18% of nothing."""
    chance, claimed = np.random.default_rng(13), 0
    seats = [("self", "s"), ("manager", "m"), *[("peer", f"p{k}") for k in range(5)]]
    course = replace(yardstick.course(), drift=0.25 / 6)
    for _ in range(250):
        start = chance.normal()
        seen = met(yardstick, chance, [start, start + true], seats, [0, 183], asked=8)
        change = yardstick.skill(seen, at=[0, 183], course=course).change(0, 1)
        claimed += levels.verdict(change).sign == 1
    assert least <= claimed / 250 <= most


def test_it_is_the_posterior_that_quadrature_gives(yardstick):
    """One rater without bias or halo: one dimension, which a fine sum does exactly."""
    bare = Scale((0, 1, 2), yardstick.scale.thresholds[:3], {"check": Kind(0, 0, 0, 0)})
    u = np.linspace(-8, 8, 4001)
    for answers in itertools.product((0, 2, 4), repeat=3):
        weight = np.exp(log_likelihood(bare.thresholds, answers, u) - u**2 / 2)
        mean = (weight * u).sum() / weight.sum()
        sd = math.sqrt((weight * (u - mean) ** 2).sum() / weight.sum())
        given = [Sitting("check", "c", 0, dict(enumerate(answers)))]
        found = Yardstick(bare).skill(given, at=[0])
        assert (found.mean[0], found.sd[0]) == pytest.approx((mean, sd), abs=1e-4)


def test_intervals_widen_as_evidence_ages(yardstick):
    seen = met(yardstick, np.random.default_rng(14), [0.5], PEERS, [0])
    later = yardstick.skill(seen, at=[0, 180, 365, 3650])
    assert (np.diff(later.sd) > 0).all()
    assert later.mean == pytest.approx([later.mean[0]] * 4)  # nobody grows by waiting
    still = yardstick.skill(seen, at=[0, 3650], course=Course(drift=0.0))
    assert still.sd[0] == pytest.approx(still.sd[1])


def test_what_was_not_seen_is_not_there(yardstick):
    one = Sitting("peer", "p", 0, {1: 3, 2: 4})
    empty = Sitting("manager", "m", 0, {})
    with_it, without = (yardstick.skill(said, at=[0]) for said in ([one, empty], [one]))
    assert with_it.mean[0] == without.mean[0]
    nothing = yardstick.skill([empty], at=[0])
    assert (nothing.mean[0], nothing.sd[0]) == (0.0, 1.0)
    assert yardstick.level(nothing.on(0)).share == 0
    assert not yardstick.level(nothing.on(0)).enough


def test_the_order_of_sittings_does_not_matter(yardstick):
    seen = met(yardstick, np.random.default_rng(15), [0, 0, 1, 1], ROUNDS["everybody"])
    forward, back = (yardstick.skill(one, at=QUARTERS) for one in (seen, seen[::-1]))
    assert np.allclose(forward.mean, back.mean, atol=1e-6)
    assert np.allclose(forward.covariance, back.covariance, atol=1e-6)


def test_a_rater_known_to_be_severe_is_read_so(yardstick):
    seen = [Sitting("peer", "p", 0, dict.fromkeys(range(5), 2))]
    plain = yardstick.skill(seen, at=[0])
    severe = yardstick.skill(seen, at=[0], severities={"p": Severity(1.0, 0.1)})
    assert severe.mean[0] > plain.mean[0] + 0.3
    assert severe.sd[0] < plain.sd[0]


def test_more_of_one_rater_helps_less_than_another_rater(yardstick):
    full = [Sitting("peer", "p", 0, dict.fromkeys(range(20), 2))]
    two = [Sitting("peer", who, 0, dict.fromkeys(range(10), 2)) for who in ("p", "q")]
    sd = [float(yardstick.skill(one, at=[0]).sd[0]) for one in (full[:1], two)]
    assert sd[1] < 0.9 * sd[0]


def test_practice_is_a_gain_that_fades_when_one_says_so(yardstick):
    course = Course(gain=0.1, half_life=6.0)
    days = [0, 30, 30 + round(6 * MONTH)]
    seen = yardstick.skill([], at=days, course=course, doses=[Dose(30, 5.0)])
    assert seen.mean == pytest.approx([0.0, 0.5, 0.25], abs=0.003)
    practised = replace(course, practised=0.05)
    assert yardstick.skill([], at=days, course=practised).sd[2] > seen.sd[2]
    default = yardstick.skill([], at=days, doses=[Dose(30, 5.0)])
    assert not default.mean.any()


def test_levels_run_from_1_to_5_and_rise_with_the_skill():
    ladder = Yardstick(cold(["a", "b"])).ladder
    assert ladder.at(0.0) == pytest.approx(3.0)
    assert (ladder.level[0], ladder.level[-1]) == pytest.approx((1.0, 5.0), abs=1e-3)
    assert (np.diff(ladder.level) > 0).all()
    assert ladder.at(ladder.reach(3.7)) == pytest.approx(3.7, abs=1e-3)
    known = levels.level(levels.Known(0.4, 0.3), ladder)
    assert 1 < known.low95 < known.low80 < known.level < known.high80 < known.high95 < 5
    assert list(known.at_least) == sorted(known.at_least, reverse=True)
    assert known.share == pytest.approx(0.91)
    assert known.enough
    with pytest.raises(RatingsError, match="No skill"):
        ladder.reach(5.5)


@pytest.mark.parametrize(
    ("mean", "sd", "sign"),
    [(1.0, 0.4, 1), (-1.0, 0.4, -1), (1.0, 0.9, 0), (0.2, 0.05, 0), (0.0, 0.0, 0)],
)
def test_a_change_is_named_when_it_is_sure_and_large_enough(mean, sd, sign):
    assert levels.verdict(levels.Known(mean, sd)).sign == sign


@pytest.mark.parametrize(
    ("sitting", "says"),
    [
        (Sitting("peer", "p", 0, {99: 1}), "not on this scale"),
        (Sitting("peer", "p", 0, {1: 5}), "answers 0 to 4"),
        (Sitting("peer", "p", 0, {1: -1}), "answers 0 to 4"),
        (Sitting("peer", "p", 0, {1: 2.5}), "answers 0 to 4"),
        (Sitting("horoscope", "p", 0, {1: 2}), "Nothing is known"),
    ],
)
def test_sittings_that_cannot_be_are_refused(yardstick, sitting, says):
    with pytest.raises(RatingsError, match=says):
        yardstick.skill([sitting], at=[0])


def test_other_bad_questions_are_refused(yardstick):
    with pytest.raises(RatingsError, match="at least one day"):
        yardstick.skill([], at=[])
    with pytest.raises(RatingsError, match="Nothing was answered"):
        yardstick.view(Sitting("self", "s", 0, {}))
    with pytest.raises(RatingsError, match="not on this scale"):
        Yardstick(yardstick.scale, reference_items=("elsewhere",))
    with pytest.raises(RatingsError, match="equally many"):
        Yardstick(Scale((1, 2), np.array([[0.0, 1.0], [0.0, np.nan]])))
    with pytest.raises(RatingsError, match="positive"):
        Course(variance=0.0)
