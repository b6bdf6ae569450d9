"""Made-up plans for the scheduling benchmark: everything follows from the seed."""

import random
from dataclasses import dataclass

from coachwork.engine.scheduling.points import points_at
from coachwork.engine.scheduling.values import EXPERIENCE, FORMAL, SOCIAL, Activity, Problem, Target


@dataclass(frozen=True)
class Kind:
    """A kind of activity: family, hours from and to, hours a week, points an hour, cost an hour."""

    name: str
    family: str
    hours: tuple[int, int]
    rate: tuple[int, int]
    points: tuple[float, float]
    cost: tuple[float, float] = (0.0, 0.0)
    event: bool = False


KINDS = (
    Kind("course", FORMAL, (8, 24), (2, 4), (1.5, 3.0), (10, 30)),
    Kind("reading", FORMAL, (3, 8), (1, 2), (1.0, 2.0), (0, 5)),
    Kind("workshop", FORMAL, (6, 12), (6, 12), (2.0, 4.0), (30, 60), event=True),
    Kind("exercise", EXPERIENCE, (2, 6), (1, 2), (2.0, 4.0)),
    Kind("role-play", SOCIAL, (2, 5), (1, 2), (2.5, 4.5)),
    Kind("project", EXPERIENCE, (15, 40), (2, 4), (2.0, 4.5)),
    Kind("mentoring", SOCIAL, (4, 10), (1, 1), (2.0, 4.0)),
    Kind("peer", SOCIAL, (3, 8), (1, 2), (1.5, 3.0)),
)


def case(activities: int, weeks: int, seed: int) -> Problem:
    """One person's year (or half), with a catalogue of suggestions."""
    chance = random.Random(f"{activities} {weeks} {seed}")
    targets = _targets(weeks, chance)
    budget = chance.uniform(3, 6)
    off = set(chance.sample(range(weeks), chance.randint(3, 5)))
    capacity = tuple(
        0.0 if week in off else round(max(1.0, budget + chance.uniform(-1, 1)) * 4) / 4
        for week in range(weeks)
    )
    made: list[Activity] = []
    for number in range(activities):
        made.append(_activity(number, made, targets, weeks, chance))
    return Problem(capacity, tuple(made), targets, money=chance.uniform(400, 1500))


def _targets(weeks: int, chance: random.Random) -> tuple[Target, ...]:
    found = []
    for number in range(chance.randint(4, 6)):
        level = chance.uniform(1.5, 3.0)
        need = points_at(level + chance.uniform(0.5, 1.1)) - points_at(level)
        due = chance.choice([weeks // 2, weeks * 3 // 4, weeks]) - 1
        found.append(Target(f"t{number}", need, due, chance.randint(1, 3)))
    return tuple(found)


def _activity(
    number: int,
    made: list[Activity],
    targets: tuple[Target, ...],
    weeks: int,
    chance: random.Random,
) -> Activity:
    kind = chance.choice(KINDS)
    hours = float(chance.randint(*kind.hours))
    skills = chance.sample(targets, min(len(targets), chance.choice([1, 1, 1, 2, 2, 3])))
    total = 0.7 * hours * chance.uniform(*kind.points)
    weights = [chance.uniform(0.5, 1.0) for _ in skills]
    dates: tuple[int, ...] = ()
    if kind.event:
        dates = tuple(sorted(chance.sample(range(weeks), chance.randint(2, 3))))
    waits = made and chance.random() < 0.3
    return Activity(
        key=f"a{number}",
        hours=hours,
        rate=float(chance.randint(*kind.rate)),
        kind=kind.name,
        family=kind.family,
        gains={
            skill.key: total * weight / sum(weights)
            for skill, weight in zip(skills, weights, strict=True)
        },
        cost=hours * chance.uniform(*kind.cost),
        after=(chance.choice(made).key,) if waits else (),
        dates=dates,
    )
