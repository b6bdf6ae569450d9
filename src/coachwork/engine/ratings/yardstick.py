"""One client, one skill, now: the skill over time from the sittings there are, in milliseconds.

    yardstick = Yardstick(scale)
    skill = yardstick.skill(sittings, at=[first_day, last_day])
    yardstick.level(skill.on(1)).low80

The same expectation propagation as in a calibration, with everything that is Gaussian exact: it is
a Gaussian process over the sittings, in which the sittings of one rater share that rater's bias.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from coachwork.engine.ratings import levels, tilting
from coachwork.engine.ratings.course import Course, Dose
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.levels import Known, Ladder, Level
from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.ratings import Ratings
from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.tilting import LITTLE, SMALLEST, Grid

SWEEPS: Final = 50
CLOSE: Final = 1e-5
DAMPING: Final = 0.8
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)  # of a standard normal


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one rater answered on one skill on one day: item -> answer from 0; unseen left out.

    Where only the mean of a group is known, `raters` is how many they are; `averaged` says that
    answers are means and need not be whole.
    """

    kind: str
    rater: str
    day: int
    answers: Mapping[Any, float]
    raters: int = 1
    averaged: bool = False


@dataclass(frozen=True, slots=True)
class Severity:
    """What a calibration found of a rater, in logits (raters without one: as their kind)."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill on several days: mean (days,) and covariance (days, days), in logits.

    `prior_sd` is the spread before any evidence.
    """

    days: tuple[int, ...]
    mean: Floats
    covariance: Floats
    prior_sd: float

    @property
    def sd(self) -> Floats:
        """Standard deviation on each day, (days,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def on(self, place: int) -> Known:
        """What is known on one of the days, by its place."""
        return Known(float(self.mean[place]), float(self.sd[place]), self.prior_sd)

    def change(self, first: int, second: int) -> Known:
        """What is known of the change between two of the days, by their places."""
        c = self.covariance
        variance = c[first, first] + c[second, second] - 2 * c[first, second]
        amount = float(self.mean[second] - self.mean[first])
        return Known(amount, float(np.sqrt(max(variance, 0.0))), self.prior_sd)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A scale made ready for use: its tables are worked out once.

    `reference_items` are those whose mean answer is the level; all of the scale by default.
    """

    scale: Scale
    reference_items: tuple[Any, ...] = ()
    grid: Grid = field(init=False)
    ladder: Ladder = field(init=False)
    rows: Mapping[Any, int] = field(init=False)
    most: Mapping[Any, int] = field(init=False)

    def __post_init__(self) -> None:
        grid = tilting.tabulated(self.scale.thresholds, reach=12.0, spacing=0.1)
        chosen = self.scale.rows(self.reference_items or self.scale.items)
        steps = np.isfinite(self.scale.thresholds).sum(axis=1)
        if len(set(steps[chosen].tolist())) > 1:
            raise RatingsError("The items that a level is read from have equally many steps.")
        object.__setattr__(self, "grid", grid)
        level = grid.at_least[chosen].sum(axis=2).mean(axis=0) + 1.0
        object.__setattr__(self, "ladder", Ladder(grid.at, level))
        object.__setattr__(self, "rows", {one: row for row, one in enumerate(self.scale.items)})
        object.__setattr__(self, "most", dict(zip(self.scale.items, steps.tolist(), strict=True)))

    def course(self) -> Course:
        """How skills of this scale start and drift."""
        return Course(self.scale.skill_mean, self.scale.skill_sd**2, self.scale.drift)

    def skill(
        self,
        sittings: Sequence[Sitting],
        *,
        at: Sequence[int],
        severities: Mapping[str, Severity] | None = None,
        course: Course | None = None,
        doses: Sequence[Dose] = (),
    ) -> Skill:
        """The skill on the days `at`, given sittings of any days (also later: it is smoothed).

        Raises RatingsError for an item, answer or kind of source that the scale does not know.
        """
        if not at:
            raise RatingsError("Name at least one day.")
        path = course or self.course()
        days = np.array(at, dtype=np.float64)
        start = float(min((one.day for one in sittings), default=min(at)))
        own = path.covariances(days, days, start)
        prior = path.means(days, doses)
        spread = float(np.sqrt(path.variance))
        used = [one for one in sittings if one.answers]
        if not used:
            return Skill(tuple(at), prior, own, spread)
        when = np.array([one.day for one in used], dtype=np.float64)
        seen = self._seen(used, severities or {})
        cross = path.covariances(days, when, start) * seen.slope
        views = seen.mean + seen.slope * path.means(when, doses)
        shared = path.covariances(when, when, start) + seen.bias
        k = seen.slope[:, None] * shared * seen.slope
        sites = _converged(seen.likelihood, self.grid.at, views, k, seen.halo)
        mean, left = sites.conditioned(cross)
        return Skill(tuple(at), prior + mean, own - left, spread)

    def view(self, sitting: Sitting) -> Known:
        """What one sitting alone says of the skill as this rater sees it, their bias included.

        Without any prior, so that it can be far off and vague. Raises RatingsError as `skill`, and
        where nothing was answered.
        """
        if not sitting.answers:
            raise RatingsError("Nothing was answered in this sitting.")
        seen = self._seen([sitting], {})
        slope = float(seen.slope[0])
        prior = slope**2 * (self.scale.skill_sd**2 + seen.bias)
        mean = seen.mean + slope * self.scale.skill_mean
        sites = _converged(seen.likelihood, self.grid.at, mean, prior, seen.halo)
        said = (mean[0] + sites.shift[0] / sites.precision[0]) / slope
        sd = 1.0 / (slope * np.sqrt(sites.precision[0]))
        return Known(float(said), float(sd), self.scale.skill_sd)

    def level(self, known: Known) -> Level:
        """The level, 1 to 5, with its 80% and 95% intervals."""
        return levels.level(known, self.ladder)

    def _seen(self, sittings: Sequence[Sitting], known: Mapping[str, Severity]) -> "_Seen":
        n = len(sittings)
        mean, slope, halo, variance = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
        likelihood = np.empty((n, len(self.grid.at)))
        for s, one in enumerate(sittings):
            kind = self.scale.kind(one.kind)
            severity = known.get(one.rater) or Severity(kind.mean, kind.severity)
            slope[s], halo[s] = kind.slope, kind.halo**2 / one.raters
            mean[s] = -kind.slope * severity.mean
            variance[s] = (severity.sd**2 + kind.dyad**2) / one.raters
            score, rows = self._answers(one)
            log_z = self.grid.log_z[rows].sum(axis=0)
            if one.raters > 1:
                bias = kind.slope**2 * (severity.sd**2 + kind.dyad**2)
                log_z = _spread(log_z, self.grid, (bias + kind.halo**2) * (1 - 1 / one.raters))
            likelihood[s] = one.raters * (score * self.grid.at - log_z)
        who = np.array([f"{one.kind}\0{one.rater}" for one in sittings])
        same = who[:, None] == who[None, :]
        return _Seen(mean, slope, halo, np.where(same, variance, 0.0), likelihood)

    def _answers(self, one: Sitting) -> tuple[float, list[int]]:
        rows = []
        if one.raters < 1:
            raise RatingsError("A sitting has at least one rater.")
        for item, answer in one.answers.items():
            most = self.most.get(item)
            if most is None:
                raise RatingsError(f"Item {item!r} is not on this scale.")
            whole = one.averaged or answer == int(answer)
            if isinstance(answer, bool) or not 0 <= answer <= most or not whole:
                raise RatingsError(f"Item {item!r} has answers 0 to {most}, not {answer!r}.")
            rows.append(self.rows[item])
        return float(sum(one.answers.values())), rows


