"""The chance to reach the next rung by its date, from a person's own pace; or nothing at all.

Level = start + pace * weeks + a little wandering, seen through observations that have an interval
of their own (a Gaussian linear model, worked out exactly). What is known before of paces is a
prior; with little data of their own a person's pace stays near it. The answer is a range, because
the pace itself is not known exactly, and it is silent where there is too little to say, where the
range is too wide to help, and where past forecasts were no better than always naming the base rate
(Brier score; Gneiting and Raftery 2007). It is about the level at the date, not about worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, sqrt
from statistics import NormalDist, fmean, stdev
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coachwork.engine.estimates import Rule

FORECAST: Final = Rule("forecast", 1)

MOST_OBSERVATIONS: Final = 60  # the newest; older ones add nothing to a pace of today
ENOUGH: Final = 3  # observations, on different days
ENOUGH_WEEKS: Final = 4.0  # between the first and the last
STALE_WEEKS: Final = 26.0  # nothing newer than this, nothing to go by
LOWEST, HIGHEST = 1.0, 5.0
WIDEST: Final = 0.6  # a range of chances wider than this helps nobody
INNER: Final = 0.25  # the range runs from this quantile of the pace to its mirror
ENOUGH_RECORD: Final = 30  # forecasts that came due, before their record says anything
SURE: Final = 0.9
QUANTILES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)

# Why there is no forecast: keys of sentences.
TOO_FEW: Final = "too_few"
TOO_SHORT: Final = "too_short"
TOO_OLD: Final = "too_old"
DATE_PAST: Final = "date_past"
REACHED: Final = "reached"
TOO_WIDE: Final = "too_wide"
NO_BETTER: Final = "no_better"

# The words for a chance, by the upper end of each: keys of sentences.
WORDS: Final = (
    (0.1, "very_unlikely"),
    (0.35, "unlikely"),
    (0.65, "about_even"),
    (0.9, "likely"),
    (1.0, "very_likely"),
)


class ForecastError(ValueError):
    """A question that makes no sense: a level that is no number, an interval of no width."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A level (1 to 5) on a day, with the standard deviation of what it is a guess at (above 0)."""

    on: date
    level: float
    spread: float

    def __post_init__(self) -> None:
        if not isfinite(self.level) or not 0 < self.spread < float("inf"):
            raise ForecastError("A level is a number, and its spread a number above 0.")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before: pace in levels a week (mean, spread), wandering (variance a week)."""

    pace: float = 0.008
    pace_spread: float = 0.012
    wandering: float = 0.0008

    def __post_init__(self) -> None:
        if not isfinite(self.pace) or self.pace_spread <= 0 or self.wandering < 0:
            raise ForecastError("A spread is above 0, and a variance not below it.")


@dataclass(frozen=True, slots=True)
class Record:
    """Forecasts that came due: the chance that was said (0 to 1), and whether it came true."""

    said: tuple[float, ...]
    came: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.said) != len(self.came) or not all(0 <= one <= 1 for one in self.said):
            raise ForecastError("A record has a chance from 0 to 1 for each outcome.")


@dataclass(frozen=True, slots=True)
class Fan:
    """Where the level may be on one day: quantiles at 10, 25, 50, 75 and 90 per cent."""

    on: date
    levels: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A chance with its range, in numbers and as keys of words; or why there is none.

    `silent` is empty where there is something to say. `proven` says that a record of forecasts
    that came due was better than the base rate; without a record nobody knows yet.
    """

    silent: str = ""
    chance: float | None = None
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()  # from the lower to the upper end, one where both are the same
    fan: tuple[Fan, ...] = ()
    pace: float | None = None  # levels a week
    proven: bool = False
    rule: Rule = FORECAST


@dataclass(frozen=True, slots=True)
class Course:
    """What is thought of a person: level on the last day and pace, with their covariance (2, 2)."""

    on: date
    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    known: Known

    def at(self, day: date, pace: float | None = None) -> NormalDist:
        """The level on a later day; given the pace, or with all that is unknown about it."""
        weeks = _weeks(self.on, day)
        level, slope = self.mean
        if pace is None:
            ahead = np.array([1.0, weeks])
            variance = float(ahead @ self.covariance @ ahead)
            mean = float(ahead @ self.mean)
        else:
            tie = self.covariance[0, 1] / self.covariance[1, 1]
            variance = float(self.covariance[0, 0] - tie * self.covariance[0, 1])
            mean = float(level + tie * (pace - slope) + pace * weeks)
        return NormalDist(mean, sqrt(max(variance, 0.0) + self.known.wandering * weeks + 1e-9))

    def chance(self, rung: float, day: date, pace: float | None = None) -> float:
        """The chance to be at the rung or above it on that day."""
        return 1.0 - self.at(day, pace).cdf(rung)

    @property
    def pace(self) -> NormalDist:
        """The pace in levels a week."""
        return NormalDist(float(self.mean[1]), sqrt(float(self.covariance[1, 1])))


