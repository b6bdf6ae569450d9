"""A bank of items made ready for use, and what is believed of one person while they answer.

The belief is the posterior on a fixed grid: prior times likelihood, worked out by direct summation
(expected a posteriori; Bock and Mislevy 1982). It is exact up to the grid, whatever the shape.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from coachwork.engine.adaptive.errors import AdaptiveError
from coachwork.engine.ratings import partial_credit
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import Floats, Whole


@dataclass(frozen=True, slots=True)
class Bank:
    """Items by their thresholds, (items, steps) in logits, tabulated once.

    `groups` says which content an item belongs to (one an item; all the same by default).
    `guessing` is the chance of a right answer by luck (one an item; 0 by default), for items that
    are right or wrong (three-parameter model with slope 1; Birnbaum 1968). `reach` is of the grid
    on either side of 0, `spacing` between its places, in logits.
    """

    thresholds: Floats
    groups: tuple[Hashable, ...] = ()
    guessing: Floats | tuple[float, ...] = ()
    reach: float = 8.0
    spacing: float = 0.1
    at: Floats = field(init=False)  # (places,)
    chances: Floats = field(init=False)  # (items, answers, places)
    information: Floats = field(init=False)  # (items, places), 1 / logit^2
    steps: Whole = field(init=False)  # (items,)

    def __post_init__(self) -> None:
        if not (self.reach >= 4 and 0 < self.spacing <= 0.5):
            raise AdaptiveError("A grid reaches 4 logits, in steps of at most half a logit.")
        try:
            table = partial_credit.checked(self.thresholds)
        except RatingsError as wrong:
            raise AdaptiveError(str(wrong)) from wrong
        groups = tuple(self.groups) or ("",) * len(table)
        if len(groups) != len(table):
            raise AdaptiveError(f"{len(table)} items have {len(table)} groups, not {len(groups)}.")
        half = round(self.reach / self.spacing)
        at = np.arange(-half, half + 1, dtype=np.float64) * self.spacing
        steps = partial_credit.steps(table)
        chances = partial_credit.probabilities(table, at)
        information = partial_credit.information(table, at)
        luck = self._luck(steps)
        lucky = luck > 0
        if lucky.any():
            knows = chances[lucky, :, 1]
            right = luck[lucky, None] + (1 - luck[lucky, None]) * knows
            chances[lucky, :, 0], chances[lucky, :, 1] = 1 - right, right
            slope = (1 - luck[lucky, None]) * knows * (1 - knows)
            information[lucky] = slope**2 / (right * (1 - right))
        for name, value in {
            "thresholds": table,
            "groups": groups,
            "at": at,
            "chances": np.ascontiguousarray(chances.transpose(0, 2, 1)),
            "guessing": luck,
            "information": information,
            "steps": steps,
        }.items():
            object.__setattr__(self, name, value)

    def _luck(self, steps: Whole) -> Floats:
        given: Floats = np.array(self.guessing, dtype=np.float64)
        luck: Floats = given if given.size else np.zeros(len(steps))
        if luck.shape != steps.shape or not ((luck >= 0) & (luck < 1)).all():
            raise AdaptiveError("Guessing is one chance below 1 for each item.")
        if (luck[steps > 1] > 0).any():
            raise AdaptiveError("Only items that are right or wrong are answered by luck.")
        return luck

    def __len__(self) -> int:
        return len(self.thresholds)

    def checked(self, item: int) -> int:
        """This item; AdaptiveError for one that is not in the bank."""
        if not 0 <= item < len(self):
            raise AdaptiveError(f"The bank has items 0 to {len(self) - 1}, not {item!r}.")
        return int(item)

    def likelihood(self, item: int, answer: int) -> Floats:
        """The chance of this answer at each place of the grid, (places,)."""
        most = int(self.steps[self.checked(item)])
        if isinstance(answer, bool) or answer != int(answer) or not 0 <= answer <= most:
            raise AdaptiveError(f"Item {item} has answers 0 to {most}, not {answer!r}.")
        return np.asarray(self.chances[item, int(answer)])


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of one person: weights on the bank's grid, which add up to one.

    `prior_sd` is the spread before any answer; `answered` counts answers, without “not seen”.
    """

    at: Floats
    weights: Floats
    prior_sd: float
    answered: int = 0

    @classmethod
    def start(cls, bank: Bank, *, mean: float = 0.0, sd: float = 1.0) -> Self:
        """Before any answer: a normal distribution. AdaptiveError where the grid cannot hold it."""
        inside = bank.at[0] + 2 * sd <= mean <= bank.at[-1] - 2 * sd
        if not (sd >= bank.spacing and inside):
            raise AdaptiveError(f"A prior of {mean:g} ± {sd:g} does not lie on the grid.")
        weights = np.exp(-0.5 * ((bank.at - mean) / sd) ** 2)
        return cls(bank.at, weights / weights.sum(), float(sd))

    def after(self, bank: Bank, item: int, answer: int | None) -> Self:
        """The belief after an answer, counted from 0; None (“not seen”) changes nothing."""
        if answer is None:
            bank.checked(item)
            return self
        weights = self.weights * bank.likelihood(item, answer)
        return type(self)(self.at, weights / weights.sum(), self.prior_sd, self.answered + 1)

    def read_on(self, values: Floats, *, prior_sd: float) -> Self:
        """The same belief on another scale, such as levels: one value a place of the grid.

        Mean, spread, targets and what is worth while are then in the units of that scale; what is
        told (1 / logit^2) is not.
        """
        if values.shape != self.at.shape:
            raise AdaptiveError("A scale has one value for each place of the grid.")
        return type(self)(values, self.weights, prior_sd, self.answered)

    @property
    def mean(self) -> float:
        """The mean in logits."""
        return float(self.weights @ self.at)

    @property
    def sd(self) -> float:
        """The standard deviation in logits: the standard error of the mean."""
        return float(np.sqrt(self.weights @ (self.at - self.mean) ** 2))

    @property
    def told(self) -> float:
        """Information from the answers alone, 1 / logit^2: what was added to the prior's."""
        return max(0.0, 1.0 / self.sd**2 - 1.0 / self.prior_sd**2)


def predicted_sd(bank: Bank, belief: Belief, item: int) -> float:
    """The standard deviation to expect after this item: its mean over the answers to come.

    As in the predicted standard error reduction of Choi, Grady and Dodd (2010), by summation over
    the answers, each with the chance that the belief gives it.
    """
    joint = bank.chances[bank.checked(item)] * belief.weights  # (answers, places)
    chance = joint.sum(axis=1)
    likely = chance > 1e-12
    joint, chance = joint[likely], chance[likely]
    mean = joint @ belief.at / chance
    variance = joint @ (belief.at * belief.at) / chance - mean * mean
    spread: Floats = np.sqrt(np.maximum(variance, 0.0))
    return float(chance @ spread)


def thresholds(difficulty: ArrayLike, steps: ArrayLike = (0.0,)) -> Floats:
    """Items that share their steps: each difficulty plus each step, (items, steps)."""
    return np.asarray(
        np.asarray(difficulty, dtype=np.float64)[:, None]
        + np.asarray(steps, dtype=np.float64)[None, :]
    )
