"""The constants of the rules, their versions, and the arithmetic they share."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

SELF: Final = "self"
EXERCISE: Final = "exercise"
HALF_STEP: Final = 0.5
NEARLY: Final = 1e-9  # a mean of 3.0000000001 is 3


@dataclass(frozen=True, slots=True)
class Rule:
    """The name and version of a rule: it stands on every number that the rule gave."""

    name: str
    version: int

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


SOURCE_VIEW: Final = Rule("source-view", 1)
PROPOSED_RANGE: Final = Rule("proposed-range", 1)
CREDIBLE_RANGE: Final = Rule("credible-range", 1)
DIFFERENCE: Final = Rule("difference", 1)
CHANGE: Final = Rule("change", 1)
OWN_VIEW: Final = Rule("own-view", 1)
CREDIBLE_CHANGE: Final = Rule("credible-change", 1)

# How far one rater of each kind can be told apart from the person rated: 1 is perfectly, 0 not at
# all. Published for the first three. The others are our choice, never above what was published for
# a supervisor: a coach is trained but sees few situations (.50), a mentor sees what a peer sees
# (.37), mixed colleagues are taken as the weakest of the published kinds (.30), an exercise is one
# staged occasion (.30), a reviewed project or a work sample is one real one (.37).
RELIABILITIES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "manager": 0.50,
        "peer": 0.37,
        "report": 0.30,
        "other": 0.30,
        "coach": 0.50,
        "mentor": 0.37,
        "exercise": 0.30,
        "project": 0.37,
        "work_sample": 0.37,
    }
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The constants of the rules; changing one means raising the version of the rules."""

    reliabilities: Mapping[str, float] = field(default_factory=lambda: RELIABILITIES)
    sd: float = 0.9  # of levels between people, on the 1-5 scale
    z: float = 1.2816  # 80% of a normal distribution lies within this many standard errors
    fresh_months: int = 9
    widest: float = 1.5  # a proposed range wider than this says that views differ
    exercise_ceiling: float = 3.0
    whole_look: int = 3  # so many behaviours on one day are a look at the whole competency


RULES: Final = Rules()


def half_step(value: float) -> float:
    """The nearest half step; a value exactly between two goes up."""
    return math.floor(value * 2 + HALF_STEP + NEARLY) / 2


def reliability(single: float, n: int) -> float:
    """The reliability of the mean of n raters (Spearman-Brown)."""
    return n * single / (1 + (n - 1) * single)


def margin(source: str, n: int, *, rules: Rules = RULES) -> float:
    """Half the width of the 80% interval of a mean of n raters, in levels."""
    r = reliability(rules.reliabilities[source], n)
    return rules.z * rules.sd * math.sqrt(1 - r)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
