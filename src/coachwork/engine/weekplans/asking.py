"""From a plan of daily life to a question for `scheduling`.

What comes back every week, and what lies in this week or the next, stays where it is: its hours are
taken off the weeks, and what it closes off the gap. What is done once lies in one week as a whole;
only what no week can hold is spread.
"""

from dataclasses import dataclass
from typing import Final

from coachwork.engine.scheduling import Activity, Laid, Problem, Target
from coachwork.engine.scheduling.replanning import FROZEN
from coachwork.engine.weekplans.values import TIMES_A_WEEK, Piece, Question, Way, is_overdue
from coachwork.engine.weekplans.worth import asked, family, worth

AT_ONCE: Final = 6
LONGEST_SERIES: Final = 12  # weeks in which a suggestion comes back
SHARE: Final = 0.8  # of the weeks there are, so that one can go by
DEFAULT_DUE: Final = 12
QUARTER: Final = 4  # capacity in quarters of an hour


@dataclass(frozen=True, slots=True)
class Asked:
    """The question with where things lie now."""

    problem: Problem
    before: dict[str, Laid]
    overdue: tuple[str, ...]
    past: tuple[str, ...]  # goals whose date is over: nothing is laid for them


def ask(question: Question) -> Asked:
    """The question for `scheduling.replan`; after a slip nothing new comes into the next weeks."""
    ways = {one.key: one for one in question.ways if one.due is None or one.due >= 0}
    dues = {key: _due(question, way) for key, way in ways.items()}
    fixed = [one for one in question.pieces if is_fixed(one)]
    loose = [one for one in question.pieces if not is_fixed(one)]
    capacity = _left(question, fixed)
    brought = _brought(fixed, dues, len(capacity))
    targets = tuple(
        Target(key, max(0.0, asked(way) - brought.get(key, 0.0)), dues[key], way.weight)
        for key, way in ways.items()
    )
    there = {one.key: max(lies(one, len(capacity)), default=-1) for one in fixed}
    activities = tuple(_activity(one, question, capacity, dues, there) for one in loose)
    before = {
        one.key: Laid(one.key, ((one.week, one.hours),))
        for one in loose
        if one.in_plan and one.week is not None and 0 <= one.week < len(capacity)
    }
    crowd = max((sum(p.week == w for p in loose) for w in range(len(capacity))), default=0)
    problem = Problem(capacity, activities, targets, at_once=max(AT_ONCE, crowd))
    past = tuple(one.key for one in question.ways if one.key not in ways)
    return Asked(problem, before, question.overdue, past)


def is_fixed(piece: Piece) -> bool:
    """Whether it keeps its weeks: what comes back, and what is promised for this week or next."""
    if not piece.in_plan or piece.week is None:
        return False
    return piece.comes_back or 0 <= piece.week < FROZEN


def lies(piece: Piece, weeks: int) -> range:
    """The weeks to come in which a fixed piece lies."""
    if piece.comes_back:
        return series_weeks(piece, weeks)
    week = piece.week or 0
    return range(week, min(week + 1, weeks))


def series_weeks(piece: Piece, weeks: int) -> range:
    """The weeks to come in which something comes back."""
    first = piece.week or 0
    last = weeks - 1 if piece.until is None else min(piece.until, weeks - 1)
    step = 2 if piece.cadence == "biweekly" else 1
    while first < 0:
        first += step
    return range(first, last + 1, step)


def _left(question: Question, fixed: list[Piece]) -> tuple[float, ...]:
    """The hours of each week without what is fixed; after a slip none in the next two weeks."""
    hours = list(question.capacity)
    for one in fixed:
        for week in lies(one, len(hours)):
            hours[week] -= one.a_week
    if question.overdue:
        hours[:FROZEN] = [0.0] * min(FROZEN, len(hours))
    return tuple(max(0.0, int(left * QUARTER + 1e-9) / QUARTER) for left in hours)


def _due(question: Question, way: Way) -> int:
    """The week by which a goal is to be reached, weeks in reserve kept free before it."""
    due = DEFAULT_DUE if way.due is None else way.due
    kept = due - question.reserve
    return min(kept if kept >= 1 else due, len(question.capacity) - 1)


def _brought(fixed: list[Piece], dues: dict[str, int], weeks: int) -> dict[str, float]:
    """The points that what is fixed brings to each goal until its week."""
    found: dict[str, float] = {}
    for one in fixed:
        if one.goal in dues:
            number = sum(week <= dues[one.goal] for week in lies(one, weeks))
            daily = TIMES_A_WEEK["daily"] if one.cadence == "daily" else 1.0
            found[one.goal] = found.get(one.goal, 0.0) + worth(one, times=number * daily)
    return found


def _activity(
    one: Piece,
    question: Question,
    capacity: tuple[float, ...],
    dues: dict[str, int],
    there: dict[str, int],
) -> Activity:
    due = dues.get(one.goal)
    number = series_length(capacity, due) if one.comes_back else 1
    points = worth(one, times=number * TIMES_A_WEEK.get(one.cadence, 1.0))
    first = max([0, *(there[key] + 1 for key in one.after if key in there)])
    last = None if one.until is None or is_overdue(one) else one.until
    usual = max(question.capacity, default=0.0)
    whole = not one.comes_back and one.hours <= usual
    final = len(capacity) - 1 if last is None else min(last, len(capacity) - 1)
    return Activity(
        one.key,
        one.a_week * number if one.comes_back else one.hours,
        one.a_week if one.comes_back else usual or 1.0,
        kind=one.kind,
        family=family(one),
        gains={one.goal: points} if one.goal in dues else {},
        after=tuple(key for key in one.after if key not in there),
        first=first,
        last=last,
        dates=(tuple(range(first, final + 1)) or (first,)) if whole else (),
        required=one.in_plan and one.week is not None,
    )


def series_length(capacity: tuple[float, ...], due: int | None) -> int:
    """For how many weeks a suggestion comes back: most of those there are before the date."""
    until = DEFAULT_DUE if due is None else due
    there = sum(hours > 0 for hours in capacity[: max(until + 1, 0)])
    return max(1, min(LONGEST_SERIES, int(there * SHARE)))
