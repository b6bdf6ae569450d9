"""Why not everything fits, and what would make it fit: each way tried on the calendar first.

The program of `selection` says what is missing at least; the calendar may ask for more. So every
way is laid on real weeks, and made half an hour, a week or a few points larger until it goes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from statistics import median
from typing import Final

from coachwork.engine.scheduling.kernel import kernel
from coachwork.engine.scheduling.laying import Layout
from coachwork.engine.scheduling.planning import MOST_ROUNDS, Search, plan, without_failed
from coachwork.engine.scheduling.points import together
from coachwork.engine.scheduling.reach import checked, reach
from coachwork.engine.scheduling.selection import (
    ANY,
    BUDGET,
    FEW_HOURS,
    HOURS,
    TARGETS,
    Asked,
    Model,
    model,
    short,
)
from coachwork.engine.scheduling.solver import relax, solve
from coachwork.engine.scheduling.values import NEARLY, Problem, Trouble

STEP: Final = 0.5  # hours a week
MOST_HOURS: Final = 10.0
MOST_WEEKS: Final = 26
ROUGH: Final = 6  # one in so many steps is near enough
NEAR: Final = 0.1
FEW_NODES: Final = 1  # an answer that takes longer to find is taken for none
EASY: Final = 0.9  # a share of the best that is near enough when only a yes or no is wanted


@dataclass(frozen=True, slots=True)
class Way:
    """One change that was seen to make the plan work.

    Exactly one is set: `hours` more in every week that has hours, `weeks` more for every target,
    `money` more, or points fewer of some targets (`lower`).
    """

    hours: float | None = None
    weeks: int | None = None
    money: float | None = None
    lower: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether all targets can be met together; if not, why, and the ways out that were verified.

    `clash` names targets that cannot be met together while any one fewer of them could.
    `out_of_reach` are targets that all activities together do not reach, with the points they do.
    """

    fits: bool
    ways: tuple[Way, ...] = ()
    clash: tuple[str, ...] = ()
    out_of_reach: Mapping[str, float] | None = None
    troubles: tuple[Trouble, ...] = ()


def explain(problem: Problem) -> Explanation:
    """Whether every target can be met; if not, why not and what would help. Errors as `plan`."""
    checked(problem)
    if meets(problem):
        return Explanation(fits=True)
    beyond = out_of_reach(problem)
    ways = [] if beyond else [more_hours(problem), more_weeks(problem), more_money(problem)]
    ways.append(lower(problem))
    return Explanation(
        fits=False,
        ways=tuple(way for way in ways if way is not None),
        clash=tuple(beyond) or clash(problem),
        out_of_reach=beyond,
        troubles=reach(problem).troubles,
    )


def meets(problem: Problem, hard: Iterable[str] | None = None) -> bool:
    """Whether these targets (all, if none are named) can be met on the real calendar."""
    looking = _search(problem, hard)
    wanted = looking.asked.hard
    if relax(model(problem, looking.found, looking.options, looking.asked).program).impossible:
        return False
    while looking.rounds < MOST_ROUNDS:
        chosen = looking.choose()
        if chosen is None:
            return False
        layout = looking.lay(chosen)
        if not layout.failed:
            return not wanted & _missing(problem, layout).keys()
        looking.learn(chosen, layout.failed)
    return False


def choice(problem: Problem) -> dict[str, int] | None:
    """A choice that could meet all targets, found quickly: the calendar has not been asked."""
    looking = _search(problem)
    looking.nodes = FEW_NODES
    return looking.choose()


def lays(problem: Problem, chosen: Mapping[str, int]) -> bool:
    """Whether the choice goes on the real calendar and meets all targets there."""
    layout = _search(problem).lay(chosen)
    return not layout.failed and not _missing(problem, layout)


def _search(problem: Problem, hard: Iterable[str] | None = None) -> Search:
    found = reach(problem)
    options, _ = kernel(problem, found)
    wanted = frozenset(one.key for one in problem.targets) if hard is None else frozenset(hard)
    asked = Asked(hard=wanted, slack=FEW_HOURS)
    return Search(problem, found, options, None, asked, allowed=EASY)


def _missing(problem: Problem, layout: Layout) -> dict[str, float]:
    return short(problem, {key: laid.finish for key, laid in layout.laid.items()})


def out_of_reach(problem: Problem) -> dict[str, float]:
    """Targets that all activities together do not reach, with what they bring at most."""
    possible = reach(problem)
    found = {}
    for target in problem.targets:
        gains: dict[str, list[float]] = {}
        for one in possible.order:
            if target.key in one.gains and possible.finish[one.key] <= target.due:
                gains.setdefault(one.kind, []).append(one.gains[target.key])
        most = sum(together(one) for one in gains.values())
        if most < target.need - NEARLY:
            found[target.key] = most
    return found


def more_hours(problem: Problem) -> Way | None:
    """More hours a week with which everything fits, in steps of half an hour from the least up."""
    widest = with_hours(problem, MOST_HOURS)
    least = _least(problem, reach(widest).finish, HOURS)
    if least is None:
        return None
    first = max(1, ceil(least / STEP - NEARLY))
    steps = range(first, int(MOST_HOURS / STEP) + 1)
    found = _climbed(lambda step: with_hours(problem, step * STEP), steps, lambda by, _: by)
    return None if found is None else Way(hours=found * STEP)


def more_money(problem: Problem) -> Way | None:
    """The least money, in whole numbers, with which everything fits; None where it is no matter."""
    if problem.money is None:
        return None
    least = _least(problem, reach(problem).finish, BUDGET)
    if least is None:
        return None
    # A solver's rounding is not the person's: the first whole number at or above it.
    extra = float(max(1, ceil(least - NEARLY)))
    richer = replace(problem, money=problem.money + extra)
    chosen = choice(richer)
    return Way(money=extra) if chosen is not None and lays(richer, chosen) else None


