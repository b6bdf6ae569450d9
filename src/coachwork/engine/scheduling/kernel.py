"""A few dozen activities out of a large catalogue that are worth deciding about exactly."""

from collections.abc import Collection, Mapping
from math import sqrt
from typing import Final

import numpy as np

from coachwork.engine.scheduling.reach import Reach
from coachwork.engine.scheduling.selection import Asked, Model, activity_price, model
from coachwork.engine.scheduling.solver import Answer, relax
from coachwork.engine.scheduling.values import Activity, Problem

WIDTH: Final = 70  # below 60 the choice gets worse quickly
SMALL: Final = 60  # so many are decided about exactly, all of them
WIDEST: Final = 1500  # so many enter the relaxed question
NOTHING: Final = Asked()


def useful(problem: Problem, reach: Reach) -> set[str]:
    """What is required or brings points to a target still ahead, with all that it waits for."""
    ahead = {target.key for target in problem.targets if target.due >= 0 and target.need > 0}
    wanted = {
        one.key
        for one in reach.order
        if one.required or any(points > 0 and key in ahead for key, points in one.gains.items())
    }
    return with_needed(reach, wanted)


def with_needed(reach: Reach, keys: Collection[str]) -> set[str]:
    """The keys with everything that they wait for."""
    closed = set(keys)
    for one in reversed(reach.order):
        if one.key in closed:
            closed.update(one.after)
    return closed & set(reach.finish)


def kernel(problem: Problem, reach: Reach, asked: Asked = NOTHING) -> tuple[set[str], float | None]:
    """The activities to decide about, and what no plan with any of the others can be cheaper than.

    The second is None where nothing useful was left out, or where too much was to prove anything.
    """
    options = useful(problem, reach)
    if len(options) <= SMALL:
        return options, None
    thinned = _thinned(problem, reach, options)
    keep = {one.key for one in reach.order if one.required} | (asked.stay or frozenset())
    whole = model(problem, reach, thinned, asked)
    relaxed = relax(whole.program)
    if relaxed.values is None or relaxed.reduced is None:
        return thinned, None
    extra = _extra(whole, relaxed)
    support = _support(whole, relaxed) | (keep & thinned)
    spread = relax(whole.program, top=0.5)
    if spread.values is not None:
        support |= _support(whole, spread)
    chosen = _filled(problem, reach, support, extra)
    if thinned != options:
        return chosen, None
    outside = [extra[key] for key in extra if key not in chosen]
    return chosen, relaxed.bound + max(0.0, min(outside, default=0.0))


def too_dear(problem: Problem, reach: Reach, price: float) -> set[str]:
    """What is in no plan that is cheaper than the price: with it, even a relaxed plan is dearer."""
    whole = model(problem, reach, useful(problem, reach), NOTHING)
    relaxed = relax(whole.program)
    if relaxed.values is None or relaxed.reduced is None:
        return set()
    return {key for key, rise in _extra(whole, relaxed).items() if relaxed.bound + rise > price}


def _filled(
    problem: Problem, reach: Reach, support: Collection[str], extra: Mapping[str, float]
) -> set[str]:
    """The support and what is nearest to it, `WIDTH` activities with all that they wait for.

    Nearest is measured against the root of the price: by the plain sum a long project never comes
    in, by the share of the price nothing short does.
    """
    by_key = {one.key: one for one in reach.order}

    def far(key: str) -> float:
        price = activity_price(problem, by_key[key], reach.finish[key])
        return extra[key] / sqrt(max(price, 1.0))

    chosen = with_needed(reach, support)
    for key in sorted(extra, key=far):
        if len(chosen) >= WIDTH:
            break
        if key not in chosen:
            chosen |= with_needed(reach, {key})
    return chosen


def _support(new: Model, answer: Answer) -> set[str]:
    values = answer.values
    assert values is not None
    return {key for key, columns in new.done.items() if values[columns[-1]] > 1e-6}


def _extra(new: Model, answer: Answer) -> dict[str, float]:
    """By how much the relaxed price rises at least when an activity must be taken.

    Taking it means that the columns of its last dates are 1; the reduced prices of those columns
    add up, whatever else is chosen (weak duality).
    """
    reduced = answer.reduced
    assert reduced is not None
    found = {}
    for key, columns in new.done.items():
        ours = [column for column in dict.fromkeys(columns) if column != new.never]
        if not ours:
            continue
        rising = np.cumsum(reduced[ours][::-1])
        found[key] = float(min(rising))
    return found


def _thinned(problem: Problem, reach: Reach, options: set[str]) -> set[str]:
    """At most `WIDEST` activities: the cheapest a point for each target and kind."""
    if len(options) <= WIDEST:
        return options
    groups: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for one in reach.order:
        if one.key in options:
            for target, points in one.gains.items():
                price = _price_a_point(problem, reach, one, points)
                groups.setdefault((target, one.kind), []).append((price, one.key))
    each = max(10, WIDEST // max(1, 2 * len(groups)))
    best = {key for group in groups.values() for _, key in sorted(group)[:each]}
    best |= {one.key for one in reach.order if one.required}
    return with_needed(reach, best)


def _price_a_point(problem: Problem, reach: Reach, one: Activity, points: float) -> float:
    return activity_price(problem, one, reach.finish[one.key]) / max(points, 1e-9)
