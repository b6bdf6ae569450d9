"""Lay chosen activities on weeks: one after the other, each as early as it goes.

Serial schedule generation. Work on an activity may pause, at most `Problem.pause` weeks; where the
pause would grow longer, the activity begins later instead. Events come first, all else in the order
of several rules and of a few shuffles of them (seeded: the same question, the same answer).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

import numpy as np

from coachwork.engine.scheduling.reach import charge, left, ordered, window
from coachwork.engine.scheduling.values import NEARLY, Activity, Laid, Problem

CRUMB: Final = 0.25  # hours; less than this is no week's work, unless it finishes the activity
SHUFFLES: Final = 12
_EVENT: Final = 1e6
_Pieces = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Task:
    """A chosen activity with the week by which it must be finished, and where it lay before."""

    activity: Activity
    by: int
    near: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What was laid; `failed` names what could not be, empty where all could."""

    laid: Mapping[str, Laid]
    failed: tuple[str, ...] = ()


@dataclass(slots=True)
class Weeks:
    """The calendar while it fills; what is held is in it from the beginning.

    What has begun and is to go on (`going_on`) counts as under way until it is laid or given up.
    """

    problem: Problem
    going_on: set[str] = field(default_factory=set)
    free: list[float] = field(init=False)
    under_way: list[int] = field(init=False)
    laid: dict[str, Laid] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.free = list(self.problem.capacity)
        self.under_way = [0] * self.problem.weeks
        for key, hours in self.problem.held.items():
            if hours:
                self._take(key, sorted(hours.items()))
        self.going_on &= self.laid.keys()
        for key in self.going_on:
            self._count(self.laid[key].finish + 1, self.problem.weeks, 1)

    def lay(self, key: str, pieces: _Pieces) -> None:
        """Take the hours of one activity, or more hours of one that has begun."""
        self.give_up(key)
        self._take(key, pieces)

    def give_up(self, key: str) -> None:
        """What has begun does not go on."""
        if key in self.going_on:
            self.going_on.remove(key)
            self._count(self.laid[key].finish + 1, self.problem.weeks, -1)

    def _count(self, first: int, end: int, more: int) -> None:
        for week in range(first, end):
            self.under_way[week] += more

    def _take(self, key: str, pieces: _Pieces) -> None:
        before = self.laid.get(key)
        for week, hours in pieces:
            self.free[week] -= hours
        self._count(before.finish + 1 if before else pieces[0][0], pieces[-1][0] + 1, 1)
        self.laid[key] = Laid(key, (*(before.hours if before else ()), *pieces))

    def fit(self, one: Activity, first: int, last: int) -> _Pieces | None:
        """The earliest weeks for what is left of an activity, from first to last; None for none."""
        if one.dates:
            return self._event(one, first, last)
        return _Filling(self, one, left(self.problem, one)).fill(first, last)

    def _event(self, one: Activity, first: int, last: int) -> _Pieces | None:
        for week in sorted(one.dates):
            if first <= week <= last and self.problem.capacity[week] > 0:
                taken = charge(self.problem, one, week)
                room = self.under_way[week] < self.problem.at_once
                if room and self.free[week] >= taken - NEARLY:
                    return [(week, taken)]
        return None


@dataclass(slots=True)
class _Filling:
    """One activity being spread over weeks."""

    weeks: Weeks
    one: Activity
    needed: float
    pieces: _Pieces = field(default_factory=list)
    rest: float = 0.0
    idle: int = 0

    def fill(self, first: int, last: int) -> _Pieces | None:
        self._restart()
        for week in range(first, last + 1):
            if self._full(week):
                self._restart()
                continue
            self._take(week)
            if self.rest <= NEARLY:
                return self.pieces
        return None

    def _full(self, week: int) -> bool:
        # What has begun in a frozen week is under way whatever comes.
        begun = self.one.key in self.weeks.laid
        return not begun and self.weeks.under_way[week] >= self.weeks.problem.at_once

    def _take(self, week: int) -> None:
        given = min(self.one.rate, self.rest, self.weeks.free[week])
        if given >= min(CRUMB, self.rest, self.one.rate) - NEARLY and given > NEARLY:
            self.pieces.append((week, given))
            self.rest -= given
            self.idle = 0
        elif self.pieces and self.weeks.problem.capacity[week] > 0:
            self.idle += 1
            if self.idle > self.weeks.problem.pause:
                self._restart()

    def _restart(self) -> None:
        self.pieces, self.rest, self.idle = [], self.needed, 0


