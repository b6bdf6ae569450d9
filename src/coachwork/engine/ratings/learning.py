"""One round of learning: expectation propagation over all sittings, then every parameter anew.

EM with the approximate posteriors of one sweep (parallel, damped) instead of converged ones; log
variances move further than EM says, by a secant of their last two moves, because EM alone crawls
where a variance is small.
"""

from dataclasses import dataclass, field

import numpy as np

from coachwork.engine.ratings import messages, thresholds, tilting
from coachwork.engine.ratings.messages import Messages, Severities, Skills
from coachwork.engine.ratings.parameters import Learnt, Parameters, Totals
from coachwork.engine.ratings.partial_credit import Flags, Floats, Whole
from coachwork.engine.ratings.settings import Settings
from coachwork.engine.ratings.sittings import Sittings
from coachwork.engine.ratings.tilting import Grid, Tilted

DAMPING, CALMER, CALMEST = 0.7, 0.75, 0.3
PATIENCE = 10  # rounds in which the largest move must halve, or the damping grows
HALF = 0.5
NOTHING = 1e-3  # a variance below this, still falling, is 0


@dataclass(slots=True)
class Shard:
    """The sittings of an organisation, and what has been said in them so far."""

    sittings: Sittings
    messages: Messages
    tilted: Tilted | None = None
    skills: Skills | None = None
    raters: Severities | None = None

    @classmethod
    def new(cls, sittings: Sittings) -> "Shard":
        """Nothing said yet."""
        return cls(sittings, messages.silent(len(sittings)))

    def known(self, at: Parameters, settings: Settings) -> tuple[Skills, Severities | None]:
        """Skills and severities as the messages now have them."""
        one, layout = self.sittings, self.sittings.layout
        start = (at.skill_mean, at.skill_variance)
        found = messages.skills(layout, self.messages, one.place, start, at.drift)
        if not settings.severity:
            return found, None
        prior = (at.mean[layout.kind], np.maximum(at.severity, 1e-8)[layout.kind])
        return found, messages.severities(one, self.messages, prior, at.dyad[layout.kind])

    def swept(self, at: Parameters, grid: Grid, settings: Settings, damping: float) -> Totals:
        """One sweep over all sittings, and the sums that learning needs."""
        one = self.sittings
        self.skills, self.raters = self.known(at, settings)
        rest = messages.cavity(one, self.messages, self.skills, self.raters)
        slope, halo = at.slope[one.kind], at.halo[one.kind]
        mean = slope * (rest.skill - rest.bias)
        inner = slope**2 * (rest.skill_variance + rest.bias_variance)
        found = tilting.tilted(one, grid, mean, inner + halo, self.tilted)
        site = tilting.site(found, mean, inner + halo)
        news = messages.sent(rest, site, slope, halo, raters=settings.severity)
        self.messages.told(news, damping if self.tilted is not None else 1.0)
        self.tilted = found
        view = _views(found, mean, inner, halo, slope)
        return self._totals(view, at)

    def _totals(self, view: Floats, at: Parameters) -> Totals:
        assert self.tilted is not None
        assert self.skills is not None
        one, layout, kinds = self.sittings, self.sittings.layout, len(at.mean)
        first = self.skills.mean[:, 0]
        used = layout.months > 0
        per_month = self.skills.steps[used] / layout.months[used]
        squares = float((first**2 + self.skills.variance[:, 0]).sum())
        sums = np.array([len(first), first.sum(), squares, per_month.sum(), used.sum()])
        rater, dyad = np.zeros((kinds, 4)), np.zeros((kinds, 2))
        if self.raters is not None:
            m, v = self.raters.mean, self.raters.variance
            rater = _by(layout.kind, kinds, np.ones_like(m), m, m * m, v)
            between = self.raters.between
            dyad = _by(layout.kind[layout.pair_rater], kinds, between, np.ones_like(between))
        seen = _by(one.kind, kinds, *view)
        return Totals(self.tilted.answered, sums, rater, dyad, seen, self.tilted.log_evidence)

    def shifted(self, skill: float, bias: Floats, view: Floats) -> None:
        """Move the origin: skills by `skill`, severities and views by values a kind (kinds,)."""
        said, kind = self.messages, self.sittings.kind
        said.skill_shift += said.skill * skill
        said.bias_shift += said.bias * bias[kind]
        if self.tilted is not None:
            self.tilted.mean += view[kind]


def _by(group: Whole, groups: int, *columns: Floats) -> Floats:
    return np.stack([np.bincount(group, column, groups) for column in columns], axis=1)


def _views(found: Tilted, mean: Floats, inner: Floats, halo: Floats, slope: Floats) -> Floats:
    """Of every sitting: the halo's mean square, 1, and the moments (view x skill-less-bias), both
    with the answers known: (4, sittings)."""
    whole = inner + halo
    off = found.mean - mean
    share = halo / whole
    square = share**2 * (off**2 + found.variance) + share * inner
    gain = inner / (slope * whole)
    x = mean / slope + gain * off
    left = inner / slope**2 - gain**2 * whole + gain**2 * found.variance
    cross = found.mean * x + gain * found.variance
    return np.stack([square, np.ones_like(square), cross, x * x + left])


