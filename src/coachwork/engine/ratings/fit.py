"""Does the model fit, and whom not: the figures that a specialist asks for.

A residual is an answer less its mean at the rater's view. The view was estimated from the answers
too, which shrinks residuals; every mean square is divided by what is expected then, so 1 is good
fit. .5 to 1.5 is productive (Linacre); below, answers are too alike; above, erratic. Screening
only: with many answers look at the size, not at z.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from coachwork.engine.ratings import parameters, tilting
from coachwork.engine.ratings.calibration import Calibration
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.learning import Shard
from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.ratings import Labels

FEWEST: Final = 30  # clients of a group, below which no difference is tested
SLIGHT, LARGE = 0.43, 0.64  # logits; classes A, B, C of differential functioning
UNLIKELY: Final = 2.576  # |z|: one in a hundred


@dataclass(frozen=True, slots=True)
class Residuals:
    """Every answer of all shards: less its mean, its variance and fourth moment, and whose.

    `expected` is the mean square that a residual has when the model is right.
    """

    item: Whole
    rater: Whole  # counted through the shards
    client: Whole
    residual: Floats
    variance: Floats
    expected: Floats
    fourth: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """Mean squares (of items, raters or clients) and their z by Wilson and Hilferty."""

    answers: Whole
    infit: Floats
    outfit: Floats
    infit_z: Floats
    outfit_z: Floats


def residuals(found: Calibration) -> Residuals:
    """The residuals of a calibration, shard after shard."""
    parts = []
    rater = client = 0
    for one in found.shards:
        parts.append(_residuals(one, found, rater, client))
        rater += len(one.sittings.layout.rater)
        client += int(one.sittings.layout.chain[:, 0].max()) + 1
    return Residuals(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _residuals(
    one: Shard, found: Calibration, rater: int, client: int
) -> tuple[Whole, Whole, Whole, Floats, Floats, Floats, Floats]:
    assert one.tilted is not None
    sat = one.sittings
    mean, variance, fourth = tilting.expected_answers(found.grid, sat, one.tilted.mean)
    answered = np.repeat(np.arange(len(sat)), sat.count)
    shrunk = np.clip(1.0 - variance * one.tilted.variance[answered], 0.05, 1.0)
    return (
        sat.item,
        sat.layout.pair_rater[sat.pair[answered]] + rater,
        sat.layout.pair_client[sat.pair[answered]] + client,
        sat.answer - mean,
        np.maximum(variance, 1e-6),
        np.maximum(variance, 1e-6) * shrunk,
        fourth,
    )


def fit(left: Residuals, group: Whole, groups: int) -> Fit:
    """Mean squares of the answers of each group: pass `left.item`, `left.rater` or `left.client`.

    `groups` is how many there are; NaN for one without answers.
    """

    def total(values: Floats) -> Floats:
        return np.asarray(np.bincount(group, values, groups), dtype=np.float64)

    n = np.bincount(group, minlength=groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = left.residual**2
        infit = total(squares) / total(left.expected)
        outfit = total(squares / left.expected) / n
        spread = total(left.fourth - left.variance**2)
        q_in = np.sqrt(spread) / total(left.variance)
        q_out = np.sqrt(np.maximum(total(left.fourth / left.variance**2) / n**2 - 1.0 / n, 0.0))
        z_in, z_out = _standardised(infit, q_in), _standardised(outfit, q_out)
    return Fit(n, infit, outfit, z_in, z_out)


def _standardised(square: Floats, q: Floats) -> Floats:
    return np.asarray((np.cbrt(square) - 1.0) * (3.0 / q) + q / 3.0)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well clients are told apart: reliability 0 to 1, separation and number of strata."""

    reliability: float
    separation: float
    strata: float


def reliability(mean: Floats, sd: Floats) -> Reliability:
    """From posterior means and standard deviations of clients (or raters)."""
    if len(mean) < 2:
        raise RatingsError("Reliability needs at least two.")
    told, error = float(np.var(mean)), float(np.mean(sd**2))
    r = told / (told + error)
    g = float(np.sqrt(told / error))
    return Reliability(r, g, (4 * g + 1) / 3)


