"""The model behind `exact`: hours by activity and week, in quarters, for OR-tools' CP-SAT."""

from collections.abc import Sequence
from typing import Any, Final

from ortools.sat.python import cp_model

from coachwork.engine.scheduling.laying import CRUMB, Layout, Task
from coachwork.engine.scheduling.rcpsp import Project, Sequencing
from coachwork.engine.scheduling.reach import charge, window
from coachwork.engine.scheduling.values import Laid, Problem

QUARTERS: Final = 4


def lay(problem: Problem, tasks: Sequence[Task], effort: float) -> Layout | None:
    """All tasks on weeks within their dates, or None where none was found with this effort."""
    new = cp_model.CpModel()
    spans = {task.activity.key: _Span(new, problem, task) for task in tasks}
    for week in range(problem.frozen, problem.weeks):
        here = [span for span in spans.values() if week in span.hours]
        new.add(sum(span.hours[week] for span in here) <= int(problem.capacity[week] * QUARTERS))
        new.add(sum(span.under_way[week] for span in here) <= problem.at_once)
    for task in tasks:
        for key in task.activity.after:
            if key not in spans:
                return None
            new.add(spans[key].finish < spans[task.activity.key].start)
    new.minimize(sum(span.finish for span in spans.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = effort
    if solver.solve(new) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Layout({key: span.laid(solver, key) for key, span in spans.items()})


class _Span:
    """One activity in the model: hours by week, and from when to when it is under way."""

    def __init__(self, new: Any, problem: Problem, task: Task) -> None:
        one = task.activity
        first, last = window(problem, one)
        last = min(last, task.by)
        self.event = one.dates
        self.start = new.new_int_var(0, problem.weeks, "")
        self.finish = new.new_int_var(0, problem.weeks, "")
        self.hours: dict[int, Any] = {}
        self.under_way: dict[int, Any] = {}
        working: dict[int, Any] = {}
        for week in range(first, last + 1):
            taken = new.new_bool_var("")
            working[week] = taken
            self.under_way[week] = new.new_bool_var("")
            new.add_implication(taken, self.under_way[week])
            new.add(self.start <= week).only_enforce_if(taken)
            new.add(self.finish >= week).only_enforce_if(taken)
            self._week(new, problem, one, week, taken)
        self._closed(new, problem, working)
        if one.dates:
            new.add_exactly_one(list(working.values()) or [new.new_constant(0)])
        else:
            new.add(sum(self.hours.values()) == round(one.hours * QUARTERS))

    def _week(self, new: Any, problem: Problem, one: Any, week: int, taken: Any) -> None:
        capacity = int(problem.capacity[week] * QUARTERS)
        if one.dates:
            possible = week in one.dates and capacity > 0
            self.hours[week] = taken * int(charge(problem, one, week) * QUARTERS)
            if not possible:
                new.add(taken == 0)
            return
        most = min(int(one.rate * QUARTERS), capacity)
        spent = new.new_int_var(0, most, "")
        new.add(spent == 0).only_enforce_if(taken.negated())
        new.add(spent >= min(max(1, int(CRUMB * QUARTERS)), max(most, 1))).only_enforce_if(taken)
        self.hours[week] = spent

    def _closed(self, new: Any, problem: Problem, working: dict[int, Any]) -> None:
        """Under way from start to finish without a gap, and no pause longer than allowed."""
        for week, inside in self.under_way.items():
            before, behind = new.new_bool_var(""), new.new_bool_var("")
            new.add(self.start > week).only_enforce_if(before)
            new.add(self.start <= week).only_enforce_if(before.negated())
            new.add(self.finish < week).only_enforce_if(behind)
            new.add(self.finish >= week).only_enforce_if(behind.negated())
            new.add_bool_or(before, behind, inside)
        open_weeks = [week for week in working if problem.capacity[week] > 0]
        length = problem.pause + 1
        for at in range(len(open_weeks) - length - 1):
            run = open_weeks[at : at + length + 2]
            # Work before and after a run of more weeks than a pause may last needs work within.
            new.add_bool_or(
                self.under_way[run[0]].negated(),
                self.under_way[run[-1]].negated(),
                *(working[week] for week in run[1:-1]),
            )

    def laid(self, solver: Any, key: str) -> Laid:
        """What the solver found."""
        found = ((week, solver.value(spent) / QUARTERS) for week, spent in self.hours.items())
        return Laid(key, tuple((week, hours) for week, hours in found if hours > 0))


def sequence(project: Project, known: Sequencing, effort: float) -> Sequencing:
    """The shortest project from a known one on, with what was proved within the effort."""
    new = cp_model.CpModel()
    top = known.length
    starts = [new.new_int_var(0, top, "") for _ in project.jobs]
    end = new.new_int_var(known.bound, top, "")
    blocks = []
    for job, start, hint in zip(project.jobs, starts, known.starts, strict=True):
        new.add(start + job.length <= end)
        new.add_hint(start, hint)
        blocks.append(new.new_fixed_size_interval_var(start, job.length, ""))
        for follower in job.next:
            new.add(starts[follower] >= start + job.length)
    for at, amount in enumerate(project.amounts):
        new.add_cumulative(blocks, [job.demand[at] for job in project.jobs], amount)
    new.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = effort
    if solver.solve(new) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return known
    least = max(known.bound, round(solver.best_objective_bound))
    return Sequencing(tuple(solver.value(one) for one in starts), solver.value(end), least)
