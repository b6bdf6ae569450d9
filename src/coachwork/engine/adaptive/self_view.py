"""The adaptive look at oneself: several skills, a few behaviours each, one sitting.

What is measured is the person's own view of each skill, on the scale of levels, and not the skill:
however many questions somebody answers about themselves, the skill stays vague (see `Rater`). So
the target is one for the view: half a level of standard error, from which on another answer moves
it less than people's answers wobble. Before any calibration every behaviour is as hard as the next,
and behaviours come in the order of the framework.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from coachwork.engine.adaptive.asking import Question, next_step
from coachwork.engine.adaptive.bank import Bank
from coachwork.engine.adaptive.profile import Answers, own_view, views
from coachwork.engine.adaptive.stopping import Rule, Stop
from coachwork.engine.ratings import partial_credit
from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.scale import cold
from coachwork.engine.ratings.settings import KINDS

# In levels. Simulated before it shipped (tests, benchmarks/bench_adaptive.py).
SELF_VIEW_RULE: Final = Rule(target=0.5, worthwhile=0.03, least=2, most=6)
PRIOR: Final = own_view(KINDS["self"])
REACH: Final = 12.0  # own views spread by more than two logits


def next_steps(
    banks: Sequence[Bank], answers: Sequence[Answers], rule: Rule = SELF_VIEW_RULE
) -> tuple[Question | Stop, ...]:
    """What to do next about each skill: its next behaviour, or a stop; standard errors in levels.

    `answers` are (item, answer from 0, or None for “not seen” and left out) a skill.
    AdaptiveError for answers that the banks do not have.
    """
    known = views(banks, answers, PRIOR)
    found = []
    for bank, given, belief in zip(banks, answers, known.each, strict=True):
        scale, spread = levels(bank)
        on_levels = belief.read_on(scale, prior_sd=spread)
        found.append(next_step(bank, on_levels, [item for item, _answer in given], rule))
    return tuple(found)


@lru_cache(maxsize=32)
def uncalibrated(behaviours: int) -> Bank:
    """So many behaviours of which nothing is known yet."""
    return Bank(cold(range(behaviours)).thresholds, reach=REACH)


def levels(bank: Bank) -> tuple[Floats, float]:
    """The level at each place of the grid (the mean answer, from 1), and its spread at first."""
    at = 1.0 + partial_credit.expected(bank.thresholds, bank.at).mean(axis=0)
    weights = np.exp(-0.5 * ((bank.at - PRIOR.mean) / PRIOR.sd) ** 2)
    weights /= weights.sum()
    return at, float(np.sqrt(weights @ (at - weights @ at) ** 2))
