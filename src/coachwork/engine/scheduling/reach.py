"""What is possible at all: what waits for what, and how early each activity could be finished.

The earliest finish counts the activity as if it were alone in the calendar, so nothing real is
earlier: that makes it a safe bound for the choice.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import isfinite
from typing import Final

from coachwork.engine.scheduling.errors import CircularError, PlanningError
from coachwork.engine.scheduling.values import (
    DATE_PAST,
    HELD_EARLY,
    HELD_OVER,
    NEARLY,
    NEVER_FITS,
    NO_CAPACITY,
    NO_DATE,
    TARGET_PAST,
    WAITS,
    WINDOW_EMPTY,
    WINDOW_PAST,
    Activity,
    Problem,
    Trouble,
)

_UNSEEN, _OPEN, _SETTLED = 0, 1, 2
MOST_WEEKS: Final = 520  # ten years; beyond, somebody has mistaken the unit


@dataclass(frozen=True, slots=True)
class Reach:
    """The activities that could be in a plan, in an order that keeps what they wait for before.

    `finish` is the earliest finish of each; `troubles` say why the others cannot.
    """

    order: tuple[Activity, ...]
    finish: Mapping[str, int]
    troubles: tuple[Trouble, ...]


def checked(problem: Problem) -> None:
    """Refuse with a PlanningError what is not a question; a loop by name (CircularError)."""
    if not 1 <= problem.weeks <= MOST_WEEKS:
        raise PlanningError(f"A plan looks 1 to {MOST_WEEKS} weeks ahead.")
    _numbers(problem.capacity, "The hours of a week")
    if problem.at_once < 1 or problem.pause < 0 or not 0 <= problem.frozen <= problem.weeks:
        raise PlanningError("At least one thing at a time, and no pause below 0.")
    _numbers([problem.money or 0.0, *problem.mix.values()], "Money and mix")
    known = {one.key for one in problem.activities}
    if len(known) != len(problem.activities):
        raise PlanningError("Two activities have one key.")
    targets = {one.key for one in problem.targets}
    if len(targets) != len(problem.targets):
        raise PlanningError("Two targets have one key.")
    for target in problem.targets:
        _numbers([target.need, target.importance], f"The target {target.key!r}")
    for one in problem.activities:
        _checked_activity(one, known, targets)
    ordered(problem.activities)


def _checked_activity(one: Activity, known: set[str], targets: set[str]) -> None:
    _numbers([one.hours, one.rate, one.cost, *one.gains.values()], f"The activity {one.key!r}")
    if one.hours <= 0 or (one.rate <= 0 and not one.dates):
        raise PlanningError(f"The activity {one.key!r} takes no time.")
    if unknown := [key for key in one.after if key not in known]:
        raise PlanningError(f"{one.key!r} waits for {unknown[0]!r}, which is not there.")
    if unknown := [key for key in one.gains if key not in targets]:
        raise PlanningError(f"{one.key!r} is for {unknown[0]!r}, which is no target.")


def _numbers(values: Iterable[float], what: str) -> None:
    if not all(isfinite(value) and value >= 0 for value in values):
        raise PlanningError(f"{what}: a number that is not below 0 is needed.")


def ordered(activities: Iterable[Activity]) -> list[Activity]:
    """All activities, what is waited for first; CircularError names the loop if there is one."""
    known = {one.key: one for one in activities}
    state = dict.fromkeys(known, _UNSEEN)
    found: list[Activity] = []
    for key in known:
        if state[key] == _UNSEEN:
            _visit(key, known, state, found)
    return found


def _visit(
    root: str, known: Mapping[str, Activity], state: dict[str, int], found: list[Activity]
) -> None:
    # By hand instead of recursion: a chain of ten thousand must not be too deep.
    state[root] = _OPEN
    path, rest = [root], [iter(known[root].after)]
    while path:
        for needed in rest[-1]:
            if state[needed] == _OPEN:
                raise CircularError((*path[path.index(needed) :], needed))
            if state[needed] == _UNSEEN:
                state[needed] = _OPEN
                path.append(needed)
                rest.append(iter(known[needed].after))
                break
        else:
            state[path[-1]] = _SETTLED
            found.append(known[path.pop()])
            rest.pop()


def reach(problem: Problem) -> Reach:
    """Which activities could be in a plan, and how early each could be finished."""
    finish: dict[str, int] = {}
    order: list[Activity] = []
    troubles = list(promises(problem))
    if not any(hours > 0 for hours in problem.capacity):
        troubles.append(Trouble(NO_CAPACITY))
    troubles += [Trouble(TARGET_PAST, one.key) for one in problem.targets if one.due < 0]
    sums: dict[float, list[float]] = {}
    for one in ordered(problem.activities):
        outcome = _earliest(problem, one, finish, sums)
        if isinstance(outcome, str):
            troubles.append(Trouble(outcome, one.key))
        else:
            order.append(one)
            finish[one.key] = outcome
    return Reach(tuple(order), finish, tuple(troubles))


def promises(problem: Problem) -> list[Trouble]:
    """What is wrong with the frozen weeks; they are kept all the same."""
    used = [0.0] * problem.weeks
    for hours in problem.held.values():
        for week, spent in hours.items():
            used[week] += spent
    found = [
        Trouble(HELD_OVER, week=week)
        for week in range(problem.frozen)
        if used[week] > problem.capacity[week] + NEARLY
    ]
    by_key = {one.key: one for one in problem.activities}
    for key, held in problem.held.items():
        if held and any(not _over_before(problem, p, min(held)) for p in by_key[key].after):
            found.append(Trouble(HELD_EARLY, key))
    return found


def _over_before(problem: Problem, key: str, week: int) -> bool:
    """Whether what is held of this activity finishes it before the week."""
    held = problem.held.get(key, {})
    needed = next(one for one in problem.activities if one.key == key)
    return left(problem, needed) <= NEARLY and max(held, default=week) < week


def window(problem: Problem, one: Activity) -> tuple[int, int]:
    """The weeks, first and last, in which the activity may be laid."""
    last = problem.weeks - 1 if one.last is None else min(one.last, problem.weeks - 1)
    return max(one.first, problem.frozen), last


def left(problem: Problem, one: Activity) -> float:
    """The hours of an activity that are not held in a frozen week."""
    held = problem.held.get(one.key, {})
    if held and one.dates:
        return 0.0
    return max(0.0, one.hours - sum(held.values()))


def charge(problem: Problem, one: Activity, week: int) -> float:
    """The hours that an event takes from the week it takes place in."""
    return min(one.hours, problem.capacity[week])


def _earliest(
    problem: Problem, one: Activity, finish: Mapping[str, int], sums: dict[float, list[float]]
) -> int | str:
    """The earliest finish of an activity, or the trouble with it."""
    held = problem.held.get(one.key, {})
    if held and left(problem, one) <= NEARLY:
        return max(held)
    if any(key not in finish for key in one.after):
        return WAITS
    first, last = window(problem, one)
    first = max([first, *(finish[key] + 1 for key in one.after)])
    if one.dates:
        return _date(problem, one, first, last)
    return _spread(problem, one, (first, last), sums)


def _spread(
    problem: Problem, one: Activity, span: tuple[int, int], sums: dict[float, list[float]]
) -> int | str:
    first, last = span
    if one.last is not None and one.last < one.first:
        return WINDOW_EMPTY
    if one.last is not None and one.last < problem.frozen:
        return WINDOW_PAST
    if first > last:
        return NEVER_FITS
    if one.rate not in sums:
        given = [min(one.rate, hours) for hours in problem.capacity]
        sums[one.rate] = list(accumulate(given, initial=0.0))
    total = sums[one.rate]
    week = bisect_left(total, total[first] + left(problem, one) - NEARLY) - 1
    return max(week, first) if week <= last else NEVER_FITS


def _date(problem: Problem, one: Activity, first: int, last: int) -> int | str:
    if all(week < problem.frozen for week in one.dates):
        return DATE_PAST
    fits = [week for week in one.dates if first <= week <= last and problem.capacity[week] > 0]
    return min(fits, default=NO_DATE)
