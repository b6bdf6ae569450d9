"""Which activities to take: a mixed-integer program that every real plan satisfies.

Price of a plan: 10 for every hour, half the money, the earliest finish week of each activity
(sooner is better), 40 * importance for every point missing at a target's date, and 2.5 for every
hour that the mix is off. Conditions: hours and work under way up to each date, money, the order,
and points that grow slower with similar activities. Each condition leaves out something that the
calendar asks on top, so the program's bound holds for every plan that can be laid.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, fsum
from typing import Final

from coachwork.engine.scheduling.points import PIECES, together
from coachwork.engine.scheduling.reach import Reach, charge, left
from coachwork.engine.scheduling.solver import Floats, Program
from coachwork.engine.scheduling.values import NEARLY, Activity, Laid, Problem, Target

HOUR: Final = 10.0
MONEY: Final = 0.5
POINT: Final = 40.0
MIX_HOURS: Final = 0.4  # hours off the mix for a price of 1
STAY: Final = 60.0
LITTLE: Final = 0.01  # a price only to choose nothing superfluous

# What may give way when a question has no answer.
HOURS: Final = "hours"
BUDGET: Final = "money"
TARGETS: Final = "targets"
# Or nothing may: then only hours have a price, or nothing has, and any answer is as good.
FEW_HOURS: Final = "few_hours"
ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Asked:
    """How the program is put.

    `hard` are targets that must be met in full; `stay` the activities that are in the plan now,
    each cheaper to keep, all others dearer to add. `cuts` are sets of (activity, date) that could
    not be laid together, `tight` the shares of the hours up to a date that were found usable.
    `slack` names what may give way, and then that alone has a price.
    """

    hard: frozenset[str] = frozenset()
    stay: frozenset[str] | None = None
    cuts: tuple[tuple[tuple[str, int], ...], ...] = ()
    tight: Mapping[int, float] = field(default_factory=dict)
    slack: str = ""


@dataclass(slots=True)
class Model:
    """The program with the columns of what it decides: `done[key][k]`, finished by `dates[k]`.

    Dates between which finishing makes no difference share a column; `never` is a column that is 0,
    for dates before the first that matters.
    """

    problem: Problem
    earliest: Mapping[str, int]
    options: tuple[Activity, ...]
    dates: tuple[int, ...]
    asked: Asked
    matters: Mapping[str, frozenset[int]]
    program: Program = field(default_factory=Program)
    never: int = -1
    done: dict[str, list[int]] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    slack: int = -1

    def chosen(self, values: Floats) -> dict[str, int]:
        """The activities taken, each with the first date by which it must be finished."""
        taken = {}
        for key, columns in self.done.items():
            by = [
                date
                for date, column in zip(self.dates, columns, strict=True)
                if values[column] > 0.5
            ]
            if by:
                taken[key] = by[0]
        return taken


def dates(problem: Problem) -> tuple[int, ...]:
    """The weeks that end a target, and the last week where something must be done whatever for."""
    last = problem.weeks - 1
    found = {min(target.due, last) for target in problem.targets if target.due >= 0}
    if any(one.required for one in problem.activities) or not found:
        found.add(last)
    return tuple(sorted(found))


def model(problem: Problem, reach: Reach, options: Collection[str], asked: Asked) -> Model:
    """Write the program for some of the activities that could be in a plan."""
    ours = tuple(one for one in reach.order if one.key in options)
    when = dates(problem)
    new = Model(problem, reach.finish, ours, when, asked, _matters(problem, ours, when, asked))
    new.never = new.program.column(0.0, 0.0)
    if asked.slack in (HOURS, BUDGET):
        new.slack = new.program.column(1.0)
    for one in ours:
        _activity(new, one)
    _hours(new)
    _points(new)
    if not asked.slack:
        _mix(new)
    for cut in asked.cuts:
        known = [(new.done[key][new.dates.index(by)], 1.0) for key, by in cut if key in new.done]
        if len(known) == len(cut):
            new.program.row(known, len(cut) - 1)
    return new


def activity_price(problem: Problem, one: Activity, finish: int) -> float:
    """The price of doing an activity that could be finished in that week at the earliest."""
    return HOUR * _needed(problem, one) + MONEY * one.cost + finish


def _needed(problem: Problem, one: Activity) -> float:
    """The hours that an activity takes from the client's weeks, at least."""
    if one.dates:
        open_weeks = [w for w in one.dates if 0 <= w < problem.weeks and problem.capacity[w] > 0]
        return min((charge(problem, one, week) for week in open_weeks), default=one.hours)
    return left(problem, one)


