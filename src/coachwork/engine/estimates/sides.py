"""Where people see themselves otherwise than others do: named only where it is credible.

A single difference of two means is mostly chance, and much of it is how strictly somebody judges
themselves in everything. So what others say and what the person says are estimated apart, what the
person adds everywhere is told apart from the single competency, and only what is left is named,
from a probability of 80%. All of it is made from values that are shown anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from coachwork.engine.estimates.comparisons import difference
from coachwork.engine.estimates.credible import SPARE, sittings
from coachwork.engine.estimates.rules import OWN_VIEW, SELF, Rule
from coachwork.engine.estimates.values import LevelEstimate
from coachwork.engine.ratings.own_view import NAMED, WIDE, View, own_view
from coachwork.engine.ratings.scale import cold
from coachwork.engine.ratings.settings import KINDS
from coachwork.engine.ratings.yardstick import Sitting, Yardstick

STRONG: Final = 4.0  # without a target: what others see as strong is nobody's blind spot
# How far own views lie from others' in everything, and in one competency beside that; in logits.
# The second is what lasts of the published spread (1.5): what a day's mood adds is no blind spot.
EVERYWHERE_SD: Final = KINDS[SELF].severity
SINGLE_SD: Final = 1.2


@dataclass(frozen=True, slots=True)
class Sides:
    """1 where the person sees credibly more than others do, -1 where less, 0 where it is not clear.

    `everywhere` is the same for what they add to all competencies; `signs` is of single ones.
    """

    signs: dict[str, int] = field(default_factory=dict)
    everywhere: int = 0
    rule: Rule = OWN_VIEW


def sides(seen: Sequence[tuple[str, float | None, LevelEstimate]]) -> Sides:
    """Compare competencies, given as (name, target or None, estimate), all of one person."""
    both = [
        (name, *_view(estimate, target)) for name, target, estimate in seen if _is_both(estimate)
    ]
    if not both:
        return Sides()
    found = own_view(
        [view for _name, view, _pulled in both],
        everywhere_sd=EVERYWHERE_SD,
        single_sd=SINGLE_SD,
        lenience=-KINDS[SELF].mean,
    )
    signs = {
        name: 0 if pulled else gap.sign
        for (name, _view, pulled), gap in zip(both, found.gaps, strict=True)
    }
    over, under = found.everywhere.above(WIDE), 1 - found.everywhere.above(-WIDE)
    return Sides(signs, 1 if over >= NAMED else -1 if under >= NAMED else 0)


def _is_both(estimate: LevelEstimate) -> bool:
    return estimate.own is not None and bool(estimate.others)


def _view(estimate: LevelEstimate, target: float | None) -> tuple[View, bool]:
    """Both sides of one competency; and whether others lie clearly on either side of it."""
    own, others = estimate.own, estimate.others
    assert own is not None
    said = [one for view in others for one in view.used]
    behaviours = sorted({one.behaviour for one in (*said, *own.used)})
    place = {behaviour: k for k, behaviour in enumerate(behaviours)}
    yardstick = _yardstick(-(-len(behaviours) // SPARE) * SPARE)
    day = own.newest.toordinal()
    theirs = yardstick.skill(sittings(said, place), at=[day]).on(0)
    answers = {place[one.behaviour]: one.level - 1 for one in own.used if one.level is not None}
    mine = yardstick.view(Sitting(SELF, SELF, day, dict(sorted(answers.items())), averaged=True))
    wanted = STRONG if target is None else target
    below = yardstick.level(theirs).level < wanted
    pulled = {1, -1} <= {difference(own, view).sign for view in others}
    return View(theirs, mine, below_target=below), pulled


@lru_cache(maxsize=8)
def _yardstick(behaviours: int) -> Yardstick:
    """Of the own answers nothing is noise but the answering: how one sees it is what is asked."""
    whole = {**KINDS, SELF: replace(KINDS[SELF], halo=0.0)}
    return Yardstick(replace(cold(range(behaviours)), kinds=whole))
