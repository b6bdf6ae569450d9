"""What the estimation benchmark works on, and one case at a time in a process of its own."""

import sys
from collections.abc import Callable

import numpy as np

from benchmarks import harness
from coachwork.engine.ratings import simulated
from coachwork.engine.ratings.calibration import Calibration, calibrate
from coachwork.engine.ratings.partial_credit import Floats, drawn
from coachwork.engine.ratings.ratings import Ratings, ratings
from coachwork.engine.ratings.settings import Settings
from coachwork.engine.ratings.simulated import Design, World

SEED = 7
ORGANISATION = Design(clients=2000, raters=4000, each=8, items=20, team=50)


def questionnaires(people: int, items: int) -> tuple[Floats, Ratings, Floats]:
    """Skills, complete questionnaires of five answers, and the same as a table (people, items)."""
    chance = np.random.default_rng(SEED)
    skill = chance.normal(size=people)
    b = simulated.behaviours(items, chance)
    client, item = np.repeat(np.arange(people), items), np.tile(np.arange(items), people)
    answers = drawn(b, item, skill[client], chance)
    given = ratings(clients=client, items=item, answers=answers, steps=4)
    return skill, given, answers.reshape(people, items).astype(np.float64)


def panel(people: int, halo: float) -> World:
    """20 behaviours, 8 raters of whom 3 rate each person."""
    design = Design(clients=people, raters=8, each=3, items=20, halo=halo)
    return simulated.world(design, np.random.default_rng(SEED))


def organisation(clients: int) -> World:
    """Eight raters a client, within teams of 50, each rater about four clients."""
    design = Design(clients=clients, raters=2 * clients, each=8, items=20, team=50)
    return simulated.world(design, np.random.default_rng(SEED))


def met(found: Calibration, skill: Floats) -> tuple[float, float, float]:
    """Error, and share of true skills in their 95% and 80% intervals."""
    people = found.clients[0]
    off = people.mean - skill
    off = off - off.mean()
    inside = [float(np.mean(np.abs(off) < z * people.sd)) for z in (1.96, 1.2816)]
    return float(np.sqrt(np.mean(off**2))), inside[0], inside[1]


def timed(given: Ratings, settings: Settings) -> tuple[Calibration, float]:
    """A calibration and its processor time in seconds; the better of two."""
    found: list[Calibration] = []
    best = min(
        harness.spent(lambda: found.append(calibrate(given, settings=settings))).cpu_seconds
        for _ in range(2)
    )
    return found[-1], best


def main(arguments: list[str]) -> None:
    """Calibrate an organisation of so many clients, so that its memory can be measured."""
    cases: dict[str, Callable[[int], World]] = {"organisation": organisation}
    case, size = arguments
    calibrate(cases[case](int(size)).given)


if __name__ == "__main__":
    main(sys.argv[1:])
