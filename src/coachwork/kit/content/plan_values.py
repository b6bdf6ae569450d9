"""What ships to build a plan from: blueprints of items, and whole plans laid out by weeks."""

from collections.abc import Iterable
from dataclasses import dataclass

STEP = {"daily": 1, "weekly": 1, "biweekly": 2}  # weeks from one time to the next
TIMES = {"daily": 5}  # times within a week


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One thing that could go into a plan; without competencies it helps with any goal."""

    code: str
    kind: str
    title: str
    first_step: str
    minutes: int
    cadence: str
    competencies: tuple[str, ...]
    moments: tuple[str, ...]
    done_when: str
    evidence: str
    locale: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A blueprint or a small practice in one week of a template; `until` where it comes back."""

    use: str
    week: int
    until: int | None = None
    minutes: int | None = None
    cadence: str | None = None


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A plan to begin from: a goal to reword, and what to do in which week."""

    code: str
    title: str
    summary: str
    goal: str
    goal_type: str
    framework: str
    competencies: tuple[str, ...]
    weeks: int
    hours_per_week: float
    reserve_weeks: int
    review_weeks: tuple[int, ...]
    if_thens: tuple[str, ...]
    obstacles: tuple[str, ...]
    items: tuple[Placed, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Span:
    """When something is done, and how long it takes each time."""

    week: int
    until: int | None
    minutes: int
    cadence: str

    @property
    def in_weeks(self) -> range:
        """The weeks in which it is done, counted from 1."""
        last = self.until or self.week
        return range(self.week, last + 1, STEP.get(self.cadence, last + 1))


def minutes_by_week(spans: Iterable[Span], weeks: int) -> tuple[int, ...]:
    """The minutes that each week asks for, from the first to the last."""
    found = [0] * weeks
    for span in spans:
        for week in span.in_weeks:
            if 1 <= week <= weeks:
                found[week - 1] += span.minutes * TIMES.get(span.cadence, 1)
    return tuple(found)
