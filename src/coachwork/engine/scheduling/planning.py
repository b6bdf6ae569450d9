"""A plan: choose, lay on weeks, and where that does not go, choose again knowing why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Final

from coachwork.engine.scheduling import exact
from coachwork.engine.scheduling.kernel import kernel, too_dear, useful
from coachwork.engine.scheduling.laying import Layout, Task, lay
from coachwork.engine.scheduling.reach import Reach, checked, reach
from coachwork.engine.scheduling.selection import Asked, cost, loosened, model, short
from coachwork.engine.scheduling.solver import NODES, solve
from coachwork.engine.scheduling.values import (
    LATE,
    NEARLY,
    NO_ROOM,
    Activity,
    Plan,
    Problem,
    Trouble,
)

GAP: Final = 0.02  # nearer took half as long again and changed no plan of the benchmark
PATIENT: Final = 20_000  # nodes, in the background
MOST_ROUNDS: Final = 4
TIGHTER: Final = 0.92
NOTHING: Final = Asked()


@dataclass(slots=True)
class Search:
    """One search for a plan: the question, what was learnt on the way, the best plan so far."""

    problem: Problem
    found: Reach
    options: set[str]
    outside: float | None
    asked: Asked = NOTHING
    near: Mapping[str, int] = field(default_factory=dict)
    seed: int = 0
    allowed: float | None = None  # the gap that is near enough
    nodes: int = NODES
    bound: float | None = None
    rounds: int = 0
    plan: Plan | None = None

    def choose(self) -> dict[str, int] | None:
        """The activities to take, each with its date; None where no choice is possible."""
        self.rounds += 1
        written = model(self.problem, self.found, self.options, self.asked)
        answer = solve(written.program, gap=self.allowed or GAP, nodes=self.nodes)
        if self.rounds == 1 and self.asked.stay is None and not answer.impossible:
            self._prove(answer.bound)
        if answer.values is None:
            return None
        return loosened(self.problem, written.chosen(answer.values), written.dates)

    def _prove(self, bound: float) -> None:
        if self.outside is not None:
            bound = min(bound, self.outside)
        self.bound = bound if bound > float("-inf") else None

    def lay(self, chosen: Mapping[str, int]) -> Layout:
        """Lay the chosen activities; by the exact solver where that is installed and needed."""
        tasks = [
            Task(one, chosen[one.key], self.near.get(one.key))
            for one in self.found.order
            if one.key in chosen
        ]
        layout = lay(self.problem, tasks, seed=self.seed)
        if layout.failed:
            return exact.lay(self.problem, tasks) or layout
        return layout

    def learn(self, chosen: Mapping[str, int], failed: Sequence[str]) -> None:
        """Forbid the choice that could not be laid, and trust the hours up to its date less."""
        by = min(chosen[key] for key in failed if key in chosen)
        cut = tuple((key, date) for key, date in chosen.items() if date <= by)
        tight = {**self.asked.tight, by: self.asked.tight.get(by, 1.0) * TIGHTER}
        self.asked = replace(self.asked, cuts=(*self.asked.cuts, cut), tight=tight)

    def keep(self, layout: Layout) -> None:
        """Remember a plan if it is the cheapest so far."""
        plan = finished(self.problem, self.found, layout, self.bound, self.rounds)
        if self.plan is None or plan.cost < self.plan.cost:
            self.plan = plan


def plan(problem: Problem, *, seed: int = 0) -> Plan:
    """The best plan that was found, with what it misses, what is left out and why, and its gap.

    PlanningError where the question makes no sense, CircularError where activities wait for each
    other; everything else is told in `Plan.troubles`.
    """
    checked(problem)
    return search(problem, reach(problem), NOTHING, seed=seed)


def improve(problem: Problem, quick: Plan, *, nodes: int = PATIENT, seed: int = 0) -> Plan:
    """The same plan, or a cheaper one, with a closer bound: decided about everything at once.

    Of a large catalogue `plan` decides about a part. This takes seconds: for the background.
    """
    found = reach(problem)
    options = useful(problem, found) - too_dear(problem, found, quick.cost)
    looking = Search(problem, found, options, None, seed=seed, allowed=GAP / 4, nodes=nodes)
    chosen = looking.choose()
    # What was left out makes every plan dearer than the quick one.
    bounds = [one for one in (looking.bound, quick.bound) if one is not None]
    bound = min(max(bounds), quick.cost) if bounds else None
    if chosen is not None:
        layout = looking.lay(chosen)
        if not layout.failed:
            looking.keep(layout)
    better = looking.plan
    return replace(quick if better is None or better.cost >= quick.cost else better, bound=bound)


def search(
    problem: Problem,
    found: Reach,
    asked: Asked,
    *,
    near: Mapping[str, int] | None = None,
    seed: int = 0,
) -> Plan:
    """Choose and lay, at most `MOST_ROUNDS` times; at last without what cannot be laid."""
    options, outside = kernel(problem, found, asked)
    looking = Search(problem, found, options, outside, asked, near or {}, seed)
    last: tuple[dict[str, int], Layout] | None = None
    while looking.rounds < MOST_ROUNDS:
        chosen = looking.choose()
        if chosen is None:
            break
        layout = looking.lay(chosen)
        last = (chosen, layout)
        if not layout.failed:
            looking.keep(layout)
            break
        looking.keep(without_failed(looking, chosen, layout))
        looking.learn(chosen, layout.failed)
    if last is None:
        chosen = {one.key: problem.weeks - 1 for one in found.order if one.required}
        looking.keep(without_failed(looking, chosen, looking.lay(chosen)))
    assert looking.plan is not None
    return looking.plan


def without_failed(looking: Search, chosen: Mapping[str, int], layout: Layout) -> Layout:
    """What is left when what could not be laid goes; what is required may be late instead."""
    if not layout.failed:
        return layout
    last = looking.problem.weeks - 1
    must = {one.key for one in looking.found.order if one.required}
    by = {key: last if key in layout.failed else date for key, date in chosen.items()}
    for _ in chosen:
        gone = [key for key in layout.failed if key not in must] or list(layout.failed)
        kept = {key: date for key, date in by.items() if key not in gone or key in must}
        if kept == by:
            kept = {key: last for key in by}
            if kept == by:
                return layout
        by, layout = kept, looking.lay(kept)
        if not layout.failed:
            break
    return layout


def finished(
    problem: Problem, found: Reach, layout: Layout, bound: float | None, rounds: int
) -> Plan:
    """A layout as a plan: what it misses, what it costs, and what did not go."""
    by_key = {one.key: one for one in problem.activities}
    whole = {
        key: laid
        for key, laid in layout.laid.items()
        if by_key[key].dates or fsum(h for _, h in laid.hours) >= by_key[key].hours - NEARLY
    }
    missing = short(problem, {key: laid.finish for key, laid in whole.items()})
    row = sorted(layout.laid.values(), key=lambda one: (one.start, one.finish, one.key))
    lost = [Trouble(NO_ROOM, one.key) for one in found.order if _left_out(one, whole)]
    if lost:
        bound = None  # it holds for plans that have all that is required
    troubles = [*found.troubles, *lost]
    troubles += [
        Trouble(LATE, key)
        for key, laid in whole.items()
        if _late(problem, by_key[key], laid.finish)
    ]
    price = cost(problem, found.finish, whole.values(), missing)
    return Plan(tuple(row), missing, price, bound, tuple(troubles), rounds)


def _left_out(one: Activity, laid: Mapping[str, object]) -> bool:
    return one.required and one.key not in laid


def _late(problem: Problem, one: Activity, finish: int) -> bool:
    """Whether it is finished after every target that it is for."""
    due = [target.due for target in problem.targets if one.gains.get(target.key)]
    return bool(due) and finish > max(due)
