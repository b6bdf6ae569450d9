"""What is known of one person in one competency, from what each source has said.

The one scale runs from 1 to 5. Sources are kept apart: there is no fused number here. For each
source there is a mean and an 80% interval; from the means of at least two sources, a range that may
be proposed. All times are dates, all levels floats on the scale, all intervals in levels.

Method: reliability of one rater from Conway and Huffcutt (1997, supervisor .50, peer .37, report
.30); of n raters by the Spearman-Brown formula; standard error of measurement SD * sqrt(1 - r); the
80% interval is 1.2816 of it on either side. This is classical test theory: it knows nothing of who
is a lenient rater, and it is a rule for little data. A fuller model may stand behind `level_view`;
what it takes and gives stays the same.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
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
DIFFERENCE: Final = Rule("difference", 1)
CHANGE: Final = Rule("change", 1)

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


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a source said: a level (of one rater, or the mean of `n_raters`), or none.

    `own_word` marks a level that the person set for their own work: it stands with its source but
    never counts as the view of somebody else. `ref` is handed through untouched.
    """

    source: str
    level: float | None
    on: date
    n_raters: int = 1
    rater: str = ""  # tells raters of one source apart; empty for a group that is published as one
    behaviour: str = ""  # empty for the competency as a whole
    own_word: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An observation that does not count now, and the key of the reason.

    no_level, not_a_level_source, too_old, later_view or in_the_future.
    """

    observation: Observation
    reason: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """What one source says: the exact mean, the mean in half steps, and the 80% interval.

    `low` and `high` are None for the person's own view, which is a mark without an interval.
    `margin` is half the width of the interval before it is cut to the scale.
    """

    source: str
    exact: float
    n: int  # raters, not rows
    newest: date
    used: tuple[Observation, ...]
    reliability: float | None = None
    margin: float | None = None
    low: float | None = None
    high: float | None = None
    own_word: bool = False
    rule: Rule = SOURCE_VIEW

    @property
    def mean(self) -> float:
        """The mean in half steps, as people see it."""
        return half_step(self.exact)


RANGE: Final = "range"
VIEWS_DIFFER: Final = "views_differ"
NOT_ENOUGH: Final = "not_enough"
ONLY_SELF: Final = "only_self"


@dataclass(frozen=True, slots=True)
class ProposedRange:
    """From the lowest to the highest mean of a source, outward to half steps; or why there is none.

    `state` is range, views_differ (there is a range, and it is wide), not_enough (no source, or
    one) or only_self (nobody but the person has spoken). `capped` says that exercises were held
    at their ceiling.
    """

    state: str
    low: float | None = None
    high: float | None = None
    sources: tuple[str, ...] = ()
    capped: bool = False
    rule: Rule = PROPOSED_RANGE


@dataclass(frozen=True, slots=True)
class LevelEstimate:
    """Everything that follows from the observations of one competency at one date."""

    by_source: tuple[SourceView, ...]
    proposed: ProposedRange
    left_out: tuple[LeftOut, ...]

    @property
    def own(self) -> SourceView | None:
        """The person's own view."""
        return next((view for view in self.by_source if view.source == SELF), None)

    @property
    def others(self) -> tuple[SourceView, ...]:
        """The views that are not the person's own word."""
        return tuple(view for view in self.by_source if view.source != SELF and not view.own_word)


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


def level_view(
    observations: Iterable[Observation], *, at: date, rules: Rules = RULES
) -> LevelEstimate:
    """What the observations of one competency say at this date.

    Raises ValueError for a level outside 1 to 5 and for an observation of fewer than one rater.
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
    return LevelEstimate(tuple(views), _proposed(views, rules), tuple(left_out))


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


def _proposed(views: list[SourceView], rules: Rules) -> ProposedRange:
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
    return ProposedRange(state, low, high, sources, capped)


def _grouped(said: Iterable[Observation], name: str) -> list[tuple[str, list[Observation]]]:
    """The observations by one of their fields, in the order of its values."""
    key = attrgetter(name)
    return [(str(value), list(group)) for value, group in groupby(sorted(said, key=key), key)]


def _bottom(view: SourceView) -> float:
    return view.exact if view.low is None else view.low


def _top(view: SourceView) -> float:
    return view.exact if view.high is None else view.high
