"""From logits to the scale of levels, and what may be claimed of a level or a change.

A level is what a reference rater would answer on average ("fair average"): it rises with the skill,
so intervals of the skill become intervals of the level. All probabilities are posterior ones.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import Floats

Z80: Final = 1.2815515655446004
Z95: Final = 1.959963984540054
WORTHWHILE: Final = 0.5  # logits: about half a level
CREDIBLE: Final = 0.95
TOO_WIDE: Final = 0.6  # of the prior's spread: beyond this there is not enough evidence


@dataclass(frozen=True, slots=True)
class Known:
    """A skill or a change as it is known: mean and standard deviation in logits."""

    mean: float
    sd: float
    prior_sd: float = 1.0

    def above(self, value: float) -> float:
        """The probability that it is above a value."""
        if self.sd <= 0:
            return float(self.mean > value)
        return 0.5 * math.erfc((value - self.mean) / (self.sd * math.sqrt(2)))


@dataclass(frozen=True, slots=True)
class Ladder:
    """The level at every skill: both (places,), rising; levels from 1 to 1 + steps."""

    skill: Floats
    level: Floats

    def at(self, skill: float) -> float:
        """The level at a skill."""
        return float(np.interp(skill, self.skill, self.level))

    def reach(self, level: float) -> float:
        """The skill at which a level is reached; RatingsError for one that is not between."""
        if not self.level[0] < level < self.level[-1]:
            raise RatingsError(f"No skill has the level {level:g}.")
        return float(np.interp(level, self.level, self.skill))


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its 80% and 95% intervals, all on the scale from 1.

    `at_least` has the probability of level 2, 3, ... (from half a level below, as people round).
    `share` is how much of what is known comes from evidence and not from what people are like.
    """

    level: float
    low80: float
    high80: float
    low95: float
    high95: float
    at_least: tuple[float, ...]
    share: float
    enough: bool


def level(known: Known, ladder: Ladder) -> Level:
    """The level of a skill as it is known."""
    ends = [ladder.at(known.mean + z * known.sd) for z in (-Z80, Z80, -Z95, Z95)]
    top = round(float(ladder.level[-1]))
    rungs = tuple(known.above(ladder.reach(rung - 0.5)) for rung in range(2, top + 1))
    share = min(1.0, max(0.0, 1.0 - (known.sd / known.prior_sd) ** 2))
    return Level(
        ladder.at(known.mean),
        ends[0],
        ends[1],
        ends[2],
        ends[3],
        rungs,
        share,
        known.sd < TOO_WIDE * known.prior_sd,
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of a change: 1 growth, -1 a fall, 0 no clear change; and why."""

    sign: int
    up: float  # probability that it is above 0
    worthwhile: float  # probability that it is above what is worth while, in its own direction
    amount: float  # logits
    sd: float


def verdict(change: Known, *, worthwhile: float = WORTHWHILE) -> Verdict:
    """Growth only where it is almost certain to be one, and half of what is worth while."""
    up = change.above(0.0)
    clear = max(up, 1 - up) >= CREDIBLE and abs(change.mean) >= worthwhile / 2
    sign = (1 if change.mean > 0 else -1) if clear else 0
    far = change.above(worthwhile) if change.mean > 0 else 1 - change.above(-worthwhile)
    return Verdict(sign, up, far, change.mean, change.sd)
