"""Newton's step for thresholds, from how much answering was done at each place of the grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.tilting import Grid

TRUST = 1.0  # logits that a threshold may move in one round
LOCATION = 1.0  # spread of the difficulty of items with few answers


@dataclass(slots=True)
class Slopes:
    """Gradient (items, steps) and minus the curvature (items, steps, steps) of the likelihood."""

    gradient: Floats
    curvature: Floats
    there: NDArray[np.bool_]  # (items, steps): steps that the item has

    def step(self) -> Floats:
        """How far to move, (items, steps); 0 where there is no step."""
        both = self.there[:, :, None] & self.there[:, None, :]
        alone = np.where(self.there, 1e-9, 1.0)[:, None]
        h = np.where(both, self.curvature, 0.0) + np.eye(self.there.shape[1]) * alone
        g = np.where(self.there, self.gradient, 0.0)
        return np.asarray(np.clip(np.linalg.solve(h, g[:, :, None])[:, :, 0], -TRUST, TRUST))


def slopes(thresholds: Floats, answered: Floats, grid: Grid, reached: Floats) -> Slopes:
    """Slopes at these thresholds; `answered` (items, places), `reached` (items, steps)."""
    at_least = grid.at_least
    weighed = answered[:, :, None] * at_least
    mean = weighed.sum(axis=1)
    place = np.arange(at_least.shape[2])
    later = np.maximum(place[:, None], place[None, :])
    curvature = mean[:, later] - np.matmul(at_least.transpose(0, 2, 1), weighed)
    return Slopes(mean - reached, curvature, np.isfinite(thresholds))


def pull(thresholds: Floats, at: Slopes, sparse: NDArray[np.bool_], spread: float) -> None:
    """Pull sparse items towards the common steps, and mildly towards the middle."""
    for i in np.flatnonzero(sparse):
        own = np.flatnonzero(at.there[i])
        k = len(own)
        around = (np.eye(k) - 1.0 / k) / spread**2
        force = around + np.full((k, k), 1.0 / (k * LOCATION) ** 2)
        goal = common(thresholds, at.there, sparse, k)
        at.gradient[i, own] -= force @ (thresholds[i, own] - goal)
        at.curvature[np.ix_([i], own, own)] += force


def common(
    thresholds: Floats, there: NDArray[np.bool_], sparse: NDArray[np.bool_], k: int
) -> Floats:
    """The steps that items of k steps share; evenly spread where none is well known."""
    known = (there.sum(axis=1) == k) & ~sparse
    if not known.any():
        return np.asarray(np.arange(k) - (k - 1) / 2)
    return np.asarray(thresholds[known, :k].mean(axis=0) - thresholds[known, :k].mean())
