"""A plan of daily life in plain values: pieces of work, the goals they serve, hours by week.

Weeks are whole numbers that count from 0, the week of today; a week below 0 is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ONCE: Final = "once"
TIMES_A_WEEK: Final[Mapping[str, float]] = {"daily": 5.0, "weekly": 1.0, "biweekly": 0.5}

# What a step does.
ADD: Final = "add"  # a suggestion comes into the plan
MOVE: Final = "move"  # an item of the plan gets another week
SPLIT: Final = "split"  # an item that no week can hold is spread over several

# Why something stays where it is, beyond the troubles of `scheduling`.
ENOUGH: Final = "enough"  # the goals are covered without it
NO_HOURS: Final = "no_hours"  # other things close more of the gap in the hours there are
NO_GOAL: Final = "no_goal"  # it serves no goal that is under way


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to do: an item of the plan, or a suggestion (`in_plan` False).

    `week` is where it lies now, None for “later”; `until` the last week in which it makes sense.
    What comes back (`cadence`) takes its minutes each time.
    """

    key: str
    kind: str
    minutes: int
    goal: str = ""
    cadence: str = ONCE
    week: int | None = None
    until: int | None = None
    in_plan: bool = True
    personal: bool = False  # suggested by somebody who knows the person
    after: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        """The hours of one time."""
        return self.minutes / 60

    @property
    def comes_back(self) -> bool:
        """Whether it is done more than once."""
        return self.cadence != ONCE

    @property
    def a_week(self) -> float:
        """The hours of a week in which it comes back."""
        return self.hours * max(1.0, TIMES_A_WEEK.get(self.cadence, 1.0))


@dataclass(frozen=True, slots=True)
class Way:
    """What a goal asks: from the level where the person stands to the next rung, by a week.

    Without a level nobody knows how far it is: then a half step in the middle of the scale counts.
    """

    key: str
    due: int | None = None
    level: float | None = None
    target: float | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a schedule depends on; `capacity` are the hours of each week to come."""

    pieces: tuple[Piece, ...]
    ways: tuple[Way, ...]
    capacity: tuple[float, ...]
    reserve: int = 0  # weeks to keep free before a goal's date

    @property
    def overdue(self) -> tuple[str, ...]:
        """What lies in a week that is over and is still open."""
        return tuple(one.key for one in self.pieces if is_overdue(one))


def is_overdue(piece: Piece) -> bool:
    """Whether its week is over; what comes back has no such week."""
    return piece.in_plan and not piece.comes_back and piece.week is not None and piece.week < 0


@dataclass(frozen=True, slots=True)
class Step:
    """One change: what, in which weeks with how many minutes each, and the week before."""

    key: str
    do: str
    weeks: tuple[tuple[int, int], ...]
    before: int | None = None

    @property
    def start(self) -> int:
        return self.weeks[0][0]

    @property
    def finish(self) -> int:
        return self.weeks[-1][0]


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of the way to a goal's next rung the schedule covers, from 0 to 1."""

    goal: str
    share: float
    assumed: bool = False  # the level is not known


@dataclass(frozen=True, slots=True)
class Help:
    """One way out that was tried on the calendar: hours a week, weeks, or goals to aim lower."""

    hours: float | None = None
    weeks: int | None = None
    lower: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """What would change, what stays aside and why, and how far it carries.

    `gap` is the share of the cost that could be saved at most, where that was proved. `helps` and
    `clash` are there when the goals cannot all be reached; `beyond` are goals for which everything
    together is not enough.
    """

    how: str
    steps: tuple[Step, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    covered: tuple[Covered, ...] = ()
    gap: float | None = None
    helps: tuple[Help, ...] = ()
    clash: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    troubles: tuple[tuple[str, str], ...] = field(default=())

    @property
    def falls_short(self) -> bool:
        """Whether some goal is not covered in full."""
        return any(one.share < 1 for one in self.covered)
