"""What goes into a level view and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from coachwork.engine.estimates.rules import PROPOSED_RANGE, SELF, SOURCE_VIEW, Rule, half_step


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
    calibration: str = ""  # the version that the model read; empty before there is any


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
