"""How likely each answer to a behaviour is for somebody of a given skill: the partial credit model.

Masters (1982): the chance of answer x is proportional to exp(sum over steps j <= x of
(skill - threshold_j)). Everything is in logits. `thresholds` is always (items, steps); an item with
fewer steps has NaN in the last columns, and one step makes it a Rasch item (right or wrong).
Answers count from 0. All functions raise RatingsError for thresholds that are not of this form.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coachwork.engine.ratings.errors import RatingsError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


def checked(thresholds: ArrayLike) -> Floats:
    """Thresholds as (items, steps) of logits; +inf where an item has no such step."""
    try:
        b = np.array(thresholds, dtype=np.float64, ndmin=2)
    except (TypeError, ValueError) as wrong:
        raise RatingsError("Thresholds are numbers, one row an item.") from wrong
    if b.ndim != 2 or b.shape[1] == 0:
        raise RatingsError(f"Thresholds are a table of items by steps, not {b.shape}.")
    absent = np.isnan(b) | np.isposinf(b)
    if absent[:, 0].any():
        raise RatingsError("Every item has at least one step.")
    if (absent[:, :-1] & ~absent[:, 1:]).any():
        raise RatingsError("Steps that an item does not have come last in its row.")
    if np.isneginf(b).any():
        raise RatingsError("A threshold is a finite number of logits, or NaN for no such step.")
    b[absent] = np.inf
    return b


def steps(thresholds: ArrayLike) -> Whole:
    """How many steps each item has: (items,); its answers run from 0 to that number."""
    return np.asarray(np.isfinite(checked(thresholds)).sum(axis=1))


def probabilities(thresholds: ArrayLike, skill: ArrayLike) -> Floats:
    """Chance of each answer: (items, skills, steps + 1), 0 for answers an item does not have."""
    return _normalised(_log_weights(checked(thresholds), skill))[1]


def log_normaliser(thresholds: ArrayLike, skill: ArrayLike) -> Floats:
    """Log of the sum that makes the chances add up to one: (items, skills).

    The log likelihood of a set of answers is sum score * skill - sum of these, up to a constant.
    """
    return _normalised(_log_weights(checked(thresholds), skill))[0]


def tables(thresholds: ArrayLike, skill: ArrayLike) -> tuple[Floats, Floats]:
    """Log normaliser (items, skills) and chance of at least j + 1: (items, skills, steps)."""
    log_z, p = _normalised(_log_weights(checked(thresholds), skill))
    return log_z, np.ascontiguousarray(np.cumsum(p[:, :, :0:-1], axis=2)[:, :, ::-1])


def expected(thresholds: ArrayLike, skill: ArrayLike) -> Floats:
    """The mean answer, counted from 0: (items, skills)."""
    p = probabilities(thresholds, skill)
    return p @ np.arange(p.shape[2], dtype=np.float64)


def information(thresholds: ArrayLike, skill: ArrayLike) -> Floats:
    """What one answer tells of the skill, in 1 / logit^2: its variance (items, skills)."""
    p = probabilities(thresholds, skill)
    answers = np.arange(p.shape[2], dtype=np.float64)
    mean = p @ answers
    return p @ answers**2 - mean**2


def log_likelihood(thresholds: ArrayLike, answers: ArrayLike, skill: ArrayLike) -> Floats:
    """Log likelihood at each skill of one set of answers, one an item, NaN where not seen.

    Shape (skills,), up to a constant that does not depend on the skill.
    Raises RatingsError for an answer that its item does not have.
    """
    b = checked(thresholds)
    given = np.asarray(answers, dtype=np.float64)
    if given.shape != (b.shape[0],):
        raise RatingsError(f"{b.shape[0]} items have {b.shape[0]} answers, not {given.shape}.")
    seen = ~np.isnan(given)
    most = np.isfinite(b).sum(axis=1)
    wrong = seen & ((given < 0) | (given > most) | (given != np.round(given)))
    if wrong.any():
        i = int(np.flatnonzero(wrong)[0])
        raise RatingsError(f"Item {i} has answers 0 to {most[i]}, not {given[i]:g}.")
    at = np.asarray(skill, dtype=np.float64)
    if not seen.any():
        return np.zeros_like(at)
    return np.asarray(given[seen].sum() * at - log_normaliser(b[seen], at).sum(axis=0))


def drawn(
    thresholds: ArrayLike, items: NDArray[Any], skill: ArrayLike, chance: np.random.Generator
) -> Whole:
    """One answer by chance for each pair of item (index) and skill: (answers,)."""
    b = checked(thresholds)[items]
    reach = np.asarray(skill, dtype=np.float64)[:, None] - b
    weights = np.concatenate([np.zeros((len(b), 1)), np.cumsum(reach, axis=1)], axis=1)
    weights = np.exp(weights - weights.max(axis=1, keepdims=True))
    sums = np.cumsum(weights, axis=1)
    return np.asarray((chance.random((len(b), 1)) * sums[:, -1:] > sums[:, :-1]).sum(axis=1))


def _log_weights(b: Floats, skill: ArrayLike) -> Floats:
    u = np.atleast_1d(np.asarray(skill, dtype=np.float64))
    reach = np.zeros((b.shape[0], u.size, b.shape[1] + 1))
    np.cumsum(u[None, :, None] - b[:, None, :], axis=2, out=reach[:, :, 1:])
    return reach


def _normalised(weights: Floats) -> tuple[Floats, Floats]:
    """Log of the sum of exp over the last axis, and the shares; works in place."""
    top = weights.max(axis=2, keepdims=True)
    np.exp(weights - top, out=weights)
    total = weights.sum(axis=2, keepdims=True)
    weights /= total
    return (top + np.log(total))[:, :, 0], weights
