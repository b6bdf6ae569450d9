"""How levels become points that add up, and how much similar activities bring together.

A higher level takes more: points grow as exp(SLOPE * level), so that "reach level L" becomes a sum
to reach. Two activities of one kind for one target bring less than twice one: full points up to 30,
60% of them up to 70, 30% beyond. Both are choices of ours, plain enough to be argued with.
"""

import math
from collections.abc import Iterable
from typing import Final

SCALE: Final = 14.0
SLOPE: Final = 0.42
# Lines whose lowest counts: (share of what is beyond, points at zero).
PIECES: Final = ((1.0, 0.0), (0.6, 12.0), (0.3, 33.0))


def points_at(level: float) -> float:
    """The points of a level (1 to 5); only differences mean something."""
    return SCALE * math.expm1(SLOPE * level) / SLOPE


def level_at(points: float) -> float:
    """The level that these points stand for: the inverse of `points_at`."""
    return math.log1p(points * SLOPE / SCALE) / SLOPE


def need(*, level: float, target: float) -> float:
    """The points from a level up to the target; 0 at or above it."""
    return max(0.0, points_at(target) - points_at(level))


def together(gains: Iterable[float]) -> float:
    """What activities of one kind bring to one target together."""
    total = math.fsum(gains)
    return min(share * total + base for share, base in PIECES)
