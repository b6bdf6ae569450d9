"""What is kept of a calibration, and that it leads back to nobody."""

from dataclasses import replace

import numpy as np
import pytest

from coachwork.engine.ratings import keeping, simulated
from coachwork.engine.ratings.calibration import calibrate
from coachwork.engine.ratings.ratings import Ratings
from coachwork.engine.ratings.scale import from_record
from coachwork.engine.ratings.simulated import Design

DESIGN = Design(clients=30, raters=150, each=5, items=6)


def fitted(given, anchors=None):
    return calibrate(given, anchors=anchors)


def kept(found, seed=1, before=None, answers=1000, sittings=1000):
    return keeping.kept(
        found.scale,
        answers=dict.fromkeys(found.scale.items, answers),
        sittings=dict.fromkeys(found.scale.kinds, sittings),
        before=before,
        chance=np.random.default_rng(seed),
    )


@pytest.fixture(scope="module")
def world():
    return simulated.world(DESIGN, np.random.default_rng(41))


@pytest.fixture(scope="module")
def found(world):
    return fitted(world.given)


def test_what_is_kept_is_near_what_was_found_and_can_be_read_again(found):
    scale = kept(found, answers=150)
    off = scale.thresholds - found.scale.thresholds
    assert 0.1 < np.abs(off).mean() < 0.25
    again = from_record(scale.record())
    assert (again.thresholds == scale.thresholds).all()
    assert set(scale.record()) == {
        "form", "version", "anchored_to", "items", "thresholds", "kinds", "reference", "skill",
    }  # fmt: skip


def test_below_the_minimum_nothing_is_kept(found):
    assert kept(found, answers=keeping.FEWEST_ANSWERS - 1) is None
    assert kept(found, sittings=keeping.FEWEST_SITTINGS - 1).kinds == {}


def test_steps_are_set_once_and_levels_stay_comparable(found):
    first = kept(found)
    more = simulated.world(replace(DESIGN, clients=60, raters=300), np.random.default_rng(42))
    second = kept(fitted(more.given, anchors=first), seed=2, before=first)
    assert (second.thresholds == first.thresholds).all()


def test_a_behaviour_that_comes_later_gets_steps_and_moves_no_other(found):
    first = kept(found)
    few = replace(first, items=first.items[:4], thresholds=first.thresholds[:4])
    second = kept(found, seed=3, before=few)
    assert set(second.items) == set(first.items)
    assert (second.thresholds[second.rows(few.items)] == few.thresholds).all()


def answered(given: Ratings, row: int, answer: int) -> Ratings:
    answers = given.answers.copy()
    answers[row] = answer
    return replace(given, answers=answers)


def told(scale, answers):
    """Everything that a kept scale says, each in units of its blur."""
    steps = scale.thresholds.ravel() * answers / keeping.BLUR
    kinds = [x for name in sorted(scale.kinds) for x in vars_of(scale.kinds[name])]
    rest = np.array([*kinds, scale.skill_mean, scale.skill_sd]) / keeping.BLUR_OF_KINDS
    return np.concatenate([steps, rest])


def vars_of(kind):
    return kind.mean, kind.severity, kind.dyad, kind.halo, kind.slope


def guessed(world, *, blurred, rows, tries):
    """The strongest attacker: knows every answer but one, the engine, and all that was kept.

    For each possible answer they fit the model again, and take the one that comes nearest.
    """
    right, each = [], len(world.given) // DESIGN.items
    for row in range(rows):
        true = row % 5
        variants = [fitted(answered(world.given, row, k)) for k in range(5)]
        for seed in range(tries):
            seen = variants[true].scale
            if blurred:
                seen = kept(variants[true], seed=1000 * row + seed, answers=each)
            far = [
                float(np.square(told(seen, each) - told(one.scale, each)).sum()) for one in variants
            ]
            right.append(int(np.argmin(far)) == true)
    return float(np.mean(right))


def test_who_knows_every_answer_but_one_wins_without_the_blur(world):
    """So that the next test can fail."""
    assert guessed(world, blurred=False, rows=5, tries=1) == 1.0


def test_who_knows_every_answer_but_one_guesses_hardly_better_than_by_chance(world):
    """One in five is chance; an honest release gives the last answer of a group away at once."""
    assert guessed(world, blurred=True, rows=10, tries=30) <= 0.35
