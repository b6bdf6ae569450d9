"""A plan after life got in the way: the same set laid again, or else the fewest changes.

Nothing here changes a plan. The answer is a proposal with its difference from the plan before; it
counts when the person accepts it. Weeks before `Problem.frozen` stay as they were promised.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from coachwork.engine.scheduling.laying import Task, lay
from coachwork.engine.scheduling.planning import search
from coachwork.engine.scheduling.reach import checked, reach
from coachwork.engine.scheduling.selection import Asked, cost, short
from coachwork.engine.scheduling.values import NEARLY, Laid, Plan, Problem

FROZEN: Final = 2  # weeks: this one and the next

SAME: Final = "same_set"  # laid again, nothing taken in or out
FEWEST: Final = "fewest_changes"
AFRESH: Final = "afresh"


@dataclass(frozen=True, slots=True)
class Move:
    """Weeks that change, as (first week, last week); before is None where its weeks were over."""

    key: str
    before: tuple[int, int] | None
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a proposal changes: keys taken in and out, and moves in order of the new weeks."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()

    @property
    def changes(self) -> int:
        """How many activities come in or go."""
        return len(self.added) + len(self.removed)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new plan, how it was found (same_set, fewest_changes or afresh), and what it changes."""

    how: str
    plan: Plan
    difference: Difference


def later(before: Mapping[str, Laid], weeks: int) -> dict[str, Laid]:
    """A plan as it reads some weeks on: weeks counted anew, those that are over left out."""
    return {
        key: Laid(key, hours)
        for key, laid in before.items()
        if (hours := tuple((week - weeks, spent) for week, spent in laid.hours if week >= weeks))
    }


def freeze(problem: Problem, before: Mapping[str, Laid], *, weeks: int = FROZEN) -> Problem:
    """The question with everything kept that the plan before promises for the first weeks.

    What is promised is held up to the hours that are still to do.
    """
    weeks = min(weeks, problem.weeks)
    by_key = {one.key: one for one in problem.activities}
    held: dict[str, dict[int, float]] = {}
    for key, laid in before.items():
        rest = by_key[key].hours if key in by_key else 0.0
        for week, hours in laid.hours:
            spent = min(hours, rest)
            if week < weeks and spent > NEARLY:
                held.setdefault(key, {})[week] = spent
                rest -= spent
    return replace(problem, frozen=weeks, held=held)


def replan(
    problem: Problem,
    before: Mapping[str, Laid],
    *,
    overdue: Collection[str] = (),
    seed: int = 0,
) -> Proposal:
    """The plan to propose after a slip, by the first of three ways that misses no target.

    `before` are the weeks of the plan as it is, counted like those of `problem`, which holds only
    what is left to do; `overdue` are activities of the plan whose weeks are over and which are not
    finished. Where every way misses something, the cheapest answer is taken. Errors as
    for `plan`.
    """
    checked(problem)
    again = relay(problem, before, overdue=overdue, seed=seed)
    if again is not None:
        return again
    fewest = adjust(problem, before, overdue=overdue, seed=seed)
    if not fewest.plan.short:
        return fewest
    afresh = search(problem, reach(problem), Asked(), seed=seed)
    # A point or two is not worth a new plan: as long as it is nearly as good, the old set stays.
    if afresh.cost < fewest.plan.cost * 0.99:
        return Proposal(AFRESH, afresh, difference(before, afresh, overdue))
    return fewest


def adjust(
    problem: Problem,
    before: Mapping[str, Laid],
    *,
    overdue: Collection[str] = (),
    seed: int = 0,
) -> Proposal:
    """A new choice that changes as little as is worth it, near the weeks of the plan before."""
    near = {key: laid.start for key, laid in before.items()}
    asked = Asked(stay=frozenset(before) | frozenset(overdue))
    plan = search(problem, reach(problem), asked, near=near, seed=seed)
    return Proposal(FEWEST, plan, difference(before, plan, overdue))


def relay(
    problem: Problem,
    before: Mapping[str, Laid],
    *,
    overdue: Collection[str] = (),
    seed: int = 0,
) -> Proposal | None:
    """The same set on new weeks, without any choice; None where a target would be missed."""
    ours = {*before, *overdue}
    chosen = [one for one in problem.activities if one.key in ours or one.required]
    if any(key not in {one.key for one in chosen} for one in chosen for key in one.after):
        return None
    due = {target.key: target.due for target in problem.targets}
    last = problem.weeks - 1
    tasks = [
        Task(
            one,
            min(last, max((due[key] for key in one.gains), default=last)),
            before[one.key].start if one.key in before else None,
        )
        for one in chosen
    ]
    layout = lay(problem, tasks, seed=seed, shuffles=0)
    if layout.failed:
        return None
    finish = {key: laid.finish for key, laid in layout.laid.items()}
    missing = short(problem, finish)
    if missing:
        return None
    laid = tuple(sorted(layout.laid.values(), key=lambda one: (one.start, one.finish, one.key)))
    plan = Plan(laid, missing, cost(problem, finish, laid, missing), None, rounds=0)
    return Proposal(SAME, plan, difference(before, plan, overdue))


def difference(
    before: Mapping[str, Laid], after: Plan, overdue: Collection[str] = ()
) -> Difference:
    """What changes between two plans on the same weeks."""
    now = after.by_key
    ours = {*before, *overdue}
    moves = [
        Move(key, (was.start, was.finish) if was else None, (laid.start, laid.finish))
        for key, laid in now.items()
        if key in ours and ((was := before.get(key)) is None or was.hours != laid.hours)
    ]
    return Difference(
        added=tuple(sorted(now.keys() - ours)),
        removed=tuple(sorted(ours - now.keys())),
        moved=tuple(sorted(moves, key=lambda move: (move.after, move.key))),
    )
