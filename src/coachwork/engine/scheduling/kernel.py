"""A few dozen activities out of a large catalogue that are worth deciding about exactly."""

from collections.abc import Collection
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
    for top in (0.5, 0.25):
        spread = relax(whole.program, top=top)
        if spread.values is not None:
            support |= _support(whole, spread)
    for key in sorted(extra, key=lambda key: extra[key]):
        if len(support) >= WIDTH:
            break
        support.add(key)
    chosen = with_needed(reach, support)
    if thinned != options:
        return chosen, None
    outside = [extra[key] for key in extra if key not in chosen]
    return chosen, relaxed.bound + max(0.0, min(outside, default=0.0))


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
        rising = np.cumsum(reduced[columns][::-1])
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
