"""Several skills in one sitting: how somebody sees one narrows how they are likely to see the rest.

A person's views share what they add everywhere (lenience, the mood of the day), so that the answers
about one skill tell a little about the others; with several skills this saves more questions than
the choice of items does (Segall 1996). What is shared is Gaussian; each skill's answers enter by
their exact likelihood on the grid, and the two meet by expectation propagation.
It only steers what is asked: no answer is ever made up from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from coachwork.engine.adaptive.bank import Bank, Belief
from coachwork.engine.adaptive.errors import AdaptiveError
from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.settings import Kind

SWEEPS: Final = 30
CLOSE: Final = 1e-6
HALO_SHARED: Final = 0.5  # of the halo of a sitting, across the skills that were rated in it
Answers = Sequence[tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class OwnView:
    """How views of a person vary, in logits: around a `mean`, by what all their skills share, and
    by what each skill has of its own (standard deviations)."""

    mean: float
    shared: float
    own: float

    def __post_init__(self) -> None:
        if self.shared < 0 or self.own <= 0:
            raise AdaptiveError("What a skill has of its own varies, and no spread is negative.")

    @property
    def sd(self) -> float:
        """The spread of one view before any answer."""
        return float(np.hypot(self.shared, self.own))


def own_view(kind: Kind, *, skill_sd: float = 1.0, skill_mean: float = 0.0) -> OwnView:
    """How views vary where raters are of this kind: severity is shared, and half of the halo."""
    shared = kind.slope**2 * (kind.severity**2 + kind.dyad**2) + HALO_SHARED * kind.halo**2
    own = kind.slope**2 * skill_sd**2 + (1 - HALO_SHARED) * kind.halo**2
    return OwnView(kind.slope * (skill_mean - kind.mean), float(np.sqrt(shared)), float(own**0.5))


@dataclass(frozen=True, slots=True)
class Views:
    """What is believed of each skill's view, in the order given, with all answers counted."""

    each: tuple[Belief, ...]

    @property
    def sds(self) -> tuple[float, ...]:
        """How closely each is known, in logits."""
        return tuple(one.sd for one in self.each)


def views(banks: Sequence[Bank], answers: Sequence[Answers], prior: OwnView) -> Views:
    """The belief of each skill's view from the answers to its own bank and to the others'.

    `answers` are (item, answer from 0 or None) a bank. AdaptiveError for an item answered twice.
    """
    if len(banks) != len(answers) or not banks:
        raise AdaptiveError("Each skill has a bank and its answers.")
    grids = [_log_likelihood(bank, given) for bank, given in zip(banks, answers, strict=True)]
    n = len(banks)
    covariance = np.full((n, n), prior.shared**2) + np.eye(n) * prior.own**2
    precision, shift = np.zeros(n), np.zeros(n)
    for _ in range(SWEEPS):
        before = precision.copy(), shift.copy()
        for k in range(n):
            if not grids[k].answered:
                continue
            mean, variance = _cavity(covariance, precision, shift, k)
            tilted = _belief(banks[k], grids[k], mean + prior.mean, variance, prior.sd)
            narrow = max(tilted.sd**2, 1e-6)
            precision[k] = max(1.0 / narrow - 1.0 / variance, 1e-9)
            shift[k] = (tilted.mean - prior.mean) / narrow - mean / variance
        moved = max(np.abs(precision - before[0]).max(), np.abs(shift - before[1]).max())
        if moved < CLOSE:
            break
    each = []
    for k in range(n):
        mean, variance = _cavity(covariance, precision, shift, k)
        each.append(_belief(banks[k], grids[k], mean + prior.mean, variance, prior.sd))
    return Views(tuple(each))


@dataclass(frozen=True, slots=True)
class _Told:
    log_likelihood: Floats  # (places,)
    answered: int


def _log_likelihood(bank: Bank, given: Answers) -> _Told:
    items = [bank.checked(item) for item, _answer in given]
    if len(set(items)) < len(items):
        raise AdaptiveError("An item was answered twice.")
    said = [np.log(bank.likelihood(item, x)) for item, x in given if x is not None]
    return _Told(np.sum(said, axis=0) if said else np.zeros_like(bank.at), len(said))


def _cavity(covariance: Floats, precision: Floats, shift: Floats, k: int) -> tuple[float, float]:
    """Mean (around the prior's) and variance of a view given what the other skills say."""
    others = np.flatnonzero((precision > 0) & (np.arange(len(precision)) != k))
    if not others.size:
        return 0.0, float(covariance[k, k])
    noise = np.diag(1.0 / precision[others])
    cross = covariance[k, others]
    gain = np.linalg.solve(covariance[np.ix_(others, others)] + noise, cross)
    said = shift[others] / precision[others]
    return float(gain @ said), float(covariance[k, k] - gain @ cross)


def _belief(bank: Bank, told: _Told, mean: float, variance: float, prior_sd: float) -> Belief:
    log = told.log_likelihood - 0.5 * (bank.at - mean) ** 2 / variance
    weights = np.exp(log - log.max())
    return Belief(bank.at, weights / weights.sum(), prior_sd, told.answered)
