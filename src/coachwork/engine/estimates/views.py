"""From observations to what each source says, and to the range that may be proposed."""

import math
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter

from coachwork.engine.estimates.credible import credible_level, serves
from coachwork.engine.estimates.measures import Measure
from coachwork.engine.estimates.rules import (
    CREDIBLE_RANGE,
    EXERCISE,
    NEARLY,
    RULES,
    SELF,
    Rules,
    margin,
    months_before,
    reliability,
)
from coachwork.engine.estimates.values import (
    NOT_ENOUGH,
    ONLY_SELF,
    RANGE,
    VIEWS_DIFFER,
    LeftOut,
    LevelEstimate,
    Observation,
    ProposedRange,
    SourceView,
)


def level_view(
    observations: Iterable[Observation],
    *,
    at: date,
    rules: Rules = RULES,
    measure: Measure | None = None,
) -> LevelEstimate:
    """What the observations of one competency say at this date.

    Raises ValueError for a level outside 1 to 5 and for an observation of fewer than one rater.
    `measure` is the calibrated yardstick of the competency, where there is one.
    The order of the observations does not matter, except between two on one day from one rater.
    """
    usable: list[Observation] = []
    left_out: list[LeftOut] = []
    oldest = months_before(at, rules.fresh_months)
    for seen in observations:
        _check(seen)
        reason = _unusable(seen, at=at, oldest=oldest, rules=rules)
        if reason:
            left_out.append(LeftOut(seen, reason))
        else:
            usable.append(seen)
    views = []
    for source, said in _grouped(usable, "source"):
        counting = _newest_looks(said, rules)
        kept = {id(seen) for seen in counting}
        left_out += [LeftOut(seen, "later_view") for seen in said if id(seen) not in kept]
        views.append(_source_view(source, counting, rules))
    return LevelEstimate(tuple(views), _proposed(views, at, rules, measure), tuple(left_out))


def _check(seen: Observation) -> None:
    if seen.level is not None and not 1 <= seen.level <= 5:
        raise ValueError(f"A level lies between 1 and 5, not at {seen.level}.")
    if seen.n_raters < 1:
        raise ValueError("An observation has at least one rater.")


def _unusable(seen: Observation, *, at: date, oldest: date, rules: Rules) -> str:
    if seen.level is None:
        return "no_level"
    if seen.source != SELF and seen.source not in rules.reliabilities:
        return "not_a_level_source"
    if seen.on > at:
        return "in_the_future"
    return "too_old" if seen.on < oldest else ""


def _newest_looks(said: list[Observation], rules: Rules) -> list[Observation]:
    """Of each rater, the newest view: of the whole competency, then of single behaviours since.

    A later look at the whole (as one, or through several behaviours on one day) takes the place
    of everything earlier; a later look at one behaviour takes the place of that behaviour only.
    """
    counting: list[Observation] = []
    for _rater, of_rater in _grouped(said, "rater"):
        kept: dict[str, Observation] = {}
        for _day, of_day in _grouped(of_rater, "on"):
            seen_today = {seen.behaviour: seen for seen in of_day}
            if "" in seen_today or len(seen_today) >= rules.whole_look:
                kept = {}
            kept |= seen_today
        counting += kept.values()
    return counting


def _source_view(source: str, said: list[Observation], rules: Rules) -> SourceView:
    """The mean over raters: each rater's behaviours first, so that a long form is not louder."""
    total = weight = 0.0
    n = 0
    for _rater, of_rater in _grouped(said, "rater"):
        raters = max(seen.n_raters for seen in of_rater)
        answers = sum(seen.n_raters for seen in of_rater)
        mean = sum((seen.level or 0) * seen.n_raters for seen in of_rater) / answers
        total += mean * raters
        weight += raters
        n += raters
    exact = min(5.0, max(1.0, total / weight))
    newest = max(seen.on for seen in said)
    own_word = source == SELF or all(seen.own_word for seen in said)
    if source == SELF:
        return SourceView(source, exact, n, newest, tuple(said), own_word=True)
    around = margin(source, n, rules=rules)
    return SourceView(
        source,
        exact,
        n,
        newest,
        tuple(said),
        reliability=reliability(rules.reliabilities[source], n),
        margin=around,
        low=max(1.0, exact - around),
        high=min(5.0, exact + around),
        own_word=own_word,
    )


def _proposed(
    views: list[SourceView], at: date, rules: Rules, measure: Measure | None
) -> ProposedRange:
    """The means' range; where the fuller model knows enough, its 80% interval instead."""
    sources = tuple(view.source for view in views)
    spoken = [view for view in views if not view.own_word]
    if views and not spoken:
        return ProposedRange(ONLY_SELF, sources=sources)
    if len(views) < 2:
        return ProposedRange(NOT_ENOUGH, sources=sources)
    low = math.floor(min(view.exact for view in views) * 2 + NEARLY) / 2
    high = math.ceil(max(view.exact for view in views) * 2 - NEARLY) / 2
    capped = high > rules.exercise_ceiling and all(view.source == EXERCISE for view in spoken)
    if capped:
        high, low = rules.exercise_ceiling, min(low, rules.exercise_ceiling)
    state = VIEWS_DIFFER if high - low > rules.widest else RANGE
    known = credible_level(views, at=at, measure=measure)
    if known is None:
        return ProposedRange(state, low, high, sources, capped)
    low = max(1.0, math.floor(known.low80 * 2 + NEARLY) / 2)
    high = min(5.0, math.ceil(known.high80 * 2 - NEARLY) / 2)
    read = measure.name if measure is not None and serves(measure, views) else ""
    return ProposedRange(state, low, high, sources, rule=CREDIBLE_RANGE, calibration=read)


def _grouped(said: Iterable[Observation], name: str) -> list[tuple[str, list[Observation]]]:
    """The observations by one of their fields, in the order of its values."""
    key = attrgetter(name)
    return [(str(value), list(group)) for value, group in groupby(sorted(said, key=key), key)]