def _activity(new: Model, one: Activity) -> None:
    """The columns of an activity, in order of dates, and what it waits for."""
    columns = _columns(new, one)
    new.done[one.key] = columns
    ours = [column for column in dict.fromkeys(columns) if column != new.never]
    if not ours:
        return
    program = new.program
    program.price[ours[-1]] = _price(new, one)
    for before, after in pairwise(ours):
        program.row([(before, 1.0), (after, -1.0)], 0.0)
    if one.required and program.top[ours[-1]]:
        program.low[ours[-1]] = 1.0
    for key in one.after:
        _wait(new, columns, key)


def _columns(new: Model, one: Activity) -> list[int]:
    """The column for each date: its own where that date matters, or else the one before."""
    columns: list[int] = []
    for at, date in enumerate(new.dates):
        if at in new.matters[one.key]:
            top = float(new.earliest[one.key] <= date)
            columns.append(new.program.column(0.0, top, whole=True))
        else:
            columns.append(columns[-1] if columns else new.never)
    return columns


def _wait(new: Model, columns: Sequence[int], key: str) -> None:
    """Finished by no date unless what it waits for is."""
    program = new.program
    for mine, theirs in dict.fromkeys(zip(columns, new.done.get(key, ()), strict=False)):
        if mine != new.never:
            program.row([(mine, 1.0), (theirs, -1.0)], 0.0)
    if key not in new.done and not _settled(new.problem, key):
        for mine in columns:
            program.top[mine] = program.low[mine] = 0.0


def _matters(
    problem: Problem, ours: Sequence[Activity], when: Sequence[int], asked: Asked
) -> dict[str, frozenset[int]]:
    """The dates, by number, at which it makes a difference whether an activity is finished.

    Those of its targets and of what waits for it, and the last if it is taken anyway. To finish it
    later than all of them is never worth its hours: the mix cannot pay as much for an hour.
    """
    last = problem.weeks - 1
    at = {date: number for number, date in enumerate(when)}
    due = {one.key: at[min(one.due, last)] for one in problem.targets if one.due >= 0}
    found: dict[str, frozenset[int]] = {}
    needed: dict[str, set[int]] = {}
    for one in reversed(ours):
        mine = needed.pop(one.key, set())
        mine |= {due[key] for key, points in one.gains.items() if points > 0 and key in due}
        if one.required or (asked.stay is not None and one.key in asked.stay):
            mine.add(len(when) - 1)
        found[one.key] = frozenset(mine)
        for key in one.after:
            needed.setdefault(key, set()).update(mine)
    return found


def _price(new: Model, one: Activity) -> float:
    """The price of taking an activity, as the question is put."""
    asked = new.asked
    if asked.slack:
        return {FEW_HOURS: 1.0, TARGETS: LITTLE}.get(asked.slack, 0.0) * _needed(new.problem, one)
    price = activity_price(new.problem, one, new.earliest[one.key])
    if asked.stay is not None:
        price += -STAY if one.key in asked.stay else STAY
    return price


def _settled(problem: Problem, key: str) -> bool:
    return any(one.key == key and left(problem, one) <= NEARLY for one in problem.activities)


def _hours(new: Model) -> None:
    """Hours and work under way up to each date, and money."""
    problem, program = new.problem, new.program
    held = [
        fsum(hours.get(week, 0.0) for hours in problem.held.values())
        for week in range(problem.weeks)
    ]
    weeks = [
        (max(0.0, problem.capacity[w] - held[w]), problem.capacity[w] > 0)
        for w in range(problem.frozen, problem.weeks)
    ]
    for at, date in enumerate(new.dates):
        until = weeks[: max(0, date + 1 - problem.frozen)]
        shares = [(new.done[one.key][at], _needed(problem, one)) for one in new.options]
        if new.asked.slack == HOURS:
            shares.append((new.slack, -float(sum(working for _, working in until))))
        share = new.asked.tight.get(date, 1.0)
        program.row(shares, share * fsum(hours for hours, _ in until))
        spans = [(new.done[one.key][at], _weeks(problem, one)) for one in new.options]
        program.row(spans, float(problem.at_once * len(until)))
    if problem.money is not None:
        shares = [(new.done[one.key][-1], one.cost) for one in new.options if one.cost]
        if new.asked.slack == BUDGET:
            shares.append((new.slack, -1.0))
        program.row(shares, problem.money)