def more_weeks(problem: Problem) -> Way | None:
    """By how many weeks all dates must move for everything to fit: the fewest, or close to it."""
    if not _possible(with_weeks(problem, MOST_WEEKS)):
        return None
    low, high = 0, MOST_WEEKS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _possible(with_weeks(problem, middle)) else (middle, high)
    found = _climbed(
        lambda extra: with_weeks(problem, extra),
        range(high, MOST_WEEKS + 1),
        lambda by, more: {key: date + more for key, date in by.items()},
    )
    return None if found is None else Way(weeks=found)


Choice = dict[str, int]


def _climbed(
    wider: Callable[[int], Problem], steps: range, moved: Callable[[Choice, int], Choice]
) -> int | None:
    """The first step at which something can be chosen and what was chosen goes on the calendar.

    Choosing is dear and laying cheap, so that the choice is looked for in leaps, and only laid
    again from there on: what could be chosen with less can be chosen with more.
    """
    found: dict[int, Choice | None] = {}

    def able(step: int) -> bool:
        found[step] = choice(wider(step))
        return found[step] is not None

    step = _least_step(able, steps)
    if step is None:
        return None
    chosen = found[step]
    assert chosen is not None
    tries = range(step, steps.stop)
    return next((to for to in tries if lays(wider(to), moved(chosen, to - step))), None)


def _least_step(able: Callable[[int], bool], steps: range) -> int | None:
    """The first step that is able, where all that follow are too: by leaps, then by halves.

    Far out a step more or less is no matter, and the steps just before are the hardest to refuse.
    """
    failed, tried, leap = steps.start - 1, steps.start, 1
    while not able(tried):
        if tried == steps.stop - 1:
            return None
        failed, tried, leap = tried, min(tried + leap, steps.stop - 1), leap * 2
    while tried - failed > max(1, tried // ROUGH):
        middle = (failed + tried) // 2
        if able(middle):
            tried = middle
        else:
            failed = middle
    return tried


def lower(problem: Problem) -> Way:
    """By how many points to lower which targets: what the best plan misses, in whole points.

    That plan is on the calendar, so that what it misses is all that need be given up.
    """
    found = reach(problem)
    options, _ = kernel(problem, found)
    looking = Search(
        problem, found, options, None, Asked(slack=TARGETS), allowed=NEAR, nodes=FEW_NODES
    )
    chosen = looking.choose()
    if chosen is not None:
        looking.keep(without_failed(looking, chosen, looking.lay(chosen)))
    best = looking.plan or plan(problem)
    return Way(lower={key: float(ceil(points)) for key, points in best.short.items()} or None)


def with_hours(problem: Problem, extra: float) -> Problem:
    """The question with more hours in every week that has hours and is not frozen."""
    capacity = tuple(
        hours + extra if hours > 0 and week >= problem.frozen else hours
        for week, hours in enumerate(problem.capacity)
    )
    return replace(problem, capacity=capacity)


def with_weeks(problem: Problem, extra: int) -> Problem:
    """The question with every date later; the weeks beyond have the hours of a usual week."""
    usual = median([hours for hours in problem.capacity if hours > 0] or [0.0])
    return replace(
        problem,
        capacity=problem.capacity + (usual,) * extra,
        targets=tuple(replace(one, due=one.due + extra) for one in problem.targets),
    )


def with_lower(problem: Problem, fewer: Mapping[str, float]) -> Problem:
    """The question with fewer points asked of some targets."""
    targets = tuple(
        replace(one, need=max(0.0, one.need - fewer.get(one.key, 0.0))) for one in problem.targets
    )
    return replace(problem, targets=targets)


def clash(problem: Problem) -> tuple[str, ...]:
    """Targets that cannot be met together, none of which can be left out of the reason."""
    kept = [one.key for one in problem.targets]
    possible = _relaxed_test(problem)
    # The calendar is asked only where the program alone does not see the clash.
    test = possible if not possible(kept) else (lambda keys: meets(problem, keys))
    for target in sorted(problem.targets, key=lambda one: one.importance):
        fewer = [key for key in kept if key != target.key]
        if not test(fewer):
            kept = fewer
    return tuple(kept)


def _possible(problem: Problem) -> bool:
    """Whether all targets could be met if activities could be done in part."""
    found = reach(problem)
    options, _ = kernel(problem, found)
    asked = Asked(hard=frozenset(one.key for one in problem.targets), slack=ANY)
    return not relax(model(problem, found, options, asked).program).impossible


def _relaxed_test(problem: Problem) -> Callable[[list[str]], bool]:
    found = reach(problem)
    options, _ = kernel(problem, found)

    def possible(keys: list[str]) -> bool:
        written = model(problem, found, options, Asked(hard=frozenset(keys), slack=ANY))
        return not solve(written.program, gap=EASY, nodes=FEW_NODES).impossible

    return possible


def _least(problem: Problem, earliest: Mapping[str, int], slack: str) -> float | None:
    """How much of one thing is missing at least; None where it alone does not help."""
    written = _written(problem, earliest, slack)
    answer = (
        relax(written.program)
        if slack == HOURS
        else solve(written.program, gap=NEAR, nodes=FEW_NODES)
    )
    return None if answer.values is None else max(0.0, float(answer.values[written.slack]))


def _written(problem: Problem, earliest: Mapping[str, int], slack: str) -> Model:
    found = reach(with_hours(problem, MOST_HOURS) if slack == HOURS else problem)
    options, _ = kernel(problem, found)
    hard = frozenset() if slack == TARGETS else frozenset(one.key for one in problem.targets)
    return model(problem, replace(found, finish=earliest), options, Asked(hard=hard, slack=slack))
