"""The shortest project: by a search over orders, and by the exact sequencer where it is installed.

The search breeds lists of jobs (two-point crossover of activity lists after Hartmann 1998), lays
each forward, then pushes it to the right and to the left again (justification after Valls and
others 2005). It ends early where the length equals a bound: the longest chain, or the work that a
resource has to do.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from coachwork.engine.scheduling import exact
from coachwork.engine.scheduling.errors import CircularError
from coachwork.engine.scheduling.rcpsp import Project, Sequencing

POPULATION: Final = 30
SCHEDULES: Final = 3000
EFFORT: Final = 20.0
Order = list[int]


def sequence(
    project: Project, *, schedules: int = SCHEDULES, seed: int = 0, exactly: bool = True
) -> Sequencing:
    """A short project and a bound of its length; CircularError where jobs follow themselves.

    `schedules` limits the search. Where OR-tools is there and `exactly` is wished, what the search
    does not prove is handed on to it.
    """
    search = _Search(project, seed)
    search.run(schedules)
    found = Sequencing(tuple(search.best), search.length, min(search.bound, search.length))
    if found.proved or not (exactly and exact.is_there()):
        return found
    from coachwork.engine.scheduling import exact_model

    return exact_model.sequence(project, found, EFFORT)


def chain(project: Project) -> list[int]:
    """The earliest start of every job if resources were endless."""
    starts = [0] * len(project.jobs)
    for number in _topological(project):
        job = project.jobs[number]
        for follower in job.next:
            starts[follower] = max(starts[follower], starts[number] + job.length)
    return starts


def bound(project: Project) -> int:
    """A length that no project can be below: the longest chain, or the work of one resource."""
    longest = max(s + job.length for s, job in zip(chain(project), project.jobs, strict=True))
    work = [
        -(-sum(job.length * job.demand[at] for job in project.jobs) // amount)
        for at, amount in enumerate(project.amounts)
        if amount
    ]
    return max([longest, *work])


def _topological(project: Project) -> Order:
    waiting = [len(before) for before in project.before()]
    ready = [number for number, count in enumerate(waiting) if not count]
    found: Order = []
    while ready:
        number = ready.pop()
        found.append(number)
        for follower in project.jobs[number].next:
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    if len(found) < len(project.jobs):
        raise CircularError(_loop(project, {n for n, count in enumerate(waiting) if count}))
    return found


def _loop(project: Project, left: set[int]) -> tuple[str, ...]:
    """A loop among the jobs that were never ready: each has a predecessor among them."""
    before = project.before()
    path = [min(left)]
    while True:
        earlier = next(one for one in before[path[-1]] if one in left)
        if earlier in path:
            found = [*path[path.index(earlier) :], earlier]
            return tuple(str(number + 1) for number in reversed(found))
        path.append(earlier)


class _Search:
    """The population, the best project so far, and how many were laid."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project = project
        self.bound = bound(project)
        self.chance = np.random.default_rng(seed)
        self.before = project.before()
        self.after = [list(job.next) for job in project.jobs]
        self.length = project.horizon + 1
        self.best: list[int] = []
        self.laid = 0

    def run(self, schedules: int) -> None:
        latest = self._latest()
        crowd = [self._improved(self._drawn(latest, share)) for share in _shares(POPULATION)]
        while self.laid < schedules and self.length > self.bound:
            crowd.sort(key=lambda one: one[0])
            crowd = crowd[:POPULATION]
            mother, father = self.chance.integers(0, len(crowd), 2)
            # Between equals the better half breeds more.
            child = self._crossed(crowd[min(mother, father)][1], crowd[max(mother, father)][1])
            new = self._improved(self._mutated(child))
            if new not in crowd:
                crowd.append(new)

    def _latest(self) -> list[float]:
        """The latest finish of every job on the longest chain."""
        jobs = self.project.jobs
        finish = [float(self.project.horizon)] * len(jobs)
        for number in reversed(_topological(self.project)):
            for follower in jobs[number].next:
                finish[number] = min(finish[number], finish[follower] - jobs[follower].length)
        return finish

    def _drawn(self, latest: Sequence[float], share: float) -> Order:
        """An order by latest finish, shuffled by a share of the spread."""
        spread = share * (max(latest) - min(latest) + 1)
        noise = self.chance.uniform(0, 1, len(latest)) * spread
        return self._repaired(
            [late + float(more) for late, more in zip(latest, noise, strict=True)]
        )

    def _repaired(self, rank: Sequence[float]) -> Order:
        """The jobs by rank, none before one that it follows."""
        waiting = [len(before) for before in self.before]
        ready = [number for number, count in enumerate(waiting) if not count]
        found: Order = []
        while ready:
            number = min(ready, key=lambda one: (rank[one], one))
            ready.remove(number)
            found.append(number)
            for follower in self.after[number]:
                waiting[follower] -= 1
                if not waiting[follower]:
                    ready.append(follower)
        return found

    def _improved(self, order: Order) -> tuple[int, Order]:
        """Lay, push right, push left; the order that comes out, and its length."""
        starts = self._lay(order, self.before)
        length = self._end(starts)
        self._keep(starts, length)
        jobs = self.project.jobs
        right = sorted(range(len(jobs)), key=lambda n: (-(starts[n] + jobs[n].length), -n))
        right = self._repaired_backwards(right)
        mirrored = self._lay(right, self.after)
        late = [length - start - jobs[n].length for n, start in enumerate(mirrored)]
        again = self._repaired([float(start) for start in late])
        starts = self._lay(again, self.before)
        self._keep(starts, self._end(starts))
        return self._end(starts), self._repaired([float(start) for start in starts])

    def _repaired_backwards(self, order: Order) -> Order:
        place = {number: at for at, number in enumerate(order)}
        waiting = [len(after) for after in self.after]
        ready = [number for number, count in enumerate(waiting) if not count]
        found: Order = []
        while ready:
            number = min(ready, key=lambda one: place[one])
            ready.remove(number)
            found.append(number)
            for earlier in self.before[number]:
                waiting[earlier] -= 1
                if not waiting[earlier]:
                    ready.append(earlier)
        return found

    def _lay(self, order: Order, before: Sequence[Sequence[int]]) -> list[int]:
        """Starts by job: each as early as those before it and the resources allow."""
        jobs, amounts = self.project.jobs, self.project.amounts
        free = [[amount] * (self.project.horizon + 1) for amount in amounts]
        starts = [0] * len(jobs)
        for number in order:
            job = jobs[number]
            start = max((starts[b] + jobs[b].length for b in before[number]), default=0)
            start = _first(free, job.demand, start, job.length)
            for at, need in enumerate(job.demand):
                if need:
                    row = free[at]
                    for period in range(start, start + job.length):
                        row[period] -= need
            starts[number] = start
        self.laid += 1
        return starts

    def _end(self, starts: Sequence[int]) -> int:
        return max(s + job.length for s, job in zip(starts, self.project.jobs, strict=True))

    def _keep(self, starts: list[int], length: int) -> None:
        if length < self.length:
            self.best, self.length = starts, length

    def _crossed(self, mother: Order, father: Order) -> Order:
        """The ends of one order with the middle as the other has it."""
        low, high = sorted(self.chance.integers(0, len(mother) + 1, 2))
        head, tail = mother[:low], set(mother[high:])
        inside = set(head)
        middle = [one for one in father if one not in inside and one not in tail]
        rest = set(middle) | inside
        return [*head, *middle, *(one for one in mother if one not in rest)]

    def _mutated(self, order: Order) -> Order:
        """Neighbours that may change places do so once in twenty times."""
        new = list(order)
        for at in np.flatnonzero(self.chance.random(len(new) - 1) < 0.05):
            if new[at + 1] not in self.after[new[at]]:
                new[at], new[at + 1] = new[at + 1], new[at]
        return self._repaired(_places(new))


def _first(free: list[list[int]], demand: Sequence[int], start: int, length: int) -> int:
    """The first period from which all resources are free for so long."""
    needed = [(row, need) for row, need in zip(free, demand, strict=True) if need]
    period = start
    while period < start + length:
        if any(row[period] < need for row, need in needed):
            start = period + 1
        period += 1
    return start


def _shares(number: int) -> list[float]:
    return [at / number for at in range(number)]


def _places(order: Order) -> list[float]:
    places = [0.0] * len(order)
    for at, number in enumerate(order):
        places[number] = float(at)
    return places
