"""Goal attainment scaling: how far the goals of a person, weighted, came out as expected.

Each goal has five outcomes written beforehand, from -2 (where it started, or worse) through 0 (as
expected) to +2. The score has mean 50 and standard deviation 10 when goals come out as expected on
average and correlate .3 with each other. It says how well goals were met, never how good a person
is, and is reported for groups only. Source: Kiresuk and Sherman (1968).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CORRELATION: Final = 0.3  # between the outcomes of two goals of one person
LOWEST: Final = -2
HIGHEST: Final = 2


@dataclass(frozen=True, slots=True)
class Attainment:
    """The outcome of one goal: a rung from -2 to +2, and its weight above 0."""

    rung: int
    weight: float = 1.0


def ladder_score(attained: Iterable[Attainment]) -> float:
    """The T-score of the goals: 50 for all as expected.

    Raises ValueError for no goal at all, a rung off the ladder, or a weight that is not positive.
    """
    goals = list(attained)
    if not goals:
        raise ValueError("A score needs at least one goal.")
    for goal in goals:
        if not LOWEST <= goal.rung <= HIGHEST:
            raise ValueError(f"A rung lies between -2 and +2, not at {goal.rung}.")
        if not goal.weight > 0 or math.isinf(goal.weight):
            raise ValueError(f"A weight is more than 0, not {goal.weight}.")
    weighted = sum(goal.weight * goal.rung for goal in goals)
    squares = sum(goal.weight**2 for goal in goals)
    whole = sum(goal.weight for goal in goals) ** 2
    return 50 + 10 * weighted / math.sqrt((1 - CORRELATION) * squares + CORRELATION * whole)
