"""Where people see themselves otherwise than others do: blind spots and hidden strengths.

Per skill, what the others' answers say and what the own answers say are estimated apart. The gap is
own minus others, less what self-raters add in general. What the client adds everywhere is told
apart from the single skills by partial pooling, and only what is left of a skill is ever named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.levels import Known
from coachwork.engine.ratings.partial_credit import Floats

NAMED: Final = 0.80  # probability from which a gap is named
WIDE: Final = 0.5  # logits that a gap must exceed


@dataclass(frozen=True, slots=True)
class View:
    """One skill twice: as others see it, and as the client does (from own answers alone), logits.

    `below_target` says that the level others see is below what the role asks.
    """

    others: Known
    own: Known
    below_target: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill's own gap in logits; 1 for a blind spot, -1 for a hidden strength, else 0."""

    sign: int
    gap: Known
    over: float  # probability that the gap is above what is wide
    under: float  # probability that it is below minus that


@dataclass(frozen=True, slots=True)
class OwnView:
    """What the client adds everywhere, and the gaps of the single skills in the order given."""

    everywhere: Known
    gaps: tuple[Gap, ...]


def own_view(
    views: Sequence[View], *, everywhere_sd: float = 1.0, single_sd: float = 0.7, lenience: float
) -> OwnView:
    """Gaps between own and others' view; `lenience` is what self-raters add on average (logits).

    The two spreads are of the gap between people and between skills of one person.
    Raises RatingsError where there is nothing to compare.
    """
    if not views:
        raise RatingsError("There is no skill that others and the client have rated.")
    seen = np.array([one.own.mean - one.others.mean - lenience for one in views])
    noise = np.array([one.own.sd**2 + one.others.sd**2 for one in views])
    n = len(views)
    prior = np.diag(np.full(n + 1, single_sd**2))
    prior[0, 0] = everywhere_sd**2
    design = np.hstack([np.ones((n, 1)), np.eye(n)])
    mean, covariance = _posterior(prior, design, seen, noise)
    gaps = tuple(
        _named(Known(float(mean[k + 1]), float(np.sqrt(covariance[k + 1, k + 1]))), one)
        for k, one in enumerate(views)
    )
    return OwnView(Known(float(mean[0]), float(np.sqrt(covariance[0, 0])), everywhere_sd), gaps)


def _posterior(prior: Floats, design: Floats, seen: Floats, noise: Floats) -> tuple[Floats, Floats]:
    cross = prior @ design.T
    gain = cross @ np.linalg.inv(design @ cross + np.diag(noise))
    return gain @ seen, prior - gain @ cross.T


def _named(gap: Known, view: View) -> Gap:
    over, under = gap.above(WIDE), 1 - gap.above(-WIDE)
    blind = over >= NAMED and view.below_target
    return Gap(1 if blind else -1 if under >= NAMED else 0, gap, over, under)