def _weeks(problem: Problem, one: Activity) -> float:
    """The weeks in which a new activity is under way at least; what has begun counts as none."""
    if problem.held.get(one.key):
        return 0.0
    return 1.0 if one.dates else float(ceil(one.hours / one.rate - NEARLY))


def _points(new: Model) -> None:
    """What is missing of each target at its date, with similar activities bringing less."""
    program = new.program
    for target in new.problem.targets:
        if target.due < 0:
            continue
        at = new.dates.index(min(target.due, new.problem.weeks - 1))
        gains: dict[str, list[tuple[int, float]]] = {}
        for one in new.options:
            if one.gains.get(target.key):
                columns = new.done[one.key]
                gains.setdefault(one.kind, []).append((columns[at], -one.gains[target.key]))
        missing = program.column(*_missing_price(new, target))
        new.missing[target.key] = missing
        reached = [(missing, -1.0)]
        for shares in gains.values():
            brought = program.column()
            reached.append((brought, -1.0))
            for slope, base in PIECES:
                program.row([(brought, 1.0), *((c, slope * gain) for c, gain in shares)], base)
        program.row(reached, -target.need)


def _missing_price(new: Model, target: Target) -> tuple[float, float]:
    """The price of a missing point, and how many may be missing."""
    if target.key in new.asked.hard:
        return 0.0, 0.0
    if new.asked.slack not in ("", TARGETS):
        return 0.0, target.need
    return (1.0 if new.asked.slack else POINT) * target.importance, target.need


def _mix(new: Model) -> None:
    """How far the hours of each family are from their share."""
    program = new.program
    hours = [(one, new.done[one.key][-1], _needed(new.problem, one)) for one in new.options]
    for family, share in new.problem.mix.items():
        off = program.column(1.0)
        for sign in (1.0, -1.0):
            shares = [
                (column, sign * needed * ((one.family == family) - share))
                for one, column, needed in hours
            ]
            program.row([*shares, (off, -MIX_HOURS)], 0.0)


def short(problem: Problem, finished: Mapping[str, int]) -> dict[str, float]:
    """The points missing of each target that is not met, given when each activity is finished."""
    by_key = {one.key: one for one in problem.activities}
    missing = {}
    for target in problem.targets:
        gains: dict[str, list[float]] = {}
        for key, week in finished.items():
            gain = by_key[key].gains.get(target.key)
            if gain and week <= target.due:
                gains.setdefault(by_key[key].kind, []).append(gain)
        lacking = target.need - fsum(together(one) for one in gains.values())
        if target.due >= 0 and lacking > NEARLY * max(1.0, target.need) * 10:
            missing[target.key] = lacking
    return missing


def cost(
    problem: Problem,
    earliest: Mapping[str, int],
    laid: Iterable[Laid],
    missing: Mapping[str, float],
) -> float:
    """The price of a plan as the program counts it."""
    by_key = {one.key: one for one in problem.activities}
    taken = [by_key[one.key] for one in laid if one.key in earliest]
    price = fsum(activity_price(problem, one, earliest[one.key]) for one in taken)
    importance = {target.key: target.importance for target in problem.targets}
    price += fsum(POINT * importance[key] * points for key, points in missing.items())
    hours = {family: 0.0 for family in problem.mix}
    total = 0.0
    for one in taken:
        needed = _needed(problem, one)
        total += needed
        if one.family in hours:
            hours[one.family] += needed
    off = (abs(hours[family] - share * total) for family, share in problem.mix.items())
    return price + fsum(off) / MIX_HOURS


def loosened(problem: Problem, chosen: Mapping[str, int], when: Sequence[int]) -> dict[str, int]:
    """The same choice with every date as late as the targets allow it: easier to lay."""
    by = dict(chosen)
    missing = short(problem, by)
    for key in sorted(by, key=lambda key: by[key]):
        for later in reversed([date for date in when if date > chosen[key]]):
            tried = short(problem, by | {key: later})
            if all(tried[one] <= missing.get(one, 0.0) + NEARLY for one in tried):
                by[key] = later
                break
    return by
