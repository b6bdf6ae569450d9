"""People who do not exist answer a bank: what a rule does, before anybody meets it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coachwork.engine.adaptive.asking import Question, next_step
from coachwork.engine.adaptive.bank import Bank, Belief
from coachwork.engine.adaptive.choosing import Balance, Exposure
from coachwork.engine.adaptive.stopping import Reason, Rule
from coachwork.engine.ratings.partial_credit import Floats, Whole


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it, (people,) each: questions, mean and standard error in logits, and reasons.

    `counts` (items,) is how often each item was asked.
    """

    asked: Whole
    mean: Floats
    sd: Floats
    reasons: Mapping[Reason, int]
    counts: Whole


def run(  # noqa: PLR0913
    bank: Bank,
    skills: ArrayLike,
    rule: Rule,
    chance: np.random.Generator,
    *,
    balance: Balance | None = None,
    among: int = 1,
    cap: float = 1.0,
    prior_sd: float = 1.0,
) -> Run:
    """Everybody answers by the model, one after the other; use counts towards the cap."""
    true = np.asarray(skills, dtype=np.float64)
    counts = np.zeros(len(bank), np.int64)
    asked_of, mean, sd = np.zeros(true.size, np.int64), np.zeros(true.size), np.zeros(true.size)
    reasons: Counter[Reason] = Counter()
    start = Belief.start(bank, sd=prior_sd)
    for person, skill in enumerate(true):
        exposure = Exposure(among, cap, person, counts)
        belief, asked = start, list[int]()
        place = int(np.abs(bank.at - skill).argmin())
        while True:
            step = next_step(
                bank, belief, asked, rule, balance=balance, exposure=exposure, chance=chance
            )
            if not isinstance(step, Question):
                break
            p = np.cumsum(bank.chances[step.item, :, place])
            answer = int(np.searchsorted(p, chance.random() * p[-1]))
            belief, asked = belief.after(bank, step.item, answer), [*asked, step.item]
        counts[asked] += 1
        asked_of[person], mean[person], sd[person] = len(asked), belief.mean, belief.sd
        reasons[step.reason] += 1
    return Run(asked_of, mean, sd, dict(reasons), counts)
