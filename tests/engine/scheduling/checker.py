"""A checker of plans that shares no code with the planner: it reads the calendar from scratch."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from coachwork.engine.scheduling.values import Activity, Laid, Problem

NEARLY = 1e-5


def faults(problem: Problem, laid: Mapping[str, Laid]) -> list[str]:
    """Everything that is wrong with work on weeks, in words; nothing for a plan that holds."""
    by_key = {one.key: one for one in problem.activities}
    found = [f"{key} is not in the question" for key in laid if key not in by_key]
    laid = {key: one for key, one in laid.items() if key in by_key}
    return [
        *found,
        *over_capacity(problem, laid),
        *too_many_at_once(problem, laid),
        *frozen_touched(problem, laid),
        *(fault for key, one in laid.items() for fault in of_one(problem, by_key[key], one)),
        *out_of_order(problem, laid),
    ]


def over_capacity(problem: Problem, laid: Mapping[str, Laid]) -> Iterator[str]:
    for week, capacity in enumerate(problem.capacity):
        used = sum(hours for one in laid.values() for at, hours in one.hours if at == week)
        promised = sum(hours.get(week, 0) for hours in problem.held.values())
        if used > max(capacity, promised) + NEARLY:
            yield f"week {week} holds {used} of {capacity} hours"


def too_many_at_once(problem: Problem, laid: Mapping[str, Laid]) -> Iterator[str]:
    for week in range(problem.weeks):
        running = [key for key, one in laid.items() if one.hours[0][0] <= week <= one.hours[-1][0]]
        # What had begun goes on; it must only not be joined by more than there is room for.
        new = [key for key in running if not problem.held.get(key)]
        if new and len(running) > problem.at_once:
            yield f"{len(running)} under way in week {week}"


def frozen_touched(problem: Problem, laid: Mapping[str, Laid]) -> Iterator[str]:
    for key in {*laid, *problem.held}:
        promised = {w: h for w, h in problem.held.get(key, {}).items() if h > NEARLY}
        hours = laid[key].hours if key in laid else ()
        now = {week: spent for week, spent in hours if week < problem.frozen}
        if now.keys() != promised.keys() or any(abs(now[w] - promised[w]) > NEARLY for w in now):
            yield f"{key} was promised {promised} and has {now} in frozen weeks"


def of_one(problem: Problem, one: Activity, laid: Laid) -> Iterator[str]:
    weeks = [week for week, _ in laid.hours]
    if weeks != sorted(set(weeks)) or not all(0 <= week < problem.weeks for week in weeks):
        yield f"{one.key} has no proper weeks: {weeks}"
    held = problem.held.get(one.key, {})
    new = [(week, hours) for week, hours in laid.hours if week not in held]
    if any(hours <= 0 for _, hours in laid.hours):
        yield f"{one.key} has a week of nothing"
    for week, _ in new:
        if week < one.first or (one.last is not None and week > one.last):
            yield f"{one.key} is worked on in week {week}, outside its window"
    yield from event(problem, one, new) if one.dates else spread(problem, one, laid, new)


def spread(
    problem: Problem, one: Activity, laid: Laid, new: list[tuple[int, float]]
) -> Iterator[str]:
    held = problem.held.get(one.key)
    if any(hours > one.rate + NEARLY for _, hours in new):
        yield f"{one.key} takes more than {one.rate} hours in a week"
    total = sum(hours for _, hours in laid.hours)
    complete = abs(total - one.hours) <= NEARLY
    if not complete and (new or not held):
        yield f"{one.key} has {total} of {one.hours} hours"
    for (before, _), (after, _) in pairwise(new):
        idle = sum(problem.capacity[week] > 0 for week in range(before + 1, after))
        if idle > problem.pause:
            yield f"{one.key} pauses for {idle} weeks"


def event(problem: Problem, one: Activity, new: list[tuple[int, float]]) -> Iterator[str]:
    for week, hours in new:
        if week not in one.dates or problem.capacity[week] <= 0:
            yield f"{one.key} takes place in week {week}, which is not one of its dates"
        elif abs(hours - min(one.hours, problem.capacity[week])) > NEARLY:
            yield f"{one.key} takes {hours} hours of week {week}"
    if len(new) > 1:
        yield f"{one.key} takes place {len(new)} times"


def out_of_order(problem: Problem, laid: Mapping[str, Laid]) -> Iterator[str]:
    by_key = {one.key: one for one in problem.activities}
    for key, one in laid.items():
        held = problem.held.get(key, {})
        begins = [week for week, _ in one.hours if week not in held]
        for needed in by_key[key].after:
            if not begins:
                continue
            done = laid.get(needed)
            work = sum(hours for _, hours in done.hours) if done else 0.0
            finished = done and (by_key[needed].dates or work >= by_key[needed].hours - NEARLY)
            if done is None or not finished or done.hours[-1][0] >= begins[0]:
                yield f"{key} begins before {needed} is finished"
