"""How a skill may move between two dates: baseline drift, practised gain, and its fading.

A Gaussian process in time: a Wiener drift around where the person started, and a practised part
that halves when idle. Defaults claim no growth: a gain is expected only from doses one names.
Half-lives of trained gains: 6.5 to 13 months (Tatel and Ackerman, 1,344 effects).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.ratings import DAYS_A_MONTH


@dataclass(frozen=True, slots=True)
class Dose:
    """Practice on a day, in units of `Course.gain`."""

    day: int
    amount: float


@dataclass(frozen=True, slots=True)
class Course:
    """Mean and variance (logit^2) at the first sitting; drift and practised variance a month."""

    mean: float = 0.0
    variance: float = 1.0
    drift: float = 0.02
    practised: float = 0.0
    gain: float = 0.0  # logits a unit of practice
    half_life: float = 11.0  # months

    def __post_init__(self) -> None:
        if self.variance <= 0 or self.drift < 0 or self.practised < 0 or self.half_life <= 0:
            raise RatingsError("Variance and half-life are positive; drift is not negative.")

    def means(self, days: Floats, doses: Sequence[Dose]) -> Floats:
        """Expected skill on each day (days,), from the start and the practice until then."""
        found = np.full(len(days), self.mean)
        for dose in doses:
            idle = (days - dose.day) / DAYS_A_MONTH
            left = np.where(idle >= 0, 2.0 ** (-np.maximum(idle, 0) / self.half_life), 0.0)
            found += self.gain * dose.amount * left
        return found

    def covariances(self, days: Floats, others: Floats, start: float) -> Floats:
        """Between skills on these and those days: (days, others), in logit^2."""
        a = (days[:, None] - start) / DAYS_A_MONTH
        b = (others[None, :] - start) / DAYS_A_MONTH
        shared = np.where(a * b > 0, np.minimum(np.abs(a), np.abs(b)), 0.0)
        found = self.variance + self.drift * shared
        if self.practised:
            rate = np.log(2) / self.half_life
            span = np.abs(a - b), np.maximum(a, 0) + np.maximum(b, 0)
            alive = (a > 0) & (b > 0)
            fading = (np.exp(-rate * span[0]) - np.exp(-rate * span[1])) / (2 * rate)
            found = found + self.practised * np.where(alive, fading, 0.0)
        return np.asarray(found)
