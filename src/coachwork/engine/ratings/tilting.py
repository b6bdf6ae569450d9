"""What the answers of one sitting add: one dimension each, evaluated on a grid.

Expectation propagation (Minka 2001): the answers of a sitting times what everything else says of
its `view` (the skill as this rater saw it that day, in logits) is a density on a line; its mean and
variance are all that the rest needs. The partial credit likelihood is log-concave, so the variance
never grows. `Grid` tabulates the thresholds once a round.
"""

from dataclasses import dataclass

import numpy as np

from coachwork.engine.ratings import partial_credit
from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.sittings import Block, Sittings

SURE = 6.5  # standard deviations, beyond which a density counts for nothing
SMALLEST = 2.5e-4  # a variance below this is narrower than the grid can show
LITTLE = 1e-8  # a precision below this adds nothing


@dataclass(frozen=True, slots=True)
class Grid:
    """Places on the line, and the thresholds there.

    `at` (places,); `log_z` (items, places); `at_least` (items, places, steps).
    """

    at: Floats
    log_z: Floats
    at_least: Floats

    @property
    def spacing(self) -> float:
        """Logits between two places."""
        return float(self.at[1] - self.at[0])

    def window(self, low: float, high: float) -> slice:
        """The places between two values, at least eight."""
        n = len(self.at)
        start = int((low - self.at[0]) / self.spacing)
        stop = int((high - self.at[0]) / self.spacing) + 2
        start = max(0, min(start, n - 8))
        return slice(start, min(n, max(stop, start + 8)))


def tabulated(thresholds: Floats, *, reach: float, spacing: float) -> Grid:
    """The grid for these thresholds, `reach` logits to either side of 0."""
    half = int(np.ceil(reach / spacing))
    at = np.asarray(np.arange(-half, half + 1) * spacing, dtype=np.float64)
    return Grid(at, *partial_credit.tables(thresholds, at))


@dataclass(slots=True)
class Tilted:
    """Views after their answers: mean and variance (sittings,), where the answers were given.

    `answered` (items, places) says how much of every item's answering was done at each place.
    """

    mean: Floats
    variance: Floats
    log_evidence: float
    answered: Floats


def tilted(
    sittings: Sittings, grid: Grid, mean: Floats, variance: Floats, last: Tilted | None
) -> Tilted:
    """Every sitting's view, where (mean, variance) is what all else says of it."""
    found = Tilted(np.empty_like(mean), np.empty_like(mean), 0.0, np.zeros_like(grid.log_z))
    by_form = np.zeros((len(sittings.forms), len(grid.at)))
    tables = [-grid.log_z[form].sum(axis=0) for form in sittings.forms]
    for block in sittings.blocks:
        rows = slice(block.start, block.stop)
        near = _near(grid, rows, last)
        own = (
            (np.ones((block.stop - block.start, 1)), tables[block.form][None, near])
            if block.form >= 0
            else (_incidence(sittings, block, len(grid.log_z)), -grid.log_z[:, near])
        )
        rest = mean[rows], variance[rows]
        weights, sums = _weighed(own, sittings.score[rows], *rest, grid.at[near])
        centre = grid.at[near].mean()
        m = sums[:, 1] / sums[:, 0]
        found.mean[rows] = m + centre
        found.variance[rows] = np.clip(
            sums[:, 2] / sums[:, 0] - m * m, SMALLEST, variance[rows] * (1 - 1e-6)
        )
        found.log_evidence += float(sums[:, 3].sum()) + len(m) * float(np.log(grid.spacing))
        if block.form >= 0:
            by_form[block.form, near] += (1.0 / sums[:, 0]) @ weights
        else:
            found.answered[:, near] += (own[0] / sums[:, :1]).T @ weights
    for form, share in zip(sittings.forms, by_form, strict=True):
        found.answered[form] += share
    return found


def _near(grid: Grid, rows: slice, last: Tilted | None) -> slice:
    if last is None:
        return slice(0, len(grid.at))
    mean, wide = last.mean[rows], SURE * np.sqrt(last.variance[rows]) + grid.spacing
    return grid.window(float((mean - wide).min()), float((mean + wide).max()))


def _incidence(sittings: Sittings, block: Block, items: int) -> Floats:
    """Which items were answered in each sitting of a block: (rows, items) of 0 and 1."""
    begin, end = sittings.first[block.start], sittings.first[block.stop]
    answered = np.zeros((block.stop - block.start, items))
    row = np.repeat(np.arange(len(answered)), sittings.count[block.start : block.stop])
    answered[row, sittings.item[begin:end]] = 1.0
    return answered


def _weighed(
    own: tuple[Floats, Floats], score: Floats, mean: Floats, variance: Floats, at: Floats
) -> tuple[Floats, Floats]:
    """Densities (rows, places), unnormalised, and (rows, 4): their sums with 1, u, u^2 around the
    middle of the window, and the log of the whole with the prior's constant."""
    centre = at.mean()
    u = at - centre
    off = mean - centre
    rows = np.column_stack([own[0], score + off / variance, -0.5 / variance])
    weights = rows @ np.vstack([own[1], u, u * u])
    top = weights.max(axis=1, keepdims=True)
    weights -= top
    np.exp(weights, out=weights)
    sums = np.empty((len(score), 4))
    sums[:, :3] = weights @ np.stack([np.ones_like(u), u, u * u], axis=1)
    constant = score * centre - 0.5 * (off * off / variance + np.log(2 * np.pi * variance))
    sums[:, 3] = np.log(sums[:, 0]) + top[:, 0] + constant
    return weights, sums


def site(found: Tilted, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """What the answers alone say of the view, as a Gaussian: precision and mean (sittings,)."""
    precision = np.maximum(1.0 / found.variance - 1.0 / variance, LITTLE)
    return precision, (found.mean / found.variance - mean / variance) / precision


def moments(grid: Grid) -> Floats:
    """Mean, variance and fourth central moment of every item's answer: (3, items, places)."""
    reached = grid.at_least
    one, none = np.ones_like(reached[:, :, :1]), np.zeros_like(reached[:, :, :1])
    chance = -np.diff(np.concatenate([one, reached, none], axis=2), axis=2)
    answer = np.arange(chance.shape[2], dtype=np.float64)
    mean = chance @ answer
    off = answer[None, None, :] - mean[:, :, None]
    return np.stack([mean, (chance * off**2).sum(axis=2), (chance * off**4).sum(axis=2)])


def expected_answers(grid: Grid, sittings: Sittings, mean: Floats) -> Floats:
    """Mean, variance and fourth moment of every answer at given views (sittings,).

    (3, answers), in the order of `sittings.item`; between two places of the grid on a line.
    """
    view = np.repeat(mean, sittings.count)
    place = np.clip((view - grid.at[0]) / grid.spacing, 0, len(grid.at) - 1.001)
    left: Whole = place.astype(np.int64)
    share = place - left
    table = moments(grid)
    i = sittings.item
    return np.asarray(table[:, i, left] * (1 - share) + table[:, i, left + 1] * share)
