"""Calibrating thresholds, severities and spreads over an organisation, or over many.

    given = ratings(clients=..., items=..., answers=..., raters=..., kinds=..., steps=4)
    found = calibrate(given)
    found.scale.item("listening-1"), found.clients[0].mean, found.raters[0].severity

Shards (one `Ratings` an organisation) give the same answer as all together, as long as a client and
everybody who rates them are in one shard: only sums over people leave it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coachwork.engine.ratings import parameters, tilting
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.learning import Learner, Shard
from coachwork.engine.ratings.parameters import Parameters, Totals
from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.ratings import Labels, Ratings, together
from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.settings import SETTINGS, Kind, Settings
from coachwork.engine.ratings.sittings import gathered
from coachwork.engine.ratings.tilting import Grid

SETTLING = 3  # sweeps after the parameters stand still, so that the skills do too


@dataclass(frozen=True, slots=True)
class Clients:
    """Skills of the clients of one shard: every column (client, skill, day), in logits.

    Messages between one rater and several days of one client go round in circles: where raters come
    back, `sd` is somewhat too small. What people are shown comes from `yardstick`, which is exact.
    """

    client: Labels
    skill: Labels
    day: Whole
    mean: Floats
    sd: Floats


@dataclass(frozen=True, slots=True)
class Raters:
    """Severities of the raters of one shard: every column (raters,), in logits, higher is harder.

    For the calibration job alone: a severity identifies an anonymous rater.
    """

    rater: Labels
    kind: Labels
    severity: Floats
    sd: Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learnt: the scale, and the people of each shard in the order given.

    `log_likelihood` is exact where every client has one questionnaire and nobody else rates, else
    None. `log_evidence` of EP with shared raters is not one, so it is not given.
    """

    scale: Scale
    clients: tuple[Clients, ...]
    raters: tuple[Raters, ...]
    rounds: int
    converged: bool
    log_likelihood: float | None
    shards: tuple[Shard, ...]
    parameters: Parameters
    grid: Grid


def calibrate(
    given: Ratings | Sequence[Ratings],
    *,
    settings: Settings = SETTINGS,
    anchors: Scale | None = None,
    version: str = "",
) -> Calibration:
    """Fit the model to ratings, one `Ratings` or one a shard.

    Items that `anchors` know keep their thresholds, so that levels stay comparable between runs;
    the mean skill is then free to differ from 0. Raises RatingsError for ratings that cannot be.
    """
    shards = [given] if isinstance(given, Ratings) else list(given)
    items, kinds, steps = together(shards)
    steps, fixed = _anchored(anchors, items, steps)
    work = [Shard.new(gathered(one, items, kinds, steps)) for one in shards if len(one)]
    sat = [one.sittings for one in work]
    base = parameters.reference(kinds, np.concatenate([one.kind for one in sat]), settings)
    start = parameters.beginning(kinds, steps, settings, base)
    if fixed is not None:
        start.thresholds = np.where(np.isnan(fixed), start.thresholds, fixed)
    learnt = parameters.learnt(sat, kinds, settings, base, fixed)
    # Somebody who never rates the same person again shows one spread, not two.
    merged = ~learnt.repeated & (learnt.halo | (not settings.halo))
    start.dyad = np.where(merged | (not settings.severity), 0.0, start.dyad)
    reached = sum((one.reached for one in sat[1:]), sat[0].reached)
    learner = Learner(learnt, settings, base, start.copy(), reached)
    at, grid, sums, rounds, converged = _settled(work, learner, start)
    scale = _scale(at, items, kinds, kinds[base], version, anchors)
    used = [one for one in shards if len(one)]
    return Calibration(
        scale,
        tuple(_clients(one, whole) for one, whole in zip(work, used, strict=True)),
        tuple(_raters(one, whole, kinds) for one, whole in zip(work, used, strict=True)),
        rounds,
        converged,
        _log_likelihood(work, at, sums, settings),
        tuple(work),
        at,
        grid,
    )


def _settled(
    work: list[Shard], learner: Learner, at: Parameters
) -> tuple[Parameters, Grid, Totals, int, bool]:
    settings, converged = learner.settings, False
    while not converged and len(learner.moves) < settings.most_rounds:
        grid = tilting.tabulated(at.thresholds, reach=settings.reach, spacing=settings.spacing)
        sums = _swept(work, at, grid, learner)
        new = learner.moved(at, sums, grid)
        learner.centred(new, sums, work)
        converged = learner.settled(new.moved(at))
        at = new
    grid = tilting.tabulated(at.thresholds, reach=settings.reach, spacing=settings.spacing)
    for _ in range(SETTLING):
        sums = _swept(work, at, grid, learner)
    for one in work:
        one.skills, one.raters = one.known(at, settings)
    return at, grid, sums, len(learner.moves), converged


