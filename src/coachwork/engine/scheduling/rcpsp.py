"""Project scheduling as the textbooks put it, so that the sequencer can be held to known answers.

Jobs of fixed length that need several renewable resources and follow each other; the aim is the
shortest project. Instances come in the format of PSPLIB (.sm, one mode). The way of laying is that
of `laying`: one after the other, each as early as it goes; here with a search over the orders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from coachwork.engine.scheduling.errors import PlanningError

_RULE: Final = "***"


@dataclass(frozen=True, slots=True)
class Job:
    """Length in periods, demand of each resource, and the numbers of the jobs that follow."""

    length: int
    demand: tuple[int, ...]
    next: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """Jobs by number, from 0, and the amount of each resource; first and last are mostly empty."""

    jobs: tuple[Job, ...]
    amounts: tuple[int, ...]

    def __post_init__(self) -> None:
        number = len(self.jobs)
        for job in self.jobs:
            if any(not 0 <= follower < number for follower in job.next):
                raise PlanningError("A job is followed by one that is not there.")
            if any(need > have for need, have in zip(job.demand, self.amounts, strict=True)):
                raise PlanningError("A job needs more of a resource than there is.")

    @property
    def horizon(self) -> int:
        """The length of all jobs one after the other."""
        return sum(job.length for job in self.jobs)

    def before(self) -> list[list[int]]:
        """For every job, the jobs that it follows."""
        found: list[list[int]] = [[] for _ in self.jobs]
        for number, job in enumerate(self.jobs):
            for follower in job.next:
                found[follower].append(number)
        return found


def read(text: str) -> Project:
    """A project from the text of a .sm file; PlanningError where it is not one."""
    try:
        parts = _sections(text)
        next_by = dict(_successors(parts["PRECEDENCE RELATIONS"]))
        rows = [list(map(int, line.split())) for line in _rows(parts["REQUESTS/DURATIONS"])]
        amounts = tuple(map(int, _rows(parts["RESOURCEAVAILABILITIES"])[-1].split()))
        jobs = tuple(Job(row[2], tuple(row[3 : 3 + len(amounts)]), next_by[row[0]]) for row in rows)
    except (KeyError, IndexError, ValueError) as wrong:
        raise PlanningError("This is no project in the .sm format, one mode a job.") from wrong
    return Project(jobs, amounts)


def _sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith(_RULE):
            name = ""
        elif not name and bare.endswith(":"):
            name = bare.removesuffix(":")
            found[name] = []
        elif name and bare:
            found[name].append(bare)
    return found


def _rows(lines: list[str]) -> list[str]:
    return [line for line in lines if line[0].isdigit()]


def _successors(lines: list[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for line in _rows(lines):
        number, modes, followers, *names = map(int, line.split())
        if modes != 1 or followers != len(names):
            raise ValueError(line)
        yield number, tuple(name - 1 for name in names)


@dataclass(frozen=True, slots=True)
class Sequencing:
    """Starts by job, the length of the project, and the length that none can be shorter than."""

    starts: tuple[int, ...]
    length: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether no project can be shorter."""
        return self.length == self.bound
