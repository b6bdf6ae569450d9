"""From an answer of `scheduling` back to a plan of daily life: steps, what stays aside, and why."""

from collections.abc import Mapping
from dataclasses import replace
from math import ceil
from typing import Final

from coachwork.engine.scheduling import Explanation, Laid, Plan, Proposal, explain, replan
from coachwork.engine.scheduling.values import LATE, NEARLY, NO_CAPACITY, TARGET_PAST
from coachwork.engine.weekplans.asking import Asked, ask, is_fixed
from coachwork.engine.weekplans.values import (
    ADD,
    ENOUGH,
    MOVE,
    NO_GOAL,
    NO_HOURS,
    SPLIT,
    Covered,
    Help,
    Piece,
    Question,
    Schedule,
    Step,
)
from coachwork.engine.weekplans.worth import asked

TOLD: Final = (NO_CAPACITY,)  # of the whole plan; all else is a reason of one piece
MOST_TRIES: Final = 4
WHOLE: Final = 0.995  # of a way: what is missing is rounding


def propose(question: Question, *, why: bool = True) -> Schedule:
    """What to change in the plan so that the goals are reached in the hours there are.

    Nothing is changed here. `why` asks, where the goals cannot all be reached, which of them clash
    and what would help. Raises what `scheduling.plan` raises.
    """
    put, answer, odd = _answered(question)
    short = answer.plan.short
    told = explain(put.problem) if short and why else Explanation(fits=not short)
    pieces = {one.key: one for one in question.pieces}
    laid = {key: one for key, one in answer.plan.by_key.items() if key not in odd}
    changes = steps(pieces, laid)
    return Schedule(
        how=answer.how,
        steps=changes,
        left=left(question, put, answer.plan),
        covered=covered(question, put, short),
        gap=answer.plan.gap,
        helps=helps(told),
        clash=told.clash,
        beyond=tuple(told.out_of_reach or ()),
        troubles=(
            *((TARGET_PAST, key) for key in put.past),
            *((one.kind, one.about) for one in answer.plan.troubles if one.kind in TOLD),
        ),
    )


def _answered(question: Question) -> tuple[Asked, Proposal, frozenset[str]]:
    """The question, its answer, and series that would not come back evenly: those are not laid."""
    odd: frozenset[str] = frozenset()
    for _ in range(MOST_TRIES):
        kept = tuple(one for one in question.pieces if one.key not in odd)
        put = ask(replace(question, pieces=_without(kept, odd)))
        answer = replan(put.problem, put.before, overdue=put.overdue)
        laid = answer.plan.by_key
        found = {p.key for p in kept if p.key in laid and not _even(question, p, laid[p.key])}
        if not found:
            return put, answer, odd
        odd |= found
    return put, answer, odd


def _without(pieces: tuple[Piece, ...], gone: frozenset[str]) -> tuple[Piece, ...]:
    """The pieces without those that wait for what is gone, and what waits for these."""
    while True:
        there = {one.key for one in pieces}
        kept = tuple(one for one in pieces if not (gone & set(one.after)) or one.in_plan)
        kept = tuple(replace(o, after=tuple(k for k in o.after if k not in gone)) for o in kept)
        if len(kept) == len(pieces):
            return kept
        gone |= there - {one.key for one in kept}
        pieces = kept


def _even(question: Question, piece: Piece, laid: Laid) -> bool:
    """Whether a series has its full time in each week from first to last that is not free."""
    if not piece.comes_back:
        return True
    full = {week for week, hours in laid.hours if hours >= piece.a_week - NEARLY}
    weeks = range(laid.start, laid.finish + 1)
    return all(week in full or question.capacity[week] <= 0 for week in weeks)


def steps(pieces: Mapping[str, Piece], laid: Mapping[str, Laid]) -> tuple[Step, ...]:
    """What changes, in order of weeks; what stays where it is, is no step."""
    found = []
    for key, one in laid.items():
        piece = pieces[key]
        weeks = tuple((week, minutes(piece, hours)) for week, hours in one.hours)
        if not piece.in_plan:
            found.append(Step(key, ADD, weeks))
        elif len(weeks) > 1 and not piece.comes_back:
            found.append(Step(key, SPLIT, weeks, piece.week))
        elif one.start != piece.week:
            found.append(Step(key, MOVE, weeks, piece.week))
    return tuple(sorted(found, key=lambda step: (step.start, step.finish, step.key)))


def minutes(piece: Piece, hours: float) -> int:
    """Minutes of one week; an event that is larger than its week keeps its own."""
    return piece.minutes if piece.comes_back else max(1, ceil(hours * 60 - NEARLY))


def left(question: Question, put: Asked, plan: Plan) -> tuple[tuple[str, str], ...]:
    """What stays aside (suggestions, and items without a week), each with the reason."""
    laid = plan.by_key
    troubles = {one.about: one.kind for one in plan.troubles if one.kind not in (*TOLD, LATE)}
    goals = {one.key for one in put.problem.targets}
    found = []
    for one in question.pieces:
        stays = is_fixed(one) or (one.in_plan and one.week is not None)
        if one.key in laid or (stays and one.key not in troubles):
            continue
        reason = troubles.get(one.key)
        if reason is None:
            reason = NO_HOURS if one.goal in plan.short else ENOUGH
            reason = reason if one.goal in goals else NO_GOAL
        found.append((one.key, reason))
    return tuple(found)


def covered(question: Question, put: Asked, short: Mapping[str, float]) -> tuple[Covered, ...]:
    """How much of each goal's way is covered, by what comes back and what is laid."""
    found = []
    for way in question.ways:
        if way.key in put.past:
            continue
        whole = asked(way)
        share = 1.0 if whole <= NEARLY else max(0.0, 1 - short.get(way.key, 0.0) / whole)
        share = 1.0 if share >= WHOLE else share
        found.append(Covered(way.key, share, assumed=way.level is None))
    return tuple(found)


def helps(told: Explanation) -> tuple[Help, ...]:
    """The ways out that were tried, hours and weeks first."""
    found = []
    for way in told.ways:
        if way.hours is not None:
            found.append(Help(hours=way.hours))
        elif way.weeks is not None:
            found.append(Help(weeks=way.weeks))
        elif way.lower:
            found.append(Help(lower=tuple(way.lower)))
    return tuple(found)
