"""What a calibration learns, and the sums it learns it from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.ratings import Labels
from coachwork.engine.ratings.settings import Settings
from coachwork.engine.ratings.sittings import Sittings


@dataclass(slots=True)
class Parameters:
    """Thresholds (items, steps), and one value a kind of source for the rest, in logits.

    `severity`, `dyad` and `halo` are variances; `drift` is in logit^2 a month.
    """

    thresholds: Floats
    skill_mean: float
    skill_variance: float
    drift: float
    mean: Floats
    severity: Floats
    dyad: Floats
    halo: Floats
    slope: Floats

    def copy(self) -> "Parameters":
        """The same values, which do not move when these do."""
        arrays = (self.mean, self.severity, self.dyad, self.halo, self.slope)
        return Parameters(
            self.thresholds.copy(),
            self.skill_mean,
            self.skill_variance,
            self.drift,
            *(one.copy() for one in arrays),
        )

    def moved(self, other: "Parameters") -> float:
        """The largest difference of a threshold, mean, slope or standard deviation."""
        steps = np.isfinite(self.thresholds)
        differences = [
            self.thresholds[steps] - other.thresholds[steps],
            self.mean - other.mean,
            self.slope - other.slope,
            np.sqrt(self.spreads()) - np.sqrt(other.spreads()),
            np.array([self.skill_mean - other.skill_mean]),
        ]
        return max(float(np.abs(one).max()) for one in differences if one.size)

    def spreads(self) -> Floats:
        """All variances side by side."""
        return np.concatenate(
            [[self.skill_variance, self.drift], self.severity, self.dyad, self.halo]
        )


@dataclass(frozen=True, slots=True)
class Learnt:
    """Which parameters the data decide; the others stay where the settings put them."""

    items: NDArray[np.bool_]  # (items,)
    severity: NDArray[np.bool_]  # (kinds,), as those below
    mean: NDArray[np.bool_]
    dyad: NDArray[np.bool_]
    halo: NDArray[np.bool_]
    slope: NDArray[np.bool_]
    skill_mean: bool
    drift: bool
    sparse: NDArray[np.bool_]  # (items,): too few answers for steps of its own
    repeated: NDArray[np.bool_]  # (kinds,): somebody rated somebody more than once


@dataclass(slots=True)
class Totals:
    """Sums over all clients and raters of one round; those of shards add up.

    The columns: `skill` n, sum, sum of squares, chains' steps per month and their number; `rater`
    (kinds, 4) n, sum, sum of squares, sum of variances; `dyad` (kinds, 2) sum of squares and n;
    `view` (kinds, 4) halo squares, sittings, and the two sums of the slope.
    """

    answered: Floats
    skill: Floats
    rater: Floats
    dyad: Floats
    view: Floats
    log_evidence: float

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.answered + other.answered,
            self.skill + other.skill,
            self.rater + other.rater,
            self.dyad + other.dyad,
            self.view + other.view,
            self.log_evidence + other.log_evidence,
        )


def reference(kinds: Labels, sat: Whole, settings: Settings) -> int:
    """The kind whose severity is 0 and whose slope is 1; `sat` is that of every sitting."""
    for name in (settings.reference, "assessor", "peer"):
        if name and name in kinds.tolist():
            return list(kinds.tolist()).index(name)
    return int(np.bincount(sat).argmax())


def beginning(kinds: Labels, steps: Whole, settings: Settings, base: int) -> Parameters:
    """Where learning starts: the priors, and thresholds spread evenly."""
    known = [settings.kind(str(name)) for name in kinds]
    most = int(steps.max())
    column = np.arange(most)[None, :]
    even = column - (steps[:, None] - 1) / 2
    mean = np.array([one.mean for one in known])
    slope = np.array([one.slope for one in known])
    slope[base] = 1.0
    return Parameters(
        np.where(column < steps[:, None], even, np.inf),
        0.0,
        settings.skill_variance,
        settings.drift,
        (mean - mean[base]) * settings.severity,
        np.array([max(one.severity**2, 1e-8) for one in known]),
        np.array([one.dyad**2 for one in known]),
        np.array([one.halo**2 for one in known]) * settings.halo,
        slope,
    )


def learnt(
    shards: list[Sittings], kinds: Labels, settings: Settings, base: int, fixed: Floats | None
) -> Learnt:
    """What there is enough of to learn; `fixed` thresholds (items, steps), NaN where free."""
    n = len(kinds)
    counts = sum((_counted(one, n) for one in shards), np.zeros((4, n), np.int64))
    sittings, several, again, raters = counts
    chains = sum(int((one.layout.occasions > 2).sum()) for one in shards)
    others = np.arange(n) != base
    spread = settings.severity and settings.learn_severity
    free = np.ones(len(shards[0].reached), bool) if fixed is None else np.isnan(fixed[:, 0])
    return Learnt(
        items=free,
        severity=(raters > 1) & spread,
        mean=others & bool(settings.severity),
        dyad=(again >= settings.dyad_pairs) & spread,
        halo=(several >= settings.halo_sittings) & settings.halo,
        slope=others & (sittings >= settings.slope_sittings) & bool(settings.severity),
        skill_mean=not bool(free.all()),
        drift=settings.learn_drift and chains >= settings.drift_clients,
        sparse=sparse(shards, settings),
        repeated=again > 0,
    )


def _counted(one: Sittings, kinds: int) -> Whole:
    """Sittings, those of several items, pairs that sat again, raters: (4, kinds)."""
    layout = one.layout
    seats = np.bincount(one.pair, minlength=len(layout.pair_rater))
    of_again = layout.kind[layout.pair_rater[seats > 1]]
    columns = (one.kind, one.kind[one.count > 1], of_again, layout.kind)
    return np.stack([np.bincount(column, minlength=kinds) for column in columns])


def sparse(shards: list[Sittings], settings: Settings) -> NDArray[np.bool_]:
    """Items with a category that nobody used, or with fewer answers than the minimum: (items,)."""
    used = categories(shards)
    few = np.nanmin(used, axis=1) < max(1, settings.per_category)
    return np.asarray(few | (np.nansum(used, axis=1) < settings.per_item))


def categories(shards: list[Sittings]) -> Floats:
    """How often each answer was given: (items, steps + 1), NaN where an item has no such answer."""
    items, steps = shards[0].reached.shape
    answers = sum(
        (np.bincount(one.item, minlength=items) for one in shards), np.zeros(items, np.int64)
    )
    reached = sum((one.reached for one in shards), np.zeros((items, steps)))
    used = -np.diff(np.column_stack([answers, reached, np.zeros(items)]), axis=1)
    column = np.arange(steps + 1)[None, :]
    return np.where(column <= shards[0].steps[:, None], used, np.nan)
