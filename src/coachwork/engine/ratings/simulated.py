"""People who do not exist, rated by the model itself: for simulations before anything ships."""

from dataclasses import dataclass

import numpy as np

from coachwork.engine.ratings import partial_credit
from coachwork.engine.ratings.partial_credit import Floats, Whole
from coachwork.engine.ratings.ratings import Ratings, ratings


@dataclass(frozen=True, slots=True)
class Design:
    """Who rates whom, and how strongly everything varies, in logits.

    Each of `clients` is rated by `each` of `raters` (drawn from a team where `team` is given) on
    `asked` of `items` behaviours (0: all of them) of five answers.
    """

    clients: int = 500
    raters: int = 1000
    each: int = 5
    items: int = 20
    asked: int = 0
    halo: float = 0.7
    severity: float = 0.5
    team: int = 0  # clients a team; a team has as many raters as its share
    skewed: bool = False  # skills from a shifted gamma
    heavy: bool = False  # halo from a t of 4 degrees of freedom
    graded: bool = False  # answers by the graded response model, slope 1.5
    slopes: float = 0.0  # spread of the log of raters' slopes


@dataclass(frozen=True, slots=True)
class World:
    """What is true, and the ratings that come of it. Shapes: (clients,), (raters,), (items, 4)."""

    skill: Floats
    severity: Floats
    thresholds: Floats
    given: Ratings
    team: Whole  # (ratings,): the team of the client


def behaviours(items: int, chance: np.random.Generator) -> Floats:
    """Thresholds of so many five-answer behaviours, (items, 4), around 0."""
    difficulty = chance.normal(0, 0.7, items)
    steps = np.array([-1.5, -0.5, 0.5, 1.5]) + chance.normal(0, 0.25, (items, 4))
    steps -= steps.mean(axis=1, keepdims=True)
    return np.asarray((difficulty - difficulty.mean())[:, None] + steps)


def world(design: Design, chance: np.random.Generator) -> World:
    """One world of this design."""
    n, each = design.clients, design.each
    skill = chance.gamma(2, 1, n) - 2 if design.skewed else chance.normal(size=n)
    skill = skill / np.sqrt(2) if design.skewed else skill
    thresholds = behaviours(design.items, chance)
    severity = chance.normal(0, design.severity, design.raters)
    team = np.arange(n) // design.team if design.team else np.zeros(n, np.int64)
    sat = _seats(design, team, chance)
    halo = (
        chance.standard_t(4, n * each) / np.sqrt(2)
        if design.heavy
        else chance.normal(size=n * each)
    )
    asked = design.asked or design.items
    sitting = np.repeat(np.arange(n * each), asked)
    client, rater = sitting // each, sat.ravel()[sitting]
    item = _asked(design, n * each, chance).ravel()
    view = skill[client] - severity[rater] + halo[sitting] * design.halo
    if design.slopes:
        view = view * np.exp(chance.normal(0, design.slopes, design.raters))[rater]
    answer = (
        _graded(thresholds[item], view, chance)
        if design.graded
        else partial_credit.drawn(thresholds, item, view, chance)
    )
    given = ratings(clients=client, items=item, answers=answer, raters=rater, steps=4)
    return World(skill, severity, thresholds, given, team[client])


def _seats(design: Design, team: Whole, chance: np.random.Generator) -> Whole:
    """Who rates each client: (clients, each)."""
    pool = design.raters * design.team // design.clients if design.team else design.raters
    drawn = [chance.permutation(pool)[: design.each] for _ in range(design.clients)]
    return np.asarray(np.stack(drawn) + team[:, None] * (pool if design.team else 0))


def _asked(design: Design, sittings: int, chance: np.random.Generator) -> Whole:
    if not design.asked or design.asked == design.items:
        return np.tile(np.arange(design.items), (sittings, 1))
    order = np.argsort(chance.random((sittings, design.items)), axis=1)
    return np.asarray(order[:, : design.asked])


def _graded(thresholds: Floats, view: Floats, chance: np.random.Generator) -> Whole:
    reach = 1.0 / (1.0 + np.exp(-1.5 * (view[:, None] - np.sort(thresholds, axis=1))))
    return np.asarray((chance.random((len(view), 1)) < reach).sum(axis=1))
