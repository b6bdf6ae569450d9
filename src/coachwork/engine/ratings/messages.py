"""The Gaussian half of the model: skills over time, severities of raters, bias between two people.

A Gaussian is told by its precision and its shift (precision times mean), because messages then add
up. Shapes: (sittings,) for what sittings say, (chains, most) for skills, (pairs,) and (raters,).
"""

from dataclasses import dataclass

import numpy as np

from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.sittings import Layout, Sittings


@dataclass(slots=True)
class Messages:
    """What every sitting says of the skill and of the rater's severity: precision and shift."""

    skill: Floats
    skill_shift: Floats
    bias: Floats
    bias_shift: Floats

    def told(self, one: "Messages", share: float) -> None:
        """Move towards newer messages by this share."""
        for name in ("skill", "skill_shift", "bias", "bias_shift"):
            mine = getattr(self, name)
            mine += share * (getattr(one, name) - mine)


def silent(sittings: int) -> Messages:
    """Nobody has said anything yet."""
    return Messages(*(np.zeros(sittings) for _ in range(4)))


@dataclass(frozen=True, slots=True)
class Skills:
    """Skills after all messages: mean and variance (chains, most); second moments for learning.

    `steps` (chains, most - 1) is the mean square of what changed between two occasions.
    """

    mean: Floats
    variance: Floats
    steps: Floats


def skills(
    layout: Layout, messages: Messages, place: Whole, start: tuple[float, float], drift: float
) -> Skills:
    """Smoothed skills; `start` is the mean and variance at the first occasion.

    Scalar forward and backward passes over the occasions, all chains at once. `place` is that of
    the sittings; `drift` is in logit^2 a month.
    """
    shape = layout.days.shape
    size = shape[0] * shape[1]
    precision = np.bincount(place, messages.skill, size).reshape(shape)
    shift = np.bincount(place, messages.skill_shift, size).reshape(shape)
    wide = drift * layout.months
    ahead, ahead_shift = np.empty(shape), np.empty(shape)
    ahead[:, 0], ahead_shift[:, 0] = 1.0 / start[1], start[0] / start[1]
    back, back_shift = np.zeros(shape), np.zeros(shape)
    for t in range(1, shape[1]):
        a, b = ahead[:, t - 1] + precision[:, t - 1], ahead_shift[:, t - 1] + shift[:, t - 1]
        ahead[:, t], ahead_shift[:, t] = a / (1 + wide[:, t - 1] * a), b / (1 + wide[:, t - 1] * a)
    for t in range(shape[1] - 2, -1, -1):
        a, b = back[:, t + 1] + precision[:, t + 1], back_shift[:, t + 1] + shift[:, t + 1]
        back[:, t], back_shift[:, t] = a / (1 + wide[:, t] * a), b / (1 + wide[:, t] * a)
    whole = ahead + precision + back
    mean = (ahead_shift + shift + back_shift) / whole
    before = (ahead + precision)[:, :-1], (ahead_shift + shift)[:, :-1]
    after = (precision + back)[:, 1:], (shift + back_shift)[:, 1:]
    return Skills(mean, 1.0 / whole, _difference(before, after, wide))


def _difference(
    before: tuple[Floats, Floats], after: tuple[Floats, Floats], spread: Floats
) -> Floats:
    """Mean square of after - before, of prior variance `spread`, from what is said of each."""
    a, b = before[0], after[0]
    both = a * b
    gain = np.divide(
        spread * both, a + b + spread * both, out=np.zeros_like(spread), where=(a + b) > 0
    )
    # where nothing is said of one of the two, the prior stands and the gain is 0
    m = np.divide(after[1], b, out=np.zeros_like(b), where=b > 0)
    m -= np.divide(before[1], a, out=np.zeros_like(a), where=a > 0)
    return np.asarray((gain * m) ** 2 + spread * (1 - gain))


@dataclass(frozen=True, slots=True)
class Severities:
    """Raters after all messages, (raters,), and pairs of rater and client, (pairs,).

    `between` is the mean square of a pair's own bias around its rater's severity.
    """

    mean: Floats
    variance: Floats
    pair: Floats
    pair_shift: Floats
    between: Floats


def severities(
    sittings: Sittings, messages: Messages, prior: tuple[Floats, Floats], dyad: Floats
) -> Severities:
    """Severities given `prior` mean and variance (raters,) and dyad variance (raters,)."""
    layout = sittings.layout
    of, raters = layout.pair_rater, len(layout.kind)
    said, said_shift = (
        np.asarray(np.bincount(sittings.pair, one, len(of)), dtype=np.float64)
        for one in (messages.bias, messages.bias_shift)
    )
    spread = dyad[of]
    up, up_shift = said / (1 + spread * said), said_shift / (1 + spread * said)
    whole = 1.0 / prior[1] + np.bincount(of, up, raters)
    shift = prior[0] / prior[1] + np.bincount(of, up_shift, raters)
    other, other_shift = whole[of] - up, shift[of] - up_shift
    down = other / (1 + spread * other)
    return Severities(
        shift / whole,
        1.0 / whole,
        down + said,
        other_shift / (1 + spread * other) + said_shift,
        _difference((other, other_shift), (said, said_shift), spread),
    )


@dataclass(frozen=True, slots=True)
class Cavity:
    """What all else says of a sitting's skill and bias, without its own message: (sittings,)."""

    skill: Floats
    skill_variance: Floats
    bias: Floats
    bias_variance: Floats


def cavity(
    sittings: Sittings, messages: Messages, known: Skills, raters: Severities | None
) -> Cavity:
    """Everything but the sitting itself; without raters the bias is 0."""
    variance, mean = known.variance.ravel()[sittings.place], known.mean.ravel()[sittings.place]
    rest = np.maximum(1.0 / variance - messages.skill, 1e-9)
    skill = (mean / variance - messages.skill_shift) / rest
    if raters is None:
        zero = np.zeros_like(skill)
        return Cavity(skill, 1.0 / rest, zero, zero)
    own = np.maximum(raters.pair[sittings.pair] - messages.bias, 1e-12)
    bias = (raters.pair_shift[sittings.pair] - messages.bias_shift) / own
    return Cavity(skill, 1.0 / rest, bias, 1.0 / own)


def sent(
    rest: Cavity, site: tuple[Floats, Floats], slope: Floats, halo: Floats, *, raters: bool
) -> Messages:
    """The messages of all sittings, from what their answers say of the view (precision, mean)."""
    precision, mean = site
    spread = (1.0 / precision + halo) / (slope * slope)
    to_skill = 1.0 / (spread + rest.bias_variance)
    said = mean / slope
    if not raters:
        zero = np.zeros_like(said)
        return Messages(to_skill, to_skill * said, zero, zero)
    to_bias = 1.0 / (spread + rest.skill_variance)
    return Messages(to_skill, to_skill * (said + rest.bias), to_bias, to_bias * (rest.skill - said))
