"""Dates become weeks: Monday to Sunday, whatever the clocks do, and 29 February like any day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coachwork.engine.scheduling.errors import PlanningError

WEEK: Final = 7
WORKING: Final = 5  # Monday to Friday


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks counted from the one that holds `today`."""

    today: date
    weeks: int

    def __post_init__(self) -> None:
        if self.weeks < 1:
            raise PlanningError("A plan looks at least one week ahead.")

    @property
    def monday(self) -> date:
        """The Monday of week 0."""
        return monday(self.today)

    def week(self, day: date) -> int:
        """The number of the week that holds the day; negative before the plan begins."""
        return (monday(day) - self.monday).days // WEEK

    def start(self, week: int) -> date:
        """The Monday of a week."""
        return self.monday + timedelta(days=WEEK * week)

    def capacity(
        self,
        hours: float,
        *,
        holidays: Iterable[date] = (),
        off: Collection[date] = (),
        busy: Mapping[date, float] | None = None,
    ) -> tuple[float, ...]:
        """The hours of every week, rounded down to quarters.

        `hours` is a usual week. Each day of `holidays` from Monday to Friday takes a fifth of it;
        `off` are days in weeks kept free altogether (reserve); `busy` are hours taken, by any day
        of the week. PlanningError for hours that are not a number from 0 to 168.
        """
        if not 0 <= hours <= WEEK * 24:
            raise PlanningError("The hours of a week are a number from 0 to 168.")
        free = {self.week(day) for day in off}
        days: dict[int, int] = {}
        for day in set(holidays):
            days[self.week(day)] = days.get(self.week(day), 0) + (day.weekday() < WORKING)
        taken: dict[int, float] = {}
        for day, lost in (busy or {}).items():
            taken[self.week(day)] = taken.get(self.week(day), 0.0) + lost
        return tuple(
            0.0 if week in free else _left(hours, days.get(week, 0), taken.get(week, 0.0))
            for week in range(self.weeks)
        )


def monday(day: date) -> date:
    """The Monday of the week that holds the day."""
    return day - timedelta(days=day.weekday())


def _left(hours: float, days_off: int, taken: float) -> float:
    left = hours * (WORKING - days_off) / WORKING - taken
    return max(0.0, int(left * 4 + 1e-9) / 4)
