"""Whether a level has changed between two dates: claimed only where it is all but certain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from coachwork.engine.estimates.credible import shared_yardstick, sittings
from coachwork.engine.estimates.rules import CREDIBLE_CHANGE, Rule
from coachwork.engine.estimates.values import Observation
from coachwork.engine.ratings import levels

# Of people who work on something: half a logit (about half a level) of spread in half a year. The
# claim is held to 95%, and measured to be false in under 5% of those who stayed as they were.
DRIFT: Final = 0.25 / 6


@dataclass(frozen=True, slots=True)
class LevelChange:
    """1 for more, -1 for less, 0 for no clear change; `up` is the probability that it is more."""

    sign: int
    up: float
    rule: Rule = CREDIBLE_CHANGE


def level_change(before: Sequence[Observation], after: Sequence[Observation]) -> LevelChange | None:
    """What others said at two dates, compared by the model; None where one date has nothing.

    Nobody is taken to be the same rater at both dates: where they are, less is claimed than might
    be. The bar is 95%, and at least half of what is worth while (a quarter of a level).
    """
    said = [
        replace(one, rater=f"{one.rater} at {date}")
        for date, some in enumerate((before, after))
        for one in some
        if one.level is not None
    ]
    if not before or not after:
        return None
    place = {behaviour: k for k, behaviour in enumerate(sorted({one.behaviour for one in said}))}
    days = [min(one.on for one in some).toordinal() for some in (before, after)]
    yardstick = shared_yardstick(len(place))
    course = replace(yardstick.course(), drift=DRIFT)
    skill = yardstick.skill(sittings(said, place), at=days, course=course)
    found = levels.verdict(skill.change(0, 1))
    return LevelChange(found.sign, found.up)
