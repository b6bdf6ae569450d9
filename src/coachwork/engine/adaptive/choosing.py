"""Which item next: the one that is expected to tell most, within content and exposure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from coachwork.engine.adaptive.bank import Bank, Belief
from coachwork.engine.adaptive.errors import AdaptiveError
from coachwork.engine.ratings.partial_credit import Flags, Floats, Whole

NEAR = 1e-9  # information that differs by less is the same: the earlier item goes first


@dataclass(frozen=True, slots=True)
class Balance:
    """How much of the questionnaire each group of content should be: weights, which are shared out.

    The next item is of the group that lags furthest behind its share (constrained adaptive
    testing; Kingsbury and Zara 1989).
    """

    weights: Mapping[Hashable, float]

    def __post_init__(self) -> None:
        if not self.weights or min(self.weights.values()) < 0 or sum(self.weights.values()) <= 0:
            raise AdaptiveError("The weights of content are not negative, and one is above zero.")

    def lagging(self, bank: Bank, asked: Sequence[int], open_: Flags) -> Flags:
        """Those open items that belong to the group furthest behind, (items,)."""
        left = {bank.groups[i] for i in np.flatnonzero(open_)} & self.weights.keys()
        left = {group for group in left if self.weights[group] > 0}
        if not left:
            return open_
        total = sum(self.weights.values())
        given = [bank.groups[i] for i in asked]
        behind = {
            group: (len(given) + 1) * self.weights[group] / total - given.count(group)
            for group in left
        }
        most = max(behind.values())
        # Of groups that lag alike, any: which of their items tells most decides.
        now = {group for group in left if behind[group] >= most - NEAR}
        return np.asarray(open_ & np.array([group in now for group in bank.groups]))


@dataclass(frozen=True, slots=True)
class Exposure:
    """How an item is kept from being asked of everybody.

    `among`: drawn by chance from so many best items (randomesque; Kingsbury and Zara 1989).
    `cap`: no item is asked of more than this share of people (restricted maximum information;
    Revuelta and Ponsoda 1998), given how many of `people` before were asked each item, `counts`
    (items,). Where no item is below the cap, the least used ones are open.
    """

    among: int = 1
    cap: float = 1.0
    people: int = 0
    counts: Whole = field(default_factory=lambda: np.zeros(0, np.int64))

    def __post_init__(self) -> None:
        if self.among < 1 or not 0 < self.cap <= 1 or self.people < 0:
            raise AdaptiveError("One item or more to draw from, and a cap between 0 and 1.")

    def allowed(self, open_: Flags) -> Flags:
        """Those open items that may still be asked, (items,)."""
        if self.cap >= 1 or not self.counts.size:
            return open_
        if self.counts.shape != open_.shape:
            raise AdaptiveError(f"{open_.size} items have {open_.size} counts of use.")
        below = open_ & (self.counts + 1 <= max(1.0, self.cap * (self.people + 1)))
        if below.any() or not open_.any():
            return np.asarray(below)
        return np.asarray(open_ & (self.counts == self.counts[open_].min()))


def expected_information(bank: Bank, belief: Belief) -> Floats:
    """What each item's answer is expected to tell, weighted by the belief: (items,), 1 / logit^2.

    Posterior-weighted information (van der Linden 1998): of the partial credit model it is the
    variance of the answer, averaged over where the person may stand.
    """
    return np.asarray(bank.information @ belief.weights)


def chosen(  # noqa: PLR0913
    bank: Bank,
    belief: Belief,
    asked: Sequence[int],
    *,
    eligible: Flags | None = None,
    balance: Balance | None = None,
    exposure: Exposure | None = None,
    chance: np.random.Generator | None = None,
) -> tuple[int, float] | None:
    """The next item and what it is expected to tell; None where no item is left.

    `eligible` (items,) leaves items out. Chance is needed where exposure draws from several.
    """
    open_ = np.ones(len(bank), bool) if eligible is None else np.array(eligible, bool)
    if open_.shape != (len(bank),):
        raise AdaptiveError(f"{len(bank)} items are eligible or not, not {open_.shape}.")
    open_[[bank.checked(item) for item in asked]] = False
    if exposure is not None:
        open_ = exposure.allowed(open_)
    if balance is not None:
        open_ = balance.lagging(bank, asked, open_)
    if not open_.any():
        return None
    tells = np.where(open_, expected_information(bank, belief), -1.0)
    best = _drawn(tells, open_, exposure, chance)
    return best, float(tells[best])


def _drawn(
    tells: Floats, open_: Flags, exposure: Exposure | None, chance: np.random.Generator | None
) -> int:
    if exposure is None or exposure.among == 1:
        return int(np.argmax(tells >= tells.max() - NEAR))
    if chance is None:
        raise AdaptiveError("Drawing among several items needs chance.")
    few = min(exposure.among, int(open_.sum()))
    best = np.argsort(-tells, kind="stable")[:few]
    return int(chance.choice(best))