@dataclass(frozen=True, slots=True)
class Categories:
    """How an item's answers are used: counts, mean view of those who gave each (NaN for none).

    `rises` says that a higher answer goes with a higher view, as it should; `ordered`, that each
    threshold is above the last one, so that every answer is the likeliest somewhere.
    """

    counts: Floats
    views: Floats
    rises: bool
    ordered: bool


def categories(found: Calibration) -> tuple[Categories, ...]:
    """The use of categories, item by item in the order of the scale."""
    counts = parameters.categories([one.sittings for one in found.shards])
    sums = np.zeros_like(counts)
    for one in found.shards:
        assert one.tilted is not None
        sat = one.sittings
        np.add.at(sums, (sat.item, sat.answer), np.repeat(one.tilted.mean, sat.count))
    used = []
    for row, (n, total) in enumerate(zip(counts, sums, strict=True)):
        there = ~np.isnan(n)
        views = np.full(int(there.sum()), np.nan)
        np.divide(total[there], n[there], out=views, where=n[there] > 0)
        steps = found.scale.thresholds[row][np.isfinite(found.scale.thresholds[row])]
        seen = views[~np.isnan(views)]
        used.append(Categories(n[there], views, _rises(seen), _rises(steps)))
    return tuple(used)


def _rises(values: Floats) -> bool:
    return bool((np.diff(values) > 0).all())


@dataclass(frozen=True, slots=True)
class Difference:
    """How much harder an item is for the second of two groups than the other items are, logits.

    `size` is A (none or slight), B or C; A also where it may be chance.
    """

    item: int
    amount: float
    sd: float
    size: str


def differences(left: Residuals, second: Floats, clients: Floats, items: int) -> list[Difference]:
    """Differential functioning of items between two groups of clients.

    `second` and `clients` are (clients,): whether each is in the second group, and whether in
    either. Empty where a group has fewer than 30 clients; items that a group did not answer are
    left out.
    """
    seen = np.unique(left.client)
    known = np.asarray(clients, bool)
    group = np.asarray(second, bool)
    sizes = [int((known & (group == side))[seen].sum()) for side in (False, True)]
    if min(sizes) < FEWEST:
        return []
    amount, variance = np.zeros((2, items)), np.zeros((2, items))
    for side in (0, 1):
        mine = known[left.client] & (group[left.client] == bool(side))
        spread = np.bincount(left.item[mine], left.expected[mine], items)
        total = np.bincount(left.item[mine], left.residual[mine], items)
        with np.errstate(divide="ignore", invalid="ignore"):
            amount[side], variance[side] = -total / spread, 1.0 / spread
    contrast = amount[1] - amount[0]
    there = np.isfinite(contrast)
    contrast = contrast - np.median(contrast[there]) if there.any() else contrast
    sd = np.sqrt(variance.sum(axis=0))
    return [
        Difference(int(i), float(contrast[i]), float(sd[i]), _class(contrast[i], sd[i]))
        for i in np.flatnonzero(there)
    ]


def _class(amount: float, sd: float) -> str:
    if abs(amount) < SLIGHT or abs(amount) < UNLIKELY * sd:
        return "A"
    return "B" if abs(amount) <= LARGE else "C"


def islands(found: Calibration, shard: int = 0) -> tuple[Labels, int]:
    """Which clients of a shard are linked through shared raters: a number each, and how many.

    (clients,), -1 for one without ratings. Between two islands only the items and the prior say who
    is higher.
    """
    layout = found.shards[shard].sittings.layout
    clients, raters = layout.pair_client, layout.pair_rater
    of_client = np.arange(int(clients.max()) + 1)
    while True:
        of_rater = np.full(len(layout.rater), len(of_client))
        np.minimum.at(of_rater, raters, of_client[clients])
        new = of_client.copy()
        np.minimum.at(new, clients, of_rater[raters])
        new = new[new]
        if (new == of_client).all():
            break
        of_client = new
    here = np.unique(clients)
    names, numbers = np.unique(of_client[here], return_inverse=True)
    number = np.full(len(of_client), -1)
    number[here] = numbers
    return number, len(names)
