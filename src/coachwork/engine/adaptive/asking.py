"""The next step of a questionnaire: a question, or a stop with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coachwork.engine.adaptive.bank import Bank, Belief, predicted_sd
from coachwork.engine.adaptive.choosing import Balance, Exposure, chosen
from coachwork.engine.adaptive.stopping import Reason, Rule, Stop
from coachwork.engine.ratings.partial_credit import Flags


@dataclass(frozen=True, slots=True)
class Question:
    """The item to ask next, what it is expected to tell (1 / logit^2), and where that leads."""

    item: int
    tells: float
    predicted_sd: float


def next_step(  # noqa: PLR0913
    bank: Bank,
    belief: Belief,
    asked: Sequence[int],
    rule: Rule,
    *,
    eligible: Flags | None = None,
    balance: Balance | None = None,
    exposure: Exposure | None = None,
    chance: np.random.Generator | None = None,
) -> Question | Stop:
    """What to do after these items were asked (also those answered by “not seen”).

    AdaptiveError for items that are not in the bank.
    """
    sd = belief.sd
    found = chosen(
        bank, belief, asked, eligible=eligible, balance=balance, exposure=exposure, chance=chance
    )
    if found is None:
        return Stop(Reason.NONE_LEFT, sd, len(asked))
    item, tells = found
    then = predicted_sd(bank, belief, item)
    # “Not seen” is a question that was asked and told nothing: it counts against the most, and
    # not towards the least.
    why = rule.reason(asked=belief.answered, sd=sd, predicted=then, tells=tells, told=belief.told)
    if why is None and len(asked) >= rule.most:
        why = Reason.MOST
    if why is not None:
        return Stop(why, sd, len(asked), then)
    return Question(item, tells, then)
