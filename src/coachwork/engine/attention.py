"""How much a person hears from the product: their hours, hard caps, and silence when ignored.

Times come in as aware datetimes, a time zone as `tzinfo`; a day is a day where the person lives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum, auto

DAY_CAP = 1
WEEK_CAP = 5
WEEK_DAYS = 7
HALVED_AFTER = 2  # ignored in a row: every other one is left out
STOPPED_AFTER = 4  # ignored in a row: no more of them, and one question what would help


class Barrier(StrEnum):
    """Why a nudge does not go out now."""

    PAUSED = auto()
    WEEKEND = auto()
    QUIET = auto()
    DAY_FULL = auto()
    WEEK_FULL = auto()
    HALVED = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person may be reached."""

    zone: tzinfo
    quiet_from: time = time(20, 0)
    quiet_to: time = time(7, 30)
    weekends: bool = False
    paused_until: date | None = None  # the first day on which messages come again


def is_quiet(hours: Hours, at: datetime) -> bool:
    """Whether the moment lies in the quiet hours."""
    return is_quiet_at(hours, at.astimezone(hours.zone).time())


def is_quiet_at(hours: Hours, clock: time) -> bool:
    """Whether it is quiet at this time of day; the same time twice means no quiet hours."""
    if hours.quiet_from <= hours.quiet_to:
        return hours.quiet_from <= clock < hours.quiet_to
    return clock >= hours.quiet_from or clock < hours.quiet_to


def barrier(hours: Hours, sent: Iterable[datetime], at: datetime) -> Barrier | None:
    """What holds a nudge back now, given when earlier ones went out; None where nothing does.

    The week is any seven days in a row, today the last, so that no week has more than its cap.
    """
    today = at.astimezone(hours.zone).date()
    if hours.paused_until is not None and today < hours.paused_until:
        return Barrier.PAUSED
    if not hours.weekends and _is_weekend(today):
        return Barrier.WEEKEND
    if is_quiet(hours, at):
        return Barrier.QUIET
    ages = [(today - one.astimezone(hours.zone).date()).days for one in sent]
    # An age below zero is a person who has flown west: that day is not over for them.
    if sum(age <= 0 for age in ages) >= DAY_CAP:
        return Barrier.DAY_FULL
    if sum(age < WEEK_DAYS for age in ages) >= WEEK_CAP:
        return Barrier.WEEK_FULL
    return None


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """This wall time on this day, in UTC; one that the clocks skip comes as much later."""
    return datetime.combine(day, clock, zone).replace(fold=0).astimezone(UTC)


def next_slot(hours: Hours, clock: time, after: datetime) -> datetime:
    """The next time the clock shows this, on a day on which the person wants to be reached."""
    day = after.astimezone(hours.zone).date()
    if hours.paused_until is not None:
        day = max(day, hours.paused_until)
    while True:
        slot = moment(day, clock, hours.zone)
        # A zone may skip a whole day; then there is no slot on it.
        there = slot.astimezone(hours.zone).date() == day
        if there and slot > after and (hours.weekends or not _is_weekend(day)):
            return slot
        day += timedelta(days=1)


def quiet_ends(hours: Hours, at: datetime) -> datetime:
    """When the quiet hours around this moment end; the moment itself outside them."""
    if not is_quiet(hours, at):
        return at
    day = at.astimezone(hours.zone).date()
    ends = moment(day, hours.quiet_to, hours.zone)
    return ends if ends > at else moment(day + timedelta(days=1), hours.quiet_to, hours.zone)


def ignored(sent: Sequence[datetime], answers: Iterable[datetime]) -> int:
    """How many of the newest nudges (oldest first) had no answer before the next one was due."""
    newest_answer = max(answers, default=None)
    if newest_answer is None:
        return len(sent)
    return sum(one > newest_answer for one in sent)


def fading(ignored_in_a_row: int, left_out: int) -> Barrier | None:
    """What being ignored does to a kind of nudge; `left_out` counts those since the last sent."""
    if ignored_in_a_row >= STOPPED_AFTER:
        return Barrier.STOPPED
    if ignored_in_a_row >= HALVED_AFTER and left_out == 0:
        return Barrier.HALVED
    return None


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
