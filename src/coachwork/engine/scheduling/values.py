"""What goes into planning and what comes out of it.

Weeks are whole numbers that count from 0, the week in which the plan begins. Time is in hours, what
an activity does for a target in points (see `points`), money in one currency of the caller's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NEARLY: Final = 1e-6  # hours or points that make no difference

EXPERIENCE: Final = "experience"
SOCIAL: Final = "social"
FORMAL: Final = "formal"
# Most from real work, some from other people, a little from courses: a soft band, not a law.
MIX: Final[Mapping[str, float]] = {EXPERIENCE: 0.7, SOCIAL: 0.2, FORMAL: 0.1}


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that could be done: hours of work left, at most `rate` of them in one week.

    `gains` are points by target. `dates` makes it an event that takes place in one of these weeks
    as a whole (it takes at most the hours of that week: the rest is the employer's time); all else
    is spread over weeks from `first` to `last`, both included. `after` names what must be finished
    in an earlier week. `required` is in the plan already; all else may be taken or left.
    """

    key: str
    hours: float
    rate: float
    kind: str = ""  # similar activities for one target bring less and less
    family: str = EXPERIENCE
    gains: Mapping[str, float] = field(default_factory=dict)
    cost: float = 0.0
    after: tuple[str, ...] = ()
    first: int = 0
    last: int | None = None
    dates: tuple[int, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """So many points by the end of week `due`; importance from 1 to 3."""

    key: str
    need: float
    due: int
    importance: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a plan depends on.

    `capacity` holds the hours of every week, holidays, reserve weeks and busy time taken off; its
    length is how far the plan looks. `held` is work already promised in weeks before `frozen`
    (hours by activity and week): it stays as it is, and nothing else is laid there. `hours` of an
    activity include what is held. `pause` is the longest pause within an activity, in weeks that
    have hours; `at_once` how many may be under way together.
    """

    capacity: tuple[float, ...]
    activities: tuple[Activity, ...]
    targets: tuple[Target, ...] = ()
    money: float | None = None
    at_once: int = 4
    pause: int = 2
    mix: Mapping[str, float] = field(default_factory=lambda: dict(MIX))
    frozen: int = 0
    held: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    @property
    def weeks(self) -> int:
        """How many weeks the plan looks ahead."""
        return len(self.capacity)


@dataclass(frozen=True, slots=True)
class Laid:
    """An activity on its weeks: (week, hours) in order of weeks."""

    key: str
    hours: tuple[tuple[int, float], ...]

    @property
    def start(self) -> int:
        """The first week with work on it."""
        return self.hours[0][0]

    @property
    def finish(self) -> int:
        """The last week with work on it."""
        return self.hours[-1][0]


# Why an activity cannot be in the plan, or what else is wrong: keys of sentences.
NO_CAPACITY: Final = "no_capacity"  # no week has an hour to give
WINDOW_PAST: Final = "window_past"  # its window ended before the plan begins
WINDOW_EMPTY: Final = "window_empty"  # it ends before it begins
DATE_PAST: Final = "date_past"  # all its dates are over
NO_DATE: Final = "no_date"  # no date is left that has hours
NEVER_FITS: Final = "never_fits"  # too much for its window, even with nothing else in the plan
WAITS: Final = "waits"  # for something that cannot be in the plan
TARGET_PAST: Final = "target_past"  # the target's date is over
NO_ROOM: Final = "no_room"  # it fits alone, but not beside the rest
LATE: Final = "late"  # in the plan, but after the date of what it is for
HELD_OVER: Final = "held_over"  # more is promised in a frozen week than it has hours
HELD_EARLY: Final = "held_early"  # promised in a frozen week before what it waits for


@dataclass(frozen=True, slots=True)
class Trouble:
    """What does not work, of what (an activity, a target or a week), as the key of a sentence."""

    kind: str
    about: str = ""
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do in which week, what it reaches, and how far from the best it can be.

    `short` are the points missing at each target's date (0 left out). `cost` is what the plan costs
    in the price of `selection`; no plan at all costs less than `bound` (None where nothing could be
    proved). `rounds` counts how often the choice was made.
    """

    laid: tuple[Laid, ...]
    short: Mapping[str, float]
    cost: float
    bound: float | None
    troubles: tuple[Trouble, ...] = ()
    rounds: int = 1

    @property
    def gap(self) -> float | None:
        """By what share the cost can be above the best possible at most; proved, not estimated."""
        if self.bound is None:
            return None
        return max(0.0, (self.cost - self.bound) / max(self.cost, NEARLY))

    @property
    def by_key(self) -> dict[str, Laid]:
        """The activities of the plan by their keys."""
        return {one.key: one for one in self.laid}
