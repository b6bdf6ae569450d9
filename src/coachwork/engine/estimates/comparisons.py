"""Whether two views differ, and whether one has changed, beyond what chance would do."""

import math
from dataclasses import dataclass

from coachwork.engine.estimates.rules import CHANGE, DIFFERENCE, NEARLY, Rule
from coachwork.engine.estimates.values import SourceView


@dataclass(frozen=True, slots=True)
class Difference:
    """Whether two sources differ credibly: `sign` is 1 where the second is higher, 0 unclear."""

    sign: int
    rule: Rule = DIFFERENCE


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between two looks of one source; `sign` is 0 for no clear change."""

    sign: int
    amount: float
    needed: float | None  # None where the source has no interval, so that no change is claimed
    rule: Rule = CHANGE


def difference(first: SourceView, second: SourceView) -> Difference:
    """Credible only where the intervals do not meet; the own view where it lies outside."""
    if first.low is None and second.low is None:
        return Difference(0)
    if _bottom(second) > _top(first) + NEARLY:
        return Difference(1)
    return Difference(-1 if _bottom(first) > _top(second) + NEARLY else 0)


def change(before: SourceView, after: SourceView) -> Change:
    """Between two looks of one source: up, down, or no clear change.

    The interval of a difference is the root of the sum of the two squared margins: 1.0 for three
    peers at either time.
    """
    amount = after.exact - before.exact
    if before.margin is None or after.margin is None:
        return Change(0, amount, None)
    needed = math.hypot(before.margin, after.margin)
    clear = abs(amount) + NEARLY >= needed
    return Change((1 if amount > 0 else -1) if clear else 0, amount, needed)


def _bottom(view: SourceView) -> float:
    return view.exact if view.low is None else view.low


def _top(view: SourceView) -> float:
    return view.exact if view.high is None else view.high