def _spread(log_z: Floats, grid: Grid, variance: float) -> Floats:
    """The log normaliser averaged over raters who differ this much around their common view.

    Its slope is then the mean answer of the group, which is flatter than that of one rater.
    """
    moved = grid.at + np.sqrt(variance) * NODES[:, None]
    return np.asarray(WEIGHTS @ np.interp(moved, grid.at, log_z) / WEIGHTS.sum())


@dataclass(frozen=True, slots=True)
class _Seen:
    """The sittings as arrays: all (sittings,) but `bias` (s, s) and `likelihood` (s, places)."""

    mean: Floats
    slope: Floats
    halo: Floats
    bias: Floats
    likelihood: Floats


@dataclass(frozen=True, slots=True)
class _Sites:
    """What the sittings say, as Gaussians around the prior of the views: precision and shift."""

    precision: Floats
    shift: Floats
    k: Floats

    def conditioned(self, cross: Floats) -> tuple[Floats, Floats]:
        """The mean's move, and the covariance that is taken away, through `cross` (n, sittings)."""
        root = np.sqrt(self.precision)
        inner = np.linalg.inv(np.eye(len(root)) + root[:, None] * self.k * root)
        gain = (cross * root) @ inner * root
        observed = self.shift / self.precision
        return gain @ observed, gain @ cross.T


def _converged(likelihood: Floats, u: Floats, views: Floats, k: Floats, halo: Floats) -> _Sites:
    """Sweeps over all sittings at once, damped, until what they say stands still."""
    n = len(views)
    precision, shift = np.full(n, LITTLE), np.zeros(n)
    moments = np.stack([np.ones_like(u), u, u * u], axis=1)
    for sweep in range(SWEEPS):
        moved, less = _Sites(precision, shift, k).conditioned(k)
        variance = np.maximum(np.diag(k - less), 1e-9)
        left = np.maximum(1.0 / variance - precision, 1e-9)
        rest = views + (moved / variance - shift) / left
        wide = 1.0 / left + halo
        w = likelihood + (rest / wide)[:, None] * u - (0.5 / wide)[:, None] * (u * u)
        w = np.exp(w - w.max(axis=1, keepdims=True))
        total = w @ moments
        mean = total[:, 1] / total[:, 0]
        narrow = np.clip(total[:, 2] / total[:, 0] - mean**2, SMALLEST, wide * (1 - 1e-6))
        told = np.maximum(1.0 / narrow - 1.0 / wide, LITTLE)
        said = (mean / narrow - rest / wide) / told
        new = 1.0 / (1.0 / told + halo)
        step = 1.0 if sweep == 0 else DAMPING
        move = new * (said - views) - shift
        precision = precision + step * (new - precision)
        shift = shift + step * move
        if float(np.abs(move).max()) < CLOSE * (1.0 + float(np.abs(shift).max())):
            break
    return _Sites(precision, shift, k)


def sittings_of(given: Ratings, client: Any, skill: Any = None) -> list[Sitting]:
    """The sittings of one client (and skill) among ratings, ready for `Yardstick.skill`."""
    mine = given.clients.labels[given.clients.codes] == client
    if skill is not None:
        mine &= given.skills.labels[given.skills.codes] == skill
    found: dict[tuple[str, str, int], dict[Any, int]] = {}
    for row in np.flatnonzero(mine):
        kind = str(given.kinds.labels[given.kinds.codes[row]])
        rater = str(given.raters.labels[given.raters.codes[row]])
        item = given.items.labels[given.items.codes[row]].item()
        key = kind, rater, int(given.days[row])
        found.setdefault(key, {})[item] = int(given.answers[row])
    return [Sitting(*key, answers) for key, answers in sorted(found.items())]
