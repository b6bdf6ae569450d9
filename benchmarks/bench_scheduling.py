"""Plans: how long choosing, laying, laying again and explaining take, and how good they are.

Processor seconds of one process. Every plan goes through the tests' own checker. The plain ways
(largest gap first, earliest date first) run on the same cases.
"""

import random
import statistics
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from benchmarks import harness
from benchmarks.scheduling_cases import case
from benchmarks.scheduling_rivals import by_date, by_gap, closed, late_hours
from coachwork.engine.scheduling import (
    explaining,
    planning,
    replanning,
    selection,
    sequencing,
)
from coachwork.engine.scheduling.rcpsp import Job, Project
from coachwork.engine.scheduling.values import Laid, Plan, Problem
from tests.engine.scheduling import checker

CASES = harness.size(30, 2)
LARGE = harness.size(12, 1)
SHORT = 0.55  # of the usual hours, where hours are short
LEFT = 0.6  # of the hours of what has begun, after a slip


Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What comes out, and the processor seconds it took."""
    kept: list[Result] = []
    seconds = harness.spent(lambda: kept.append(work())).cpu_seconds
    return kept[0], seconds


def plans(name: str, problems: list[Problem], most: float) -> list[Plan]:
    """Plan every case; tell times, gaps and faults."""
    found, times, gaps, better, faults = [], [], [], [], 0
    with harness.step(f"planning {name}"):
        for problem in problems:
            plan, seconds = timed(partial(planning.plan, problem))
            times.append(seconds)
            faults += len(checker.faults(problem, plan.by_key))
            later = planning.improve(problem, plan) if len(problem.activities) > 60 else plan
            faults += len(checker.faults(problem, later.by_key))
            gaps.append(gap(plan.cost, later.bound))
            better.append(gap(later.cost, later.bound))
            found.append(plan)
    spread(f"scheduling.{name}.plan", times, "s", most)
    harness.emit(f"scheduling.{name}.gap.median", statistics.median(gaps), "share")
    harness.emit(
        f"scheduling.{name}.gap.p90", harness.percentile(gaps, 0.9), "share", at_most=0.025
    )
    harness.emit(f"scheduling.{name}.improved_gap.p90", harness.percentile(better, 0.9), "share")
    harness.emit(f"scheduling.{name}.faults", faults, "faults", at_most=0)
    return found


def gap(cost: float, bound: float | None) -> float:
    """By what share a plan may be dearer than the best; all of it where nothing is proved."""
    return 1.0 if bound is None else max(0.0, 1 - bound / cost)


def spread(name: str, values: list[float], unit: str, most: float | None = None) -> None:
    harness.emit(f"{name}.median", statistics.median(values), unit)
    harness.emit(f"{name}.p90", harness.percentile(values, 0.9), unit, at_most=most)


def rivals(name: str, problems: list[Problem]) -> None:
    """How much of the gap is closed at its date, and how much work comes too late."""
    ways: dict[str, Callable[[Problem], Mapping[str, Laid]]] = {
        "planner": lambda problem: planning.plan(problem).by_key,
        "by_gap": by_gap,
        "by_date": by_date,
    }
    share: dict[str, float] = {}
    late: dict[str, float] = {}
    for way, work in ways.items():
        with harness.step(f"{way}, {name}"):
            laid = [(problem, work(problem)) for problem in problems]
        share[way] = statistics.fmean(closed(problem, one) for problem, one in laid)
        late[way] = statistics.fmean(late_hours(problem, one) for problem, one in laid)
        hours = statistics.fmean(
            sum(h for one in plan.values() for _, h in one.hours) for _, plan in laid
        )
        harness.emit(f"scheduling.{name}.{way}.hours", hours, "h")
    best = max(share["by_gap"], share["by_date"])
    least = min(late["by_gap"], late["by_date"])
    for way in ways:
        ours, told = way == "planner", f"scheduling.{name}.{way}"
        harness.emit(f"{told}.gap_closed", share[way], "share", at_least=best if ours else None)
        harness.emit(f"{told}.late_work", late[way], "h", at_most=least if ours else None)


def slipped(problem: Problem, plan: Plan, now: int) -> tuple[Problem, Mapping[str, Laid], set[str]]:
    """A quarter on: what was finished in time is done, some of the rest has not been touched."""
    done = {one.key for one in plan.laid if one.finish < now // 2}
    by_key = plan.by_key
    before = {key: laid for key, laid in replanning.later(by_key, now).items() if key not in done}
    left = []
    for one in problem.activities:
        if one.key in done:
            continue
        part = LEFT if one.key in by_key and by_key[one.key].start < now else 1.0
        left.append(
            replace(
                one,
                hours=max(0.5, one.hours * part),
                after=tuple(key for key in one.after if key not in done),
                dates=tuple(week - now for week in one.dates),
            )
        )
    brought = {
        target.key: target.need
        - _lacking(problem, {key: by_key[key].finish for key in done}).get(target.key, 0.0)
        for target in problem.targets
    }
    targets = tuple(
        replace(one, need=one.need - brought[one.key], due=one.due - now) for one in problem.targets
    )
    later = replace(
        problem, capacity=problem.capacity[now:], activities=tuple(left), targets=targets
    )
    overdue = by_key.keys() - before.keys() - done
    return replanning.freeze(later, before), before, overdue


def _lacking(problem: Problem, finished: Mapping[str, int]) -> dict[str, float]:
    return selection.short(problem, finished)


def replans(problems: list[Problem], found: list[Plan]) -> None:
    """After a slip: each tier on every case, and then as they follow each other."""
    slips = [slipped(p, plan, p.weeks // 4) for p, plan in zip(problems, found, strict=True)]
    again = [timed(partial(replanning.relay, p, was, overdue=over)) for p, was, over in slips]
    adjusted = [timed(partial(replanning.adjust, p, was, overdue=over)) for p, was, over in slips]
    tiers = [timed(partial(replanning.replan, p, was, overdue=over)) for p, was, over in slips]
    fresh = [planning.plan(p) for p, _, _ in slips]
    changes = [one.difference.changes for one, _ in adjusted]
    fresh_changes = [
        replanning.difference(was, plan, over).changes
        for (_, was, over), plan in zip(slips, fresh, strict=True)
    ]
    dearer = [
        one.plan.cost / plan.cost - 1 if plan.cost else 0.0
        for (one, _), plan in zip(adjusted, fresh, strict=True)
    ]
    relay = statistics.median(seconds * 1000 for _, seconds in again)
    harness.emit("scheduling.relay.median", relay, "ms", at_most=1.0)
    tell_share("relay.targets_met", [one is not None for one, _ in again])
    spread("scheduling.adjust", [seconds for _, seconds in adjusted], "s", 1.0)
    half = statistics.fmean(fresh_changes) / 2
    harness.emit("scheduling.adjust.changes", statistics.fmean(changes), "activities", at_most=half)
    harness.emit("scheduling.afresh.changes", statistics.fmean(fresh_changes), "activities")
    harness.emit("scheduling.adjust.dearer", statistics.median(dearer), "share", at_most=0.01)
    tell_share("adjust.targets_met", [not one.plan.short for one, _ in adjusted])
    tell_share("afresh.targets_met", [not plan.short for plan in fresh])
    spread("scheduling.replan", [seconds for _, seconds in tiers], "s", 1.0)
    tell_share("replan.same_set", [one.how == replanning.SAME for one, _ in tiers])
    faults = sum(
        len(checker.faults(p, one.plan.by_key))
        for (p, _, _), way in zip(slips, zip(adjusted, tiers, strict=True), strict=True)
        for one, _ in way
    )
    harness.emit("scheduling.replan.faults", faults, "faults", at_most=0)


def tell_share(name: str, held: list[bool]) -> None:
    harness.emit(f"scheduling.{name}", statistics.fmean(held), "share of cases")


def explanations(problems: list[Problem]) -> None:
    """How long it takes to say why not everything fits, where it does not."""
    times, ways = [], []
    with harness.step("explaining"):
        for problem in problems:
            answer, seconds = timed(partial(explaining.explain, problem))
            if not answer.fits:
                times.append(seconds)
                ways.append(len(answer.ways))
    if times:
        harness.emit("scheduling.explain.cases", len(times), "cases")
        harness.emit("scheduling.explain.median", statistics.median(times), "s", at_most=1.0)
        harness.emit("scheduling.explain.p90", harness.percentile(times, 0.9), "s")
        harness.emit("scheduling.explain.ways", statistics.fmean(ways), "ways")


def projects(number: int) -> None:
    """The sequencer on textbook projects of 30 jobs: how far above the bound it ends."""
    above, times, proved = [], [], 0
    for seed in range(number):
        project = textbook(30, seed)
        found, seconds = timed(partial(sequencing.sequence, project))
        times.append(seconds)
        above.append(found.length / found.bound - 1)
        proved += found.proved
    spread("scheduling.sequence", times, "s")
    harness.emit("scheduling.sequence.above_bound", statistics.fmean(above), "share")
    harness.emit("scheduling.sequence.proved", proved / number, "share")


def textbook(jobs: int, seed: int) -> Project:
    """A random project with four resources."""
    chance = random.Random(f"project {seed}")
    last = jobs + 1
    made = [Job(0, (0,) * 4, tuple(range(1, last)))]
    for at in range(1, last):
        near = range(at + 1, min(last, at + 12))
        followers = sorted(chance.sample(near, min(len(near), chance.randint(1, 3))))
        demand = tuple(chance.choice([0, 0, chance.randint(1, 10)]) for _ in range(4))
        made.append(Job(chance.randint(1, 10), demand, (*followers, last)))
    return Project((*made, Job(0, (0,) * 4, ())), (14, 13, 15, 12))


def main() -> None:
    planning.plan(case(10, 10, 0))  # SciPy is read once a process
    usual = [case(60, 52, seed) for seed in range(CASES)]
    found = plans("60x52", usual, 1.0)
    plans("500x52", [case(500, 52, seed) for seed in range(LARGE)], 1.6)
    scarce = [replace(p, capacity=tuple(h * SHORT for h in p.capacity)) for p in usual]
    rivals("usual_hours", usual)
    rivals("short_hours", scarce)
    replans(usual, found)
    halves = [case(60, 26, seed) for seed in range(CASES)]
    explanations([replace(p, capacity=tuple(h * SHORT for h in p.capacity)) for p in halves])
    projects(harness.size(20, 2))
    harness.conclude()


if __name__ == "__main__":
    main()
