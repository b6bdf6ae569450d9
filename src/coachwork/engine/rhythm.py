"""The rhythm of check-ins: answered weeks, rests, and when something has gone quiet.

A week without an answer is a rest as long as there is one in reserve: two in any eight weeks
unless told (emergency reserves raise persistence where a broken streak ends it: Sharif & Shu 2017).
No streak is counted anywhere. Weeks are Mondays, as dates.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto

WINDOW = 8  # weeks
RESERVE = 2  # rests in a window
LAPSES_FOR_A_FLAG = 2
COMEBACK_AFTER = 2  # quiet weeks that are over
WEEK = timedelta(weeks=1)
SATURDAY = 5


class State(StrEnum):
    """What became of a week."""

    ANSWERED = auto()
    REST = auto()
    PAUSED = auto()
    LAPSED = auto()
    OPEN = auto()  # still running


@dataclass(frozen=True, slots=True)
class Week:
    """One week, and what became of it."""

    on: date
    state: State


def rhythm(
    first: date,
    this_week: date,
    *,
    answered: Collection[date],
    paused: Collection[date] = (),
    every: int = 1,
    reserve: int = RESERVE,
) -> list[Week]:
    """Every week that asks, oldest first; `every` is the number of weeks between two of them."""
    found: list[Week] = []
    on = first
    while on <= this_week:
        found.append(Week(on, _state(on, this_week, answered, paused, found, reserve)))
        on += WEEK * every
    return found


def _state(
    on: date,
    this_week: date,
    answered: Collection[date],
    paused: Collection[date],
    before: Sequence[Week],
    reserve: int,
) -> State:
    if on in answered:
        return State.ANSWERED
    if on in paused:
        return State.PAUSED
    if on == this_week:
        return State.OPEN
    rests = sum(one.state is State.REST and on - one.on < WEEK * WINDOW for one in before)
    return State.REST if rests < reserve else State.LAPSED


def counted(weeks: Sequence[Week], last: int = WINDOW) -> tuple[int, int, int]:
    """Of the last weeks that asked and are over or answered: answered, rests, all."""
    asked = [one for one in weeks if one.state not in {State.OPEN, State.PAUSED}][-last:]
    answered = sum(one.state is State.ANSWERED for one in asked)
    rests = sum(one.state is State.REST for one in asked)
    return answered, rests, len(asked)


def has_lapsed(weeks: Sequence[Week], last: int = 4) -> bool:
    """Whether so many of the last weeks lapsed that somebody could reach out."""
    over = [one for one in weeks if one.state is not State.OPEN][-last:]
    return sum(one.state is State.LAPSED for one in over) >= LAPSES_FOR_A_FLAG


def quiet_since(weeks: Sequence[Week]) -> date | None:
    """The first of the quiet weeks at the end, where there are enough for a word of welcome.

    A pause is no silence: with one in between, the count begins after it.
    """
    run: list[Week] = []
    for one in reversed(weeks):
        if one.state is State.OPEN:
            continue
        if one.state not in {State.REST, State.LAPSED}:
            break
        run.append(one)
    return run[-1].on if len(run) >= COMEBACK_AFTER else None


def working_days_later(at: datetime, days: int) -> datetime:
    """The same time of day so many working days later; `at` is aware, in the zone that counts.

    A Saturday or Sunday counts from Monday's beginning of the day at the same time.
    """
    found = at
    while found.weekday() >= SATURDAY:
        found += timedelta(days=1)
    for _day in range(days):
        found += timedelta(days=1)
        while found.weekday() >= SATURDAY:
            found += timedelta(days=1)
    return found