def lay(
    problem: Problem, tasks: Sequence[Task], *, seed: int = 0, shuffles: int = SHUFFLES
) -> Layout:
    """Lay all tasks, or as many as go together; the first order that lays all is taken.

    Where tasks know their old weeks, they keep them as far as that goes.
    """
    best: Layout | None = None
    for rank in _ranks(problem, tasks, seed, shuffles):
        layout = _lay_in(problem, tasks, rank)
        if not layout.failed:
            return layout
        if best is None or len(layout.failed) < len(best.failed):
            best = layout
    return best or Layout(Weeks(problem).laid)


def _lay_in(problem: Problem, tasks: Sequence[Task], rank: Mapping[str, float]) -> Layout:
    """Lay tasks by rank, the smallest first, but never before what they wait for."""
    begun = {t.activity.key for t in tasks if left(problem, t.activity) > NEARLY}
    weeks = Weeks(problem, begun)
    chosen = {task.activity.key for task in tasks}
    failed: set[str] = set()
    for task in sorted(tasks, key=lambda task: rank[task.activity.key]):
        one = task.activity
        if one.key in weeks.laid and left(problem, one) <= NEARLY:
            continue
        waits = any(
            key in failed or (key not in weeks.laid and key not in chosen) for key in one.after
        )
        pieces = None if waits else _pieces(problem, weeks, task)
        if pieces is None:
            failed.add(one.key)
            weeks.give_up(one.key)
        else:
            weeks.lay(one.key, pieces)
    return Layout(weeks.laid, tuple(sorted(failed)))


def _pieces(problem: Problem, weeks: Weeks, task: Task) -> _Pieces | None:
    first, last = window(problem, task.activity)
    first = max([first, *(weeks.laid[key].finish + 1 for key in task.activity.after)])
    last = min(last, task.by)
    if task.near is not None and task.near > first:
        found = weeks.fit(task.activity, task.near, last)
        if found is not None:
            return found
    return weeks.fit(task.activity, first, last)


def _ranks(
    problem: Problem, tasks: Sequence[Task], seed: int, shuffles: int
) -> Iterator[dict[str, float]]:
    """The orders to try: each a number by task that never puts a task before what it waits for."""
    order = ordered_tasks(tasks)
    start, finish = _latest(order)
    first = {t.activity.key: _EVENT * bool(t.activity.dates) for t in order}
    first |= {key: 2 * _EVENT for key in problem.held if key in first}  # what has begun goes on
    hours = {task.activity.key: task.activity.hours for task in order}
    if any(task.near is not None for task in order):
        near = {t.activity.key: float(-1 if t.near is None else t.near) for t in order}
        yield _kept(order, near, first)
    yield _kept(order, start, first)
    yield _kept(order, finish, first)
    yield _kept(order, {key: start[key] - hours[key] / 4 for key in start}, first)
    yield _kept(order, {key: -hours[key] for key in start}, first)
    if shuffles:
        chance = np.random.default_rng(seed)
        spread = max(2.0, max(start.values(), default=0.0) / 4)
        for _ in range(shuffles):
            noise = chance.normal(0.0, spread, len(order))
            keys = [task.activity.key for task in order]
            shaken = {key: start[key] + more for key, more in zip(keys, noise, strict=True)}
            yield _kept(order, shaken, first)


def ordered_tasks(tasks: Sequence[Task]) -> list[Task]:
    """The tasks, what is waited for first; what is not among them is left out of sight."""
    by_key = {task.activity.key: task for task in tasks}
    if not any(task.activity.after for task in tasks):
        return list(tasks)
    short = [
        replace(task.activity, after=tuple(key for key in task.activity.after if key in by_key))
        for task in tasks
    ]
    return [by_key[one.key] for one in ordered(short)]


def _latest(order: Sequence[Task]) -> tuple[dict[str, float], dict[str, float]]:
    """The latest start and finish of each task that leaves time for what waits for it."""
    finish = {task.activity.key: float(task.by) for task in order}
    start: dict[str, float] = {}
    for task in reversed(order):
        one = task.activity
        weeks = 1 if one.dates else ceil(one.hours / one.rate - NEARLY)
        start[one.key] = finish[one.key] - weeks + 1
        for key in one.after:
            if key in finish:
                finish[key] = min(finish[key], start[one.key] - 1)
    return start, finish


def _kept(
    order: Sequence[Task], rank: Mapping[str, float], first: Mapping[str, float]
) -> dict[str, float]:
    """The ranks as places in a row, `first` taken off: nothing before what it waits for."""
    wanted = {key: rank[key] - first[key] for key in rank}
    for task in reversed(order):
        for key in task.activity.after:
            if key in wanted:
                wanted[key] = min(wanted[key], wanted[task.activity.key])
    row = sorted(range(len(order)), key=lambda at: (wanted[order[at].activity.key], at))
    return {order[at].activity.key: float(place) for place, at in enumerate(row)}