def forecast(
    seen: Sequence[Seen],
    *,
    rung: float,
    by: date,
    today: date,
    known: Known | None = None,
    record: Record | None = None,
) -> Forecast:
    """The chance to stand at `rung` (a level) on the day `by`, or why nothing is said.

    Observations after `today` do not count. ForecastError for a rung that is not a level.
    """
    if not LOWEST <= rung <= HIGHEST:
        raise ForecastError("A rung is a level from 1 to 5.")
    past = sorted((one for one in seen if one.on <= today), key=lambda one: one.on)
    past = past[-MOST_OBSERVATIONS:]
    reason = _silence(past, by, today, record)
    if reason:
        return Forecast(silent=reason)
    thought = course(past, known or Known())
    now = thought.at(today)
    if now.mean >= rung:
        return Forecast(silent=REACHED)
    low, high = (thought.chance(rung, by, thought.pace.inv_cdf(q)) for q in (INNER, 1 - INNER))
    if high - low > WIDEST:
        return Forecast(silent=TOO_WIDE)
    words = tuple(dict.fromkeys((word(low), word(high))))
    return Forecast(
        chance=thought.chance(rung, by),
        low=low,
        high=high,
        words=words,
        fan=fan(thought, today, by),
        pace=thought.pace.mean,
        proven=record is not None and better_than_base(record) is True,
    )


def _silence(past: Sequence[Seen], by: date, today: date, record: Record | None) -> str:
    """Why nothing is said before anything is worked out; empty where something may be."""
    if by <= today:
        return DATE_PAST
    if len({one.on for one in past}) < ENOUGH:
        return TOO_FEW
    if _weeks(past[0].on, past[-1].on) < ENOUGH_WEEKS:
        return TOO_SHORT
    if _weeks(past[-1].on, today) > STALE_WEEKS:
        return TOO_OLD
    if record is not None and better_than_base(record) is False:
        return NO_BETTER
    return ""


def course(seen: Sequence[Seen], known: Known) -> Course:
    """Level and pace after these observations, at least one, in order of days.

    A Kalman filter over (level, pace). The first level is open (a wide prior on the scale).
    """
    if not seen:
        raise ForecastError("Nothing was seen.")
    mean = np.array([(LOWEST + HIGHEST) / 2, known.pace])
    covariance = np.diag([4.0, known.pace_spread**2])
    before = seen[0].on
    for one in seen:
        weeks = _weeks(before, one.on)
        step = np.array([[1.0, weeks], [0.0, 1.0]])
        mean = step @ mean
        covariance = step @ covariance @ step.T
        covariance[0, 0] += known.wandering * weeks
        gain = covariance[:, 0] / (covariance[0, 0] + one.spread**2)
        mean = mean + gain * (one.level - mean[0])
        covariance = covariance - np.outer(gain, covariance[0])
        before = one.on
    return Course(before, mean, (covariance + covariance.T) / 2, known)


def fan(thought: Course, today: date, by: date, *, most: int = 27) -> tuple[Fan, ...]:
    """Quantiles of the level from today to the date, cut to the scale, at most so many days."""
    days = (by - today).days
    steps = max(1, min(most - 1, days // 7))
    found = []
    for step in range(steps + 1):
        day = date.fromordinal(today.toordinal() + round(days * step / steps))
        level = thought.at(day)
        a, b, c, d, e = (min(HIGHEST, max(LOWEST, level.inv_cdf(q))) for q in QUANTILES)
        found.append(Fan(day, (a, b, c, d, e)))
    return tuple(found)


def word(chance: float) -> str:
    """The key of the words for a chance."""
    return next(key for top, key in WORDS if chance <= top or top == 1.0)


def brier(said: Sequence[float], came: Sequence[bool]) -> float:
    """The mean squared distance between chances and what came: 0 is perfect, 0.25 says nothing."""
    return fmean((chance - outcome) ** 2 for chance, outcome in zip(said, came, strict=True))


def better_than_base(record: Record) -> bool | None:
    """Whether chances beat always naming the share that came true; None while there are too few.

    The mean gain in Brier score must be above 0 with 90% confidence (one-sided). The base rate is
    that of the very same cases, which nobody could know before: the harder comparison.
    """
    number = len(record.said)
    if number < ENOUGH_RECORD:
        return None
    base = fmean(record.came)
    gains = [
        (base - outcome) ** 2 - (chance - outcome) ** 2
        for chance, outcome in zip(record.said, record.came, strict=True)
    ]
    wide = stdev(gains) / sqrt(number)
    return fmean(gains) - NormalDist().inv_cdf(SURE) * wide > 0


def calibration(record: Record, *, bins: int = 10) -> tuple[tuple[float, float, int], ...]:
    """The curve: for each bin with any, the mean chance said, the share that came, how many."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for chance, outcome in zip(record.said, record.came, strict=True):
        sorted_in.setdefault(min(bins - 1, int(chance * bins)), []).append((chance, outcome))
    return tuple(
        (fmean(c for c, _ in group), fmean(o for _, o in group), len(group))
        for _, group in sorted(sorted_in.items())
    )


def learned(courses: Sequence[Course], before: Known | None = None) -> Known:
    """What many people's courses say of paces (moments); the prior itself where they are few.

    Each pace was drawn to the prior; taking its own likelihood back out gives an unbiased mean and
    spread over people.
    """
    known = before or Known()
    own, noise = [], []
    prior = 1 / known.pace_spread**2
    for one in courses:
        precision = 1 / one.pace.variance - prior
        if precision > 1e-3 * prior:
            own.append((one.pace.mean / one.pace.variance - known.pace * prior) / precision)
            noise.append(1 / precision)
    if len(own) < ENOUGH_RECORD:
        return known
    values, errors = np.array(own), np.array(noise)
    spread = known.pace_spread**2
    mean = known.pace
    for _ in range(50):
        weights = 1 / (spread + errors)
        mean = float(np.average(values, weights=weights))
        excess = np.average((values - mean) ** 2 - errors, weights=weights**2)
        spread = max(float(excess), 1e-8)
    return Known(mean, sqrt(spread), known.wandering)


def _weeks(before: date, after: date) -> float:
    return (after - before).days / 7
