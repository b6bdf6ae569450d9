"""The range that may be proposed where there is enough for the fuller model.

The model of `engine.ratings` reads what counts now: every rater with their kind's lenience, spread
and halo, a published group as the mean of so many raters, evidence older as less sure. The range is
the 80% interval of its level. Nothing of it is shown as one number, and it awards no level.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from coachwork.engine.estimates.measures import Measure
from coachwork.engine.estimates.rules import EXERCISE, SELF
from coachwork.engine.estimates.values import Observation, SourceView
from coachwork.engine.ratings.levels import Level
from coachwork.engine.ratings.scale import cold
from coachwork.engine.ratings.yardstick import Sitting, Yardstick

OTHER_RATERS: Final = 3  # so many others, of one kind; or others of two kinds
OTHER_KINDS: Final = 2
SPARE: Final = 8  # a yardstick for so many behaviours more serves the next competency too


def credible_level(
    views: Sequence[SourceView], *, at: date, measure: Measure | None = None
) -> Level | None:
    """The level with its intervals, or None where the sources are too few or know too little.

    `views` are what the sources say now; at least two of them, one not the person's own word.
    `measure` is the calibrated yardstick of the competency; without one every behaviour is as hard
    as the next. See `serves`.
    """
    spoken = [view for view in views if not view.own_word]
    raters = sum(view.n for view in spoken)
    if len(views) < 2 or not (len(spoken) >= OTHER_KINDS or raters >= OTHER_RATERS):
        return None
    if all(view.source == EXERCISE for view in spoken):
        return None  # staged occasions alone say too little about daily work
    seen = [one for view in views for one in view.used]
    behaviours = sorted({one.behaviour for one in seen})
    place: dict[str, int | str]
    if measure is not None and serves(measure, views):
        yardstick = measure.yardstick
        place = {behaviour: behaviour for behaviour in behaviours}
    else:
        yardstick = shared_yardstick(len(behaviours))
        place = {behaviour: k for k, behaviour in enumerate(behaviours)}
    skill = yardstick.skill(sittings(seen, place), at=[at.toordinal()])
    found = yardstick.level(skill.on(0))
    return found if found.enough else None


def serves(measure: Measure, views: Sequence[SourceView]) -> bool:
    """Whether a calibration knows everything that was said; a newer behaviour it may not."""
    return measure.knows([one.behaviour for view in views for one in view.used])


def shared_yardstick(behaviours: int) -> Yardstick:
    """One for so many behaviours, and for a few more: tables are worked out once."""
    return _yardstick(-(-behaviours // SPARE) * SPARE)


@lru_cache(maxsize=8)
def _yardstick(behaviours: int) -> Yardstick:
    """Before any calibration every behaviour is as hard as the next."""
    return Yardstick(cold(range(behaviours)))


def sittings(seen: Sequence[Observation], place: Mapping[str, int | str]) -> list[Sitting]:
    """What one rater, or one published group, said on one day; sorted, so that order is nothing."""
    said: dict[tuple[str, str, int, int], dict[int | str, float]] = {}
    for one in seen:
        if one.level is None:
            continue
        kind = SELF if one.own_word else one.source
        rater = one.rater or kind
        # A group is met anew each time: who was in it then may not be in it now.
        who = kind if kind == SELF else rater if one.n_raters == 1 else f"{rater} {one.on}"
        key = kind, who, one.on.toordinal(), one.n_raters
        said.setdefault(key, {})[place[one.behaviour]] = one.level - 1
    return [
        Sitting(kind, who, day, _in_order(answers), raters=raters, averaged=True)
        for (kind, who, day, raters), answers in sorted(said.items())
    ]


def _in_order(answers: Mapping[int | str, float]) -> dict[int | str, float]:
    return dict(sorted(answers.items(), key=str))
