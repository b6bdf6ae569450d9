"""The rule really fires: each reason for what it says, never before the least, never past the most.

The trap this guards against: a threshold that no answers can reach, so that only the maximum fires.
"""

import numpy as np
import pytest

from coachwork.engine.adaptive import (
    AdaptiveError,
    Bank,
    Belief,
    Rater,
    Reason,
    Rule,
    Stop,
    next_step,
    simulated,
)
from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.settings import Kind
from coachwork.engine.ratings.simulated import behaviours
from coachwork.engine.ratings.yardstick import Sitting, Yardstick

BANK = Bank(behaviours(60, np.random.default_rng(7)))
SKILLS = np.random.default_rng(8).normal(size=150)


def run(rule: Rule) -> simulated.Run:
    return simulated.run(BANK, SKILLS, rule, np.random.default_rng(9))


def test_the_target_is_met_by_nearly_everybody_long_before_the_most():
    found = run(Rule(target=0.4, worthwhile=0, least=4, most=60))
    assert found.reasons == {Reason.PRECISE: 150}
    assert (found.sd <= 0.4).all()
    assert found.asked.mean() < 8
    assert found.asked.min() >= 4


def test_intervals_hold_what_they_promise_although_the_questions_were_chosen():
    found = simulated.run(
        BANK,
        np.random.default_rng(10).normal(size=600),
        Rule(0.4, 0, 4, 60),
        np.random.default_rng(11),
    )
    true = np.random.default_rng(10).normal(size=600)
    inside = np.mean(np.abs(found.mean - true) < 1.96 * found.sd)
    assert 0.92 <= inside <= 0.98


def test_it_stops_where_one_more_answer_would_hardly_narrow_it():
    found = run(Rule(target=0.0, worthwhile=0.02, least=4, most=60))
    assert found.reasons == {Reason.LITTLE_LEFT: 150}
    assert 4 <= found.asked.min() <= found.asked.max() < 30
    # As narrow as one expects of eight or nine items, and each would have added less than .02.
    assert found.sd.mean() == pytest.approx(0.35, abs=0.06)


def test_the_most_and_the_least_are_kept():
    assert run(Rule(target=0.05, worthwhile=0, least=4, most=9)).reasons == {Reason.MOST: 150}
    easy = run(Rule(target=5.0, least=7, most=9))
    assert set(easy.asked.tolist()) == {7}


def test_a_bank_that_runs_out_says_so():
    small = Bank(BANK.thresholds[:3])
    found = simulated.run(small, SKILLS[:20], Rule(0.1), np.random.default_rng(1))
    assert found.reasons == {Reason.NONE_LEFT: 20}


def test_not_seen_counts_towards_the_most_and_never_towards_the_least():
    belief, rule = Belief.start(BANK), Rule(target=5.0, least=2, most=5)
    for n in range(5):
        assert not isinstance(next_step(BANK, belief, list(range(n)), rule), Stop)
    stop = next_step(BANK, belief, list(range(5)), rule)
    assert isinstance(stop, Stop)
    assert stop.reason == Reason.MOST
    assert stop.sd == pytest.approx(1.0, abs=1e-3), "nothing was made up"


def test_what_one_sitting_can_tell_is_bounded_and_the_rest_is_better_asked_elsewhere():
    rater = Rater(variance=1.7, elsewhere=0.05)
    told = np.linspace(0, 500, 2000)
    known = np.array([rater.effective(h) for h in told])
    assert (np.diff(known) > 0).all()
    assert known[-1] < 1 / 1.7
    slope = np.gradient(known, told)
    assert slope[200] == pytest.approx(rater.marginal(told[200]), rel=1e-3)
    found = run(Rule(target=0.0, worthwhile=0, least=2, most=60, rater=rater))
    assert found.reasons == {Reason.SITTING: 150}
    assert found.asked.max() <= 8
    alone = run(Rule(target=0.0, worthwhile=0, least=2, most=20, rater=Rater(variance=1.7)))
    assert alone.reasons == {Reason.MOST: 150}, "nothing elsewhere, so nothing to gain by leaving"


def test_a_sitting_tells_what_the_engine_of_ratings_says_it_tells():
    """The bound against the posterior of `engine.ratings`, which knows severity and halo itself."""
    kind = Kind(mean=0.0, severity=0.7, dyad=0.4, halo=0.6, slope=1.0)
    scale = Scale(tuple(range(60)), BANK.thresholds, {"peer": kind})
    sitting = Sitting("peer", "p", 0, dict.fromkeys(range(30), 2))
    skill = Yardstick(scale).skill([sitting], at=[0])
    belief = Belief.start(BANK, sd=np.sqrt(1 + 0.49 + 0.16 + 0.36))
    for item in range(30):
        belief = belief.after(BANK, item, 2)
    rater = Rater(variance=0.49 + 0.16 + 0.36)
    assert rater.skill_sd_after(belief.told) == pytest.approx(float(skill.sd[0]), abs=0.005)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rule(target=-1),
        lambda: Rule(least=5, most=4),
        lambda: Rule(least=0, most=0),
        lambda: Rule(worthwhile=-0.1),
        lambda: Rater(variance=-1),
        lambda: Rater(variance=1, elsewhere=-1),
        lambda: Rater(variance=1, skill_sd=0),
    ],
)
def test_a_rule_that_cannot_be_says_so(wrong):
    with pytest.raises(AdaptiveError):
        wrong()
