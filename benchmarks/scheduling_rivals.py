"""Two plain ways of planning, for comparison: the largest gap first, and the earliest date first.

Both take, for the target whose turn it is, what brings most points an hour, lay it (and what it
waits for) as early as it goes, and stop for a target when it has its points on paper.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import fsum

from coachwork.engine.scheduling.laying import Weeks
from coachwork.engine.scheduling.points import together
from coachwork.engine.scheduling.reach import reach, window
from coachwork.engine.scheduling.selection import short
from coachwork.engine.scheduling.values import Activity, Laid, Problem, Target

Turn = Callable[[Target, float], float]


def by_gap(problem: Problem) -> Mapping[str, Laid]:
    """The target with the most important gap has its turn."""
    return _Rival(problem, lambda target, missing: -target.importance * missing).plan()


def by_date(problem: Problem) -> Mapping[str, Laid]:
    """The target whose date is first has its turn."""
    return _Rival(problem, lambda target, missing: float(target.due)).plan()


def closed(problem: Problem, laid: Mapping[str, Laid]) -> float:
    """The share of all points asked, by importance, that is there at each target's date."""
    missing = short(problem, {key: one.finish for key, one in laid.items()})
    asked = fsum(one.importance * one.need for one in problem.targets)
    lacking = fsum(one.importance * missing.get(one.key, 0.0) for one in problem.targets)
    return 1 - lacking / asked


def late_hours(problem: Problem, laid: Mapping[str, Laid]) -> float:
    """Hours of activities that are finished after the date of everything that they are for."""
    due = {target.key: target.due for target in problem.targets}
    by_key = {one.key: one for one in problem.activities}
    return fsum(
        fsum(hours for _, hours in one.hours)
        for key, one in laid.items()
        if one.finish > max((due[target] for target in by_key[key].gains), default=problem.weeks)
    )


@dataclass
class _Rival:
    problem: Problem
    turn: Turn
    weeks: Weeks = field(init=False)
    gains: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    spent: float = 0.0

    def __post_init__(self) -> None:
        self.weeks = Weeks(self.problem)
        self.possible = {one.key: one for one in reach(self.problem).order}

    def plan(self) -> Mapping[str, Laid]:
        open_targets = {target.key: target for target in self.problem.targets}
        while open_targets:
            missing = {key: self._missing(target) for key, target in open_targets.items()}
            open_targets = {key: t for key, t in open_targets.items() if missing[key] > 1e-6}
            if not open_targets:
                break
            chosen = min(open_targets.values(), key=lambda t: self.turn(t, missing[t.key]))
            if not self._take_best(chosen):
                del open_targets[chosen.key]
        return self.weeks.laid

    def _missing(self, target: Target) -> float:
        found = (gains for (key, _), gains in self.gains.items() if key == target.key)
        return target.need - fsum(together(one) for one in found)

    def _take_best(self, target: Target) -> bool:
        options = [
            one
            for one in self.possible.values()
            if one.gains.get(target.key) and one.key not in self.weeks.laid
        ]
        options.sort(key=lambda one: -one.gains[target.key] / one.hours)
        return any(self._take(one) for one in options)

    def _take(self, one: Activity) -> bool:
        """Lay an activity after what it waits for; whether that went."""
        for key in one.after:
            if key not in self.weeks.laid and not self._take(self.possible[key]):
                return False
        if self.spent + one.cost > (self.problem.money or float("inf")):
            return False
        first, last = window(self.problem, one)
        first = max([first, *(self.weeks.laid[key].finish + 1 for key in one.after)])
        pieces = self.weeks.fit(one, first, last)
        if pieces is None:
            return False
        self.weeks.lay(one.key, pieces)
        self.spent += one.cost
        for key, points in one.gains.items():
            self.gains.setdefault((key, one.kind), []).append(points)
        return True
