"""Forecasts for simulated people: calibration and Brier score against the constant base rate.

People differ in pace, wander and are seen with error. The base rate is that of the very cases that
are forecast, so it knows more than anybody could. People whose paces are not as the prior says are
forecast too: there the record must notice.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from benchmarks import harness
from coachwork.engine import forecast as engine
from coachwork.engine.forecast import Known, Record, Seen

PEOPLE = harness.size(4000, 100)
TODAY = date(2026, 3, 2)
AHEAD = 20  # weeks
SPREAD = 0.2  # of one observation, in levels
# Who the people are: as the prior says, faster, and with courses that no pace explains.
WORLDS = {
    "as_known": Known(),
    "faster": Known(pace=0.02, pace_spread=0.015),
    "aimless": Known(pace=0.0, pace_spread=1e-6, wandering=0.02),
}


@dataclass
class Outcome:
    """What was said of a world's people, and what came."""

    said: list[float] = field(default_factory=list)
    came: list[bool] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    silent: int = 0

    def record(self) -> Record:
        return Record(tuple(self.said), tuple(self.came))


def person(chance: np.random.Generator, world: Known) -> tuple[list[Seen], float]:
    """Observations of half a year, every four weeks, and the level some weeks from now."""
    pace = float(chance.normal(world.pace, world.pace_spread))
    level, seen = float(chance.uniform(1.5, 3.0)), []
    for week in range(-24, 1, 4):
        if week > -24:
            level += pace * 4 + float(chance.normal(0, (world.wandering * 4) ** 0.5))
        guess = level + float(chance.normal(0, SPREAD))
        seen.append(Seen(TODAY + timedelta(weeks=week), guess, SPREAD))
    return seen, level + pace * AHEAD + float(chance.normal(0, (world.wandering * AHEAD) ** 0.5))


def people(world: Known, known: Known, seed: int) -> Outcome:
    chance, found = np.random.default_rng(seed), Outcome()
    by = TODAY + timedelta(weeks=AHEAD)
    for _ in range(PEOPLE):
        seen, later = person(chance, world)
        rung = min(5.0, max(1.0, round((seen[-1].level + 0.25) * 2) / 2))
        answer = engine.forecast(seen, rung=rung, by=by, today=TODAY, known=known)
        if answer.chance is None:
            found.silent += 1
            continue
        found.said.append(answer.chance)
        found.came.append(later >= rung)
        found.inside.append(answer.fan[-1].levels[0] <= later <= answer.fan[-1].levels[-1])
    return found


def tell(name: str, found: Outcome, *, held: bool) -> None:
    """The figures of one world; limits where the prior is that of the world."""
    record = found.record()
    base = float(np.mean(record.came))
    score = engine.brier(record.said, record.came)
    constant = engine.brier([base] * len(record.came), record.came)
    harness.emit(f"forecast.{name}.brier", score, "score", at_most=constant if held else None)
    harness.emit(f"forecast.{name}.brier_of_base_rate", constant, "score")
    curve = engine.calibration(record)
    for mean, share, number in curve:
        harness.emit(f"forecast.{name}.said_{mean:.2f}", share, f"came true of {number}")
    error = sum(abs(mean - share) * number for mean, share, number in curve) / len(record.said)
    harness.emit(
        f"forecast.{name}.calibration_error", error, "share", at_most=0.03 if held else None
    )
    harness.emit(f"forecast.{name}.in_80_per_cent_fan", float(np.mean(found.inside)), "share")
    harness.emit(f"forecast.{name}.silent", found.silent / PEOPLE, "share")
    better = engine.better_than_base(record)
    harness.emit(f"forecast.{name}.speaks_on", float(better is not False), "yes or no")


def main() -> None:
    for seed, (name, world) in enumerate(WORLDS.items()):
        with harness.step(f"people: {name}"):
            tell(name, people(world, Known(), seed), held=name == "as_known")
    with harness.step("paces learnt from others"):
        chance = np.random.default_rng(99)
        world = WORLDS["faster"]
        others = [engine.course(person(chance, world)[0], Known()) for _ in range(PEOPLE)]
        tell("faster_learnt", people(world, engine.learned(others), 1), held=True)
    seen, _ = person(np.random.default_rng(0), Known())
    by = TODAY + timedelta(weeks=AHEAD)
    cost = harness.spent(
        lambda: engine.forecast(seen, rung=3.5, by=by, today=TODAY), times=harness.size(500, 5)
    )
    harness.emit("forecast.one", cost.cpu_seconds * 1000, "ms", at_most=5.0)
    harness.conclude()


if __name__ == "__main__":
    main()
