"""The many-facet model as the classical programs have it: severities fixed, no halo, no time.

Linacre (1989), by marginal maximum likelihood. Here to check ours against theirs, and to show what
is lost without the halo: its intervals are too narrow wherever raters have a mood. For real use
see `calibration`.
"""

from dataclasses import dataclass

import numpy as np

from coachwork.engine.ratings import thresholds as newton
from coachwork.engine.ratings import tilting
from coachwork.engine.ratings.learning import Learner, Shard
from coachwork.engine.ratings.parameters import Learnt, Parameters, Totals
from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.ratings import Column, Labels, Ratings
from coachwork.engine.ratings.settings import UNRATED, Settings
from coachwork.engine.ratings.sittings import gathered
from coachwork.engine.ratings.tilting import Grid


@dataclass(frozen=True, slots=True)
class Facets:
    """Thresholds (items, steps), severities (raters,) that sum to 0, skills (clients,): logits."""

    items: Labels
    thresholds: Floats
    raters: Labels
    severity: Floats
    clients: Labels
    mean: Floats
    sd: Floats
    skill_sd: float
    log_likelihood: float
    rounds: int
    converged: bool


def facets(given: Ratings, *, settings: Settings = UNRATED) -> Facets:
    """Fit thresholds and severities as fixed effects to ratings of one skill and one occasion.

    Raises RatingsError where a rater answered one behaviour of one client twice.
    """
    raters = len(given.raters)
    found, of = np.unique(given.items.codes * raters + given.raters.codes, return_inverse=True)
    item, rater = found // raters, found % raters
    virtual = Ratings(
        given.clients,
        Column(np.array(["skill"]), np.zeros(len(given), np.int64)),
        Column(found, of.astype(np.int64)),
        given.clients,
        Column(np.array(["peer"]), np.zeros(len(given), np.int64)),
        np.zeros(len(given), np.int64),
        given.answers,
        given.steps[item],
    )
    shard = Shard.new(gathered(virtual, found, np.array(["peer"]), given.steps[item]))
    learner = _learner(shard, settings, given, (item, rater))
    at, sums, converged = _settled(shard, learner)
    assert shard.skills is not None
    there = np.isfinite(at.thresholds)
    spent = float((shard.sittings.reached[there] * at.thresholds[there]).sum())
    return Facets(
        given.items.labels,
        learner.b,
        given.raters.labels,
        learner.severity,
        given.clients.labels[shard.sittings.layout.chain[:, 0]],
        shard.skills.mean[:, 0],
        np.sqrt(shard.skills.variance[:, 0]),
        float(np.sqrt(at.skill_variance)),
        sums.log_evidence - spent,
        len(learner.moves),
        converged,
    )


class _Learner(Learner):
    """Learns thresholds and severities together: a step of an item is threshold + severity."""

    b: Floats
    severity: Floats
    of: tuple[Whole, Whole]

    def spread(self) -> Floats:
        """The thresholds of every pair of item and rater."""
        item, rater = self.of
        return np.asarray(self.b[item] + self.severity[rater][:, None])

    def _thresholds(self, at: Parameters, answered: Floats, grid: Grid) -> Floats:
        slope = newton.slopes(at.thresholds, answered, grid, self.reached)
        gradient, curvature = self._joined(slope)
        step = np.clip(np.linalg.solve(curvature, gradient), -newton.TRUST, newton.TRUST)
        there = np.isfinite(self.b)
        size = self.b.size
        self.b = np.where(there, self.b + step[:size].reshape(self.b.shape), np.inf)
        self.severity = self.severity + step[size:] - step[size:].mean()
        self.b[there] += step[size:].mean()
        return self.spread()

    def _joined(self, slope: newton.Slopes) -> tuple[Floats, Floats]:
        """Gradient and curvature in all thresholds, then all severities, which sum to 0."""
        item, rater = self.of
        steps, size, raters = self.b.shape[1], self.b.size, len(self.severity)
        column = item[:, None] * steps + np.arange(steps)
        g = np.where(slope.there, slope.gradient, 0.0)
        both = slope.there[:, :, None] & slope.there[:, None, :]
        h = np.where(both, slope.curvature, 0.0)
        gradient = np.zeros(size + raters)
        np.add.at(gradient, column, g)
        np.add.at(gradient, size + rater, g.sum(axis=1))
        curvature = np.zeros((size + raters, size + raters))
        np.add.at(curvature, (column[:, :, None], column[:, None, :]), h)
        np.add.at(curvature, (column, size + rater[:, None]), h.sum(axis=2))
        np.add.at(curvature, (size + rater, size + rater), h.sum(axis=(1, 2)))
        curvature[size:, :size] = curvature[:size, size:].T
        curvature[size:, size:] += 1.0
        unused = np.flatnonzero(~np.isfinite(self.b.ravel()))
        curvature[unused, unused] = 1.0
        curvature[np.diag_indices_from(curvature)] += 1e-9
        return gradient, curvature

    def centred(self, new: Parameters, sums: Totals, shards: list[Shard]) -> None:
        super().centred(new, sums, shards)
        self.b = self.b - sums.skill[1] / sums.skill[0]
        new.thresholds = self.spread()


def _learner(shard: Shard, settings: Settings, given: Ratings, of: tuple[Whole, Whole]) -> _Learner:
    one, off = np.ones(1, bool), np.zeros(1, bool)
    everything = np.ones(len(of[0]), bool)
    learnt = Learnt(everything, off, off, off, off, off, False, False, ~everything, one)
    column = np.arange(int(given.steps.max()))[None, :]
    steps = given.steps[:, None]
    zero = np.zeros(1)
    start = Parameters(
        np.zeros((0, 0)), 0.0, settings.skill_variance, 0.0, zero, zero, zero, zero, np.ones(1)
    )
    learner = _Learner(learnt, settings, 0, start, shard.sittings.reached)
    learner.b = np.where(column < steps, column - (steps - 1) / 2, np.inf)
    learner.severity = np.zeros(len(given.raters))
    learner.of = of
    start.thresholds = learner.spread()
    return learner


def _settled(shard: Shard, learner: _Learner) -> tuple[Parameters, Totals, bool]:
    settings, at, converged = learner.settings, learner.prior, False

    def tables() -> Grid:
        return tilting.tabulated(at.thresholds, reach=settings.reach, spacing=settings.spacing)

    while not converged and len(learner.moves) < settings.most_rounds:
        grid = tables()
        sums = shard.swept(at, grid, settings, 1.0)
        new = learner.moved(at, sums, grid)
        learner.centred(new, sums, [shard])
        converged = learner.settled(new.moved(at))
        at = new
    grid = tables()
    for _ in range(2):
        sums = shard.swept(at, grid, settings, 1.0)
    shard.skills, shard.raters = shard.known(at, settings)
    return at, sums, converged
