"""Questionnaires that ask what tells most, and stop when more would hardly tell anything.

    from coachwork.engine.adaptive import Bank, Belief, Question, Rule, next_step

    bank = Bank(thresholds)                      # (items, steps) in logits; made once
    belief, asked = Belief.start(bank), []
    while isinstance(step := next_step(bank, belief, asked, Rule()), Question):
        answer = ...                             # counted from 0; None for "not seen"
        belief, asked = belief.after(bank, step.item, answer), [*asked, step.item]
    step.reason, belief.mean, belief.sd

The answers follow the partial credit model of `engine.ratings`. Everything is in logits; chance is
an argument. Errors are AdaptiveError. NumPy is all it needs.

`bank` items and what is believed  `choosing` next item, content balance, exposure
`stopping` the rule, the reasons    `profile` several skills in one sitting
`asking` the next step              `simulated` people who do not exist answer a bank
`self_view` the rule of the adaptive look at oneself
"""

from coachwork.engine.adaptive.asking import Question, next_step
from coachwork.engine.adaptive.bank import Bank, Belief
from coachwork.engine.adaptive.choosing import Balance, Exposure
from coachwork.engine.adaptive.errors import AdaptiveError
from coachwork.engine.adaptive.profile import OwnView, Views, views
from coachwork.engine.adaptive.stopping import Rater, Reason, Rule, Stop

__all__ = [
    "AdaptiveError",
    "Balance",
    "Bank",
    "Belief",
    "Exposure",
    "OwnView",
    "Question",
    "Rater",
    "Reason",
    "Rule",
    "Stop",
    "Views",
    "next_step",
    "views",
]
