"""The sequencer reads projects as published and finds lengths that can be checked by hand."""

import itertools
import random

import pytest

from coachwork.engine.scheduling import sequencing
from coachwork.engine.scheduling.errors import CircularError, PlanningError
from coachwork.engine.scheduling.rcpsp import Job, Project, read

# Our own: two jobs of a pair cannot share the three units, so the shortest is 3 + 2 + 4.
SMALL = """\
************************************************************************
file with basedata            : OWN.BAS
initial value random generator: 1
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  9
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      3      0        9        0        9
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           5
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     3       2
  3      1     2       2
  4      1     4       2
  5      1     0       0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
    3
************************************************************************
"""


def test_a_project_is_read_as_it_is_written():
    project = read(SMALL)
    assert project.amounts == (3,)
    assert [job.length for job in project.jobs] == [0, 3, 2, 4, 0]
    assert project.jobs[0].next == (1, 2, 3)
    assert project.horizon == 9


def test_the_shortest_length_is_found():
    assert sequencing.sequence(read(SMALL), exactly=False).length == 9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing of the kind",
        SMALL.replace("  1      1     0       0\n", ""),
        SMALL.replace(
            "   2        1          1           5", "   2        2          1           5"
        ),
        SMALL.replace(
            "   2        1          1           5", "   2        1          1           9"
        ),
        SMALL.replace("    3\n*", "    1\n*"),
    ],
    ids=["empty", "prose", "a job without length", "two modes", "no such job", "too little"],
)
def test_what_is_no_project_is_refused(text):
    with pytest.raises(PlanningError):
        read(text)


def test_jobs_that_follow_themselves_are_named():
    jobs = (Job(1, (1,), (1,)), Job(1, (1,), (2,)), Job(1, (1,), (1,)))
    with pytest.raises(CircularError) as refused:
        sequencing.sequence(Project(jobs, (1,)))
    assert refused.value.loop in {("2", "3", "2"), ("3", "2", "3")}


def project(number, chance):
    """A random project with an empty first and last job."""
    last = number + 1
    jobs = [Job(0, (0, 0), tuple(range(1, last)))]
    for at in range(1, last):
        followers = [later for later in range(at + 1, last) if chance.random() < 0.25]
        demand = (chance.randint(0, 3), chance.randint(0, 3))
        jobs.append(Job(chance.randint(1, 5), demand, (*followers, last)))
    return Project((*jobs, Job(0, (0, 0), ())), (4, 4))


def wrong(project, starts):
    """What is wrong with these starts, worked out period by period."""
    for number, job in enumerate(project.jobs):
        for follower in job.next:
            if starts[follower] < starts[number] + job.length:
                yield f"{follower} before {number}"
    for period in range(project.horizon):
        for at, amount in enumerate(project.amounts):
            used = sum(
                job.demand[at]
                for job, start in zip(project.jobs, starts, strict=True)
                if start <= period < start + job.length
            )
            if used > amount:
                yield f"{used} of {amount} in {period}"


def shortest(project):
    """The best of all orders laid one after the other, which holds an optimum (small ones only)."""
    best = project.horizon
    inner = range(1, len(project.jobs) - 1)
    before = project.before()
    for order in itertools.permutations(inner):
        place = {number: at for at, number in enumerate(order)}
        if any(b in place and place[b] > place[n] for n in order for b in before[n]):
            continue
        starts = {0: 0}
        for number in order:
            start = max(starts[b] + project.jobs[b].length for b in before[number])
            while list(clash(project, starts, number, start)):
                start += 1
            starts[number] = start
        best = min(best, max(start + project.jobs[n].length for n, start in starts.items()))
    return best


def clash(project, starts, number, start):
    job = project.jobs[number]
    for period in range(start, start + job.length):
        for at, amount in enumerate(project.amounts):
            used = sum(
                project.jobs[n].demand[at]
                for n, s in starts.items()
                if s <= period < s + project.jobs[n].length
            )
            if used + job.demand[at] > amount:
                yield period


@pytest.mark.parametrize("seed", range(6))
def test_small_projects_are_as_short_as_the_best_of_all_orders(seed):
    one = project(6, random.Random(seed))
    found = sequencing.sequence(one, schedules=300, exactly=False)
    assert list(wrong(one, found.starts)) == []
    assert found.bound <= found.length == shortest(one)


@pytest.mark.parametrize("seed", range(3))
def test_larger_projects_hold_and_the_bound_is_below(seed):
    one = project(30, random.Random(seed))
    found = sequencing.sequence(one, schedules=200, exactly=False)
    assert list(wrong(one, found.starts)) == []
    assert sequencing.bound(one) <= found.length


def test_the_exact_sequencer_proves_what_the_search_finds():
    pytest.importorskip("ortools", reason="the exact sequencer is not installed")
    one = project(20, random.Random(9))
    found = sequencing.sequence(one, schedules=100)
    assert found.proved
    assert list(wrong(one, found.starts)) == []