def _swept(work: list[Shard], at: Parameters, grid: Grid, learner: Learner) -> Totals:
    totals = work[0].swept(at, grid, learner.settings, learner.damping)
    for one in work[1:]:
        totals = totals + one.swept(at, grid, learner.settings, learner.damping)
    return totals


def _anchored(anchors: Scale | None, items: Labels, steps: Whole) -> tuple[Whole, Floats | None]:
    """Steps of the items, and the thresholds of those that are anchored (NaN where free)."""
    if anchors is None:
        return steps, None
    known = {label: row for row, label in enumerate(anchors.items)}
    rows = [(i, known[label]) for i, label in enumerate(items.tolist()) if label in known]
    if not rows:
        raise RatingsError("None of the anchors is among the items rated.")
    ours, theirs = (list(one) for one in zip(*rows, strict=True))
    found = np.isfinite(anchors.thresholds).sum(axis=1)[theirs]
    if (steps[ours] > found).any():
        i = ours[int(np.flatnonzero(steps[ours] > found)[0])]
        raise RatingsError(f"Item {items[i]!r} has more steps than its anchor.")
    steps = steps.copy()
    steps[ours] = found
    most = int(steps.max())
    fixed = np.full((len(items), most), np.nan)
    table = np.full((len(anchors.items), most), np.inf)
    wide = min(most, anchors.thresholds.shape[1])
    table[:, :wide] = anchors.thresholds[:, :wide]
    fixed[ours] = table[theirs]
    return steps, fixed


def _scale(
    at: Parameters,
    items: Labels,
    kinds: Labels,
    base: str,
    version: str,
    anchors: Scale | None,
) -> Scale:
    found = {
        str(name): Kind(
            float(at.mean[g]),
            float(np.sqrt(at.severity[g])),
            float(np.sqrt(at.dyad[g])),
            float(np.sqrt(at.halo[g])),
            float(at.slope[g]),
        )
        for g, name in enumerate(kinds)
    }
    return Scale(
        version=version,
        items=tuple(items.tolist()),
        thresholds=at.thresholds,
        kinds=found,
        reference=str(base),
        skill_mean=at.skill_mean,
        skill_sd=float(np.sqrt(at.skill_variance)),
        drift=at.drift,
        anchored_to="" if anchors is None else anchors.version,
    )


def _clients(one: Shard, whole: Ratings) -> Clients:
    assert one.skills is not None
    layout = one.sittings.layout
    used = np.arange(layout.most)[None, :] < layout.occasions[:, None]
    chain = np.repeat(np.arange(len(layout.chain)), layout.occasions)
    return Clients(
        whole.clients.labels[layout.chain[chain, 0]],
        whole.skills.labels[layout.chain[chain, 1]],
        layout.days[used],
        one.skills.mean[used],
        np.sqrt(one.skills.variance[used]),
    )


def _raters(one: Shard, whole: Ratings, kinds: Labels) -> Raters:
    layout = one.sittings.layout
    names, of = whole.raters.labels[layout.rater[:, 0]], kinds[layout.kind]
    if one.raters is None:
        return Raters(names[:0], of[:0], np.zeros(0), np.zeros(0))
    return Raters(names, of, one.raters.mean, np.sqrt(one.raters.variance))


def _log_likelihood(
    work: list[Shard], at: Parameters, sums: Totals, settings: Settings
) -> float | None:
    alone = all(len(one.sittings) == len(one.sittings.layout.chain) for one in work)
    if settings.severity or not alone:
        return None
    there = np.isfinite(at.thresholds)
    spent = sum(float((one.sittings.reached[there] * at.thresholds[there]).sum()) for one in work)
    return sums.log_evidence - spent


def shards_of(given: Ratings, organisation: Labels) -> list[Ratings]:
    """The ratings of every organisation by itself; `organisation` is (ratings,).

    Raises RatingsError where a client or a rater belongs to two: their shards must be one.
    """
    names, of = np.unique(organisation, return_inverse=True)
    for who, column in (("client", given.clients), ("rater", given.raters)):
        pairs = np.unique(column.codes * len(names) + of)
        twice = np.flatnonzero(np.diff(pairs // len(names)) == 0)
        if len(twice):
            label = column.labels.tolist()[pairs[twice[0]] // len(names)]
            raise RatingsError(f"The {who} {label!r} is in two organisations.")
    return [given.where(of == k) for k in range(len(names))]


__all__ = ["Calibration", "Clients", "Raters", "Scale", "calibrate", "shards_of"]
