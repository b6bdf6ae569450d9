"""Short checks of what somebody knows: right or wrong, guessing allowed for, told in three words.

How hard a question is was judged, not measured, and ten questions of four answers tell little: the
result is a range of words, from an 80% interval, and often a wide one. It is no level: knowing how
is not doing.
"""

from collections.abc import Hashable, Sequence
from typing import Final

import numpy as np

from coachwork.engine.adaptive.asking import Question, next_step
from coachwork.engine.adaptive.bank import Bank, Belief, thresholds
from coachwork.engine.adaptive.choosing import Balance, Exposure
from coachwork.engine.adaptive.errors import AdaptiveError
from coachwork.engine.adaptive.stopping import Rule, Stop
from coachwork.engine.ratings.partial_credit import Flags

# Logits, by judgement: about 79, 50 and 21 in 100 of typical people would know it.
DIFFICULTIES: Final = {"easy": -1.3, "middling": 0.0, "hard": 1.3}
GUESSING: Final = 0.2  # of four answers; “I do not know” is offered, so that fewer guess
# A target like those of long tests would never be reached: simulated before it shipped (tests).
KNOWLEDGE_RULE: Final = Rule(target=0.7, worthwhile=0.02, least=5, most=9)
BANDS: Final = (-0.8, 0.8)  # below: still new; above: sits well; between: the main ideas
SURE: Final = (0.1, 0.9)  # of the posterior: the 80% interval
AMONG: Final = 3  # drawn from the best three, so that two checks differ


def bank(difficulties: Sequence[str], topics: Sequence[Hashable]) -> Bank:
    """The questions by their judged difficulty; AdaptiveError for a word that is none."""
    try:
        logits = [DIFFICULTIES[one] for one in difficulties]
    except KeyError as wrong:
        raise AdaptiveError(f"There is no difficulty {wrong.args[0]!r}.") from None
    return Bank(thresholds(logits), tuple(topics), guessing=(GUESSING,) * len(logits))


def belief(of: Bank, answers: Sequence[tuple[int, bool]]) -> Belief:
    """What is believed after these answers: question, and whether it was right."""
    found = Belief.start(of)
    for item, right in answers:
        found = found.after(of, item, int(right))
    return found


def next_question(
    of: Bank, answers: Sequence[tuple[int, bool]], *, eligible: Flags, chance: np.random.Generator
) -> Question | Stop:
    """The next question in balance of topics, or why there is none."""
    return next_step(
        of,
        belief(of, answers),
        [item for item, _right in answers],
        KNOWLEDGE_RULE,
        eligible=eligible,
        balance=Balance(dict.fromkeys(of.groups, 1.0)),
        exposure=Exposure(AMONG),
        chance=chance,
    )


def bands(found: Belief) -> tuple[int, int]:
    """From which band to which: 0 still new, 1 the main ideas, 2 sits well."""
    reached = np.cumsum(found.weights)
    ends = [float(found.at[int(np.searchsorted(reached, share))]) for share in SURE]
    low, high = (sum(end > edge for edge in BANDS) for end in ends)
    return low, high