@dataclass(slots=True)
class Learner:
    """Takes the sums of a round and gives the next parameters."""

    learnt: Learnt
    settings: Settings
    base: int
    prior: Parameters
    reached: Floats
    last: dict[str, tuple[Floats, Floats]] = field(default_factory=dict)
    moves: list[float] = field(default_factory=list)
    damping: float = DAMPING

    def settled(self, move: float) -> bool:
        """Whether the last move is small; where moves do not shrink, the sweeps calm down."""
        self.moves.append(move)
        n = len(self.moves)
        if n % PATIENCE == 0 and n > PATIENCE and move > HALF * self.moves[-1 - PATIENCE]:
            self.damping = max(self.damping * CALMER, CALMEST)
        return move < self.settings.tolerance and n > PATIENCE // 2

    def moved(self, at: Parameters, sums: Totals, grid: Grid) -> Parameters:
        """The parameters after these sums, before the origin is set anew."""
        new = at.copy()
        new.thresholds = self._thresholds(at, sums.answered, grid)
        self._skill(new, at, sums)
        if self.settings.severity:
            self._raters(new, at, sums)
        halo, n = sums.view[:, 0], sums.view[:, 1]
        raw = self._pooled(halo, n, self.prior.halo)
        new.halo = self._leapt("halo", at.halo, raw, self.learnt.halo)
        moves = self.learnt.slope & (sums.view[:, 3] > 0)
        ratio = sums.view[moves, 2] / sums.view[moves, 3]
        new.slope[moves] = at.slope[moves] * (np.maximum(ratio, 1e-9) / at.slope[moves]) ** 2
        new.slope = np.clip(new.slope, 0.05, 20)
        return new

    def _skill(self, new: Parameters, at: Parameters, sums: Totals) -> None:
        n, total, squares, per_month, steps = sums.skill
        mean = total / n
        around = squares - n * mean**2
        on = np.ones(1, bool)
        raw = self._pooled(np.array([around]), np.array([n]), np.array([self.prior.skill_variance]))
        new.skill_variance = float(self._leapt("skill", np.array([at.skill_variance]), raw, on)[0])
        if self.learnt.drift and steps:
            prior = np.array([self.prior.drift])
            moved = self._pooled(np.array([per_month]), np.array([steps]), prior)
            new.drift = float(self._leapt("drift", np.array([at.drift]), moved, on)[0])

    def _raters(self, new: Parameters, at: Parameters, sums: Totals) -> None:
        n, total, squares, variance = sums.rater.T
        some = np.maximum(n, 1e-9)
        mean = total / some
        around = squares - n * mean**2 + variance
        raw = self._pooled(around, n, self.prior.severity)
        new.severity = self._leapt("severity", at.severity, raw, self.learnt.severity)
        # What of the prior still shows in the mean of the posteriors is taken out at once.
        evidence = np.maximum(1.0 - variance / some / np.maximum(at.severity, 1e-8), 0.2)
        weight = self.settings.pooling
        share = n / (n + weight) if weight else np.ones_like(n)
        target = share * (at.mean + (mean - at.mean) / evidence) + (1 - share) * self.prior.mean
        new.mean = np.where(self.learnt.mean, target, mean)
        raw = self._pooled(sums.dyad[:, 0], sums.dyad[:, 1], self.prior.dyad)
        new.dyad = self._leapt("dyad", at.dyad, raw, self.learnt.dyad)

    def _pooled(self, squares: Floats, n: Floats, prior: Floats) -> Floats:
        """Variances drawn to their priors by so many raters' weight, in logs: ratios count."""
        weight = self.settings.pooling
        raw = np.log(np.maximum(squares / np.maximum(n, 1e-9), 1e-12))
        known = np.log(np.maximum(prior, 1e-12))
        return np.asarray(np.exp((n * raw + weight * known) / np.maximum(n + weight, 1e-9)))

    def _leapt(self, name: str, at: Floats, raw: Floats, on: Flags) -> Floats:
        """Log variances moved by a secant step; a variance that vanishes becomes 0."""
        moving = on & (at > 0)
        x = np.log(np.where(moving, at, 1.0))
        g = np.where(moving, np.log(np.maximum(raw, 1e-12)), 0.0) - x
        gain = np.full_like(x, 1.5)
        if name in self.last:
            x0, g0 = self.last[name]
            run = x - x0
            far = np.abs(run) > 1e-9
            slope = np.where(far, (g0 - g) / np.where(far, run, 1.0), 0.0)
            gain = np.where(far, 1.0 / np.clip(slope, 0.2, 1.0), gain)
        self.last[name] = (x, g)
        new = np.where(moving, np.exp(x + np.clip(gain * g, -1.5, 1.5)), at)
        return np.where(moving & (new < NOTHING) & (g < 0), 0.0, new)

    def _thresholds(self, at: Parameters, answered: Floats, grid: Grid) -> Floats:
        """One Newton step for every item at once."""
        b = at.thresholds
        slope = thresholds.slopes(b, answered, grid, self.reached)
        sparse = self.learnt.sparse & self.learnt.items
        thresholds.pull(b, slope, sparse, self.settings.rating_scale)
        step = slope.step()
        step[~self.learnt.items] = 0.0
        return np.where(np.isfinite(b), b + step, np.inf)

    def centred(self, new: Parameters, sums: Totals, shards: list[Shard]) -> None:
        """Put the origin back: mean skill 0 and reference kind 0, as far as items may move."""
        n, total = sums.skill[:2]
        free = not self.learnt.skill_mean
        # With raters, skills and severities each explain all of a shift: take half from either.
        share = HALF if self.settings.severity else 1.0
        mean = share * total / n
        off = share * float(new.mean[self.base])
        skill = -mean if free else -off
        bias = np.zeros_like(new.mean)
        view = np.full_like(new.mean, skill) * new.slope
        if self.settings.severity:
            bias += skill
            view[:] = 0.0
            if free:
                rise = off + skill
                bias -= rise / new.slope
                view += rise
            new.mean += bias
        if free:
            new.thresholds += view[self.base]
        else:
            new.skill_mean = total / n + skill
        for shard in shards:
            shard.shifted(skill, bias, view)
