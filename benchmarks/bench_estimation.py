"""Levels from ratings: speed beside other programs, and whether intervals hold what they promise.

girth and RaschPy run on the same data in the same run where they are installed (see peers.in).
Figures named `recorded` were taken with R on another day and stand here to compare the order of
magnitude; they are in no ratio. The harness gives NumPy one thread.
"""

import importlib
import math
import sys
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks import estimation_cases as cases
from benchmarks import harness
from coachwork.engine.estimates import sides
from coachwork.engine.estimates.simulated import ManySided
from coachwork.engine.ratings import fit, levels, simulated
from coachwork.engine.ratings.calibration import calibrate, shards_of
from coachwork.engine.ratings.partial_credit import drawn
from coachwork.engine.ratings.ratings import Ratings
from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.settings import CLASSICAL, SETTINGS, UNRATED, Kind
from coachwork.engine.ratings.simulated import Design
from coachwork.engine.ratings.yardstick import Sitting, Yardstick

TAM_FACETS, TAM_QUESTIONNAIRE = 60.4, 1.17  # recorded, CPU seconds
TAM_LOG_LIKELIHOOD = -192122.7237  # recorded, of the same 5,000 questionnaires
FAST = replace(CLASSICAL, tolerance=1e-3)
CONDITIONS = {
    "five raters": Design(),
    "three items": Design(asked=3),
    "two items": Design(asked=2),
    "one item": Design(asked=1),
    "one rater": Design(each=1, raters=250),
    "two raters": Design(each=2),
    "three raters": Design(each=3),
    "100 people": Design(clients=100, raters=200, each=3),
    "40 people": Design(clients=40, raters=80, each=4),
    "20 people": Design(clients=20, raters=40, each=4, items=10),
    "skewed skills": Design(skewed=True),
    "heavy-tailed halo": Design(heavy=True),
    "raters' slopes": Design(slopes=0.3),
}
# Where there is too little to learn from, the promise is weaker (estimation, A1).
WEAKER = {"one item", "40 people", "20 people"}


def peer(name: str) -> Any:
    """Another program, or None with a note where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        harness.note(f"  {name} is not installed; left out")
        return None


def questionnaires() -> None:
    """P2: the plain partial credit model."""
    people = harness.size(5000, 300)
    _skill, given, table = cases.questionnaires(people, 30)
    _found, spent = cases.timed(given, replace(UNRATED, tolerance=1e-3))
    harness.emit("estimation.pcm_150k.recorded_tam", TAM_QUESTIONNAIRE, "cpu_seconds")
    harness.emit("estimation.pcm_150k", spent, "cpu_seconds", at_most=0.23)
    exact = calibrate(given, settings=UNRATED)
    if not harness.is_smoke():
        off = abs((exact.log_likelihood or 0) / TAM_LOG_LIKELIHOOD - 1)
        harness.emit("estimation.pcm_150k.log_likelihood_off", off, "relative", at_most=1e-6)
    if girth := peer("girth"):
        theirs = harness.spent(lambda: girth.pcm_mml(table.T.astype(int))).cpu_seconds
        harness.emit("estimation.pcm_150k.girth", theirs, "cpu_seconds")
        least = None if harness.is_smoke() else 100.0
        harness.emit("estimation.pcm_150k.times_girth", theirs / spent, "times", at_least=least)


def panel() -> None:
    """P1: eight raters, no halo in the data and none in the model."""
    world = cases.panel(harness.size(2000, 150), 0.0)
    found, spent = cases.timed(world.given, FAST)
    error, inside, _inside80 = cases.met(found, world.skill)
    harness.emit("estimation.panel_120k.recorded_tam", TAM_FACETS, "cpu_seconds")
    harness.emit("estimation.panel_120k", spent, "cpu_seconds", at_most=0.6)
    harness.emit("estimation.panel_120k.error", error, "logits", against=0.1522)
    harness.emit("estimation.panel_120k.in_95", inside, "share", at_least=0.93)
    if raschpy := peer("raschpy"):
        pandas = importlib.import_module("pandas")
        wide = _wide(world.given, pandas)

        def theirs() -> Any:
            model = raschpy.MFRM(wide, max_score=4)
            model.calibrate()
            return model

        taken = harness.spent(theirs).cpu_seconds
        harness.emit("estimation.panel_120k.raschpy_without_people", taken, "cpu_seconds")


def _wide(given: Ratings, pandas: Any) -> Any:
    rows = given.answers.reshape(-1, len(given.items)).astype(float)
    first = np.arange(0, len(given), len(given.items))
    names = [given.raters.codes[first], given.clients.codes[first]]
    index = pandas.MultiIndex.from_arrays(names, names=["Rater", "Person"])
    return pandas.DataFrame(rows, index=index, columns=[f"i{k}" for k in range(rows.shape[1])])


def organisation() -> None:
    """P3, P4, P7 and A7: many raters with a halo; a million ratings; diagnostics; shards."""
    world = cases.organisation(harness.size(2000, 200))
    found, spent = cases.timed(world.given, SETTINGS)
    error, inside, inside80 = cases.met(found, world.skill)
    harness.emit("estimation.organisation_320k", spent, "cpu_seconds", at_most=1.0)
    harness.emit("estimation.organisation_320k.error", error, "logits", against=0.2797)
    harness.emit("estimation.organisation_320k.in_95", inside, "share", at_least=0.93)
    harness.emit("estimation.organisation_320k.in_80", inside80, "share", at_least=0.77)
    command = [sys.executable, "-m", "benchmarks.estimation_cases", "organisation"]
    memory = harness.spent_by([*command, str(harness.size(2000, 200))]).peak_megabytes
    harness.emit("estimation.organisation_320k.memory", memory, "MB", at_most=300.0)
    parts = calibrate(shards_of(world.given, world.team // max(1, harness.size(5, 1))))
    together = np.concatenate([part.mean for part in parts.clients])
    apart = float(np.abs(together - found.clients[0].mean).max())
    harness.emit("estimation.shards_apart", apart * 1e9, "nanologits", at_most=1000.0)
    for name, clients, limit in (("1m", 6250, 3.0), ("5m", 31250, 15.0)):
        large = cases.organisation(harness.size(clients, 200))
        spent = harness.spent(lambda one=large: calibrate(one.given)).cpu_seconds  # type: ignore[misc]
        harness.emit(f"estimation.organisation_{name}", spent, "cpu_seconds", at_most=limit)
        if name == "1m":
            diagnostics(calibrate(large.given))


def diagnostics(found: Any) -> None:
    """P7: fit of items, raters and clients, and differences between two groups of clients."""

    def work() -> None:
        left = fit.residuals(found)
        for group, many in (
            (left.item, 20),
            (left.rater, int(left.rater.max()) + 1),
            (left.client, int(left.client.max()) + 1),
        ):
            fit.fit(left, group, many)
        clients = int(left.client.max()) + 1
        fit.differences(left, np.arange(clients) % 2 == 1, np.ones(clients, bool), 20)

    harness.emit(
        "estimation.diagnostics_1m", harness.spent(work).cpu_seconds, "cpu_seconds", at_most=0.5
    )


def conditions() -> None:
    """A1 and A2: do intervals hold what they promise, and fail where they should?"""
    for name, design in CONDITIONS.items():
        inside = []
        for seed in range(harness.size(40 if name in WEAKER else 10, 1)):
            world = simulated.world(design, np.random.default_rng(100 + seed))
            inside.append(cases.met(calibrate(world.given), world.skill)[1:])
        in95, in80 = np.mean(inside, axis=0)
        label = name.replace(" ", "_")
        least = 0.91 if name in WEAKER else 0.93
        harness.emit(f"estimation.in_95.{label}", float(in95), "share", at_least=least)
        harness.emit(f"estimation.in_95_not_wider.{label}", float(in95), "share", at_most=0.97)
        harness.emit(f"estimation.in_80.{label}", float(in80), "share", against=0.8)
    world = simulated.world(Design(), np.random.default_rng(100))
    bare = cases.met(calibrate(world.given, settings=replace(SETTINGS, halo=False)), world.skill)[1]
    harness.emit("estimation.in_95.halo_switched_off", bare, "share", at_most=0.6)


def naive() -> None:
    """Error beside the plain mean, the latest and the highest rating, told the right scale."""
    for each in (1, 2, 3, 5):
        design = Design(each=each, asked=4, raters=max(100, 200 * each))
        ratios = []
        for seed in range(harness.size(10, 1)):
            world = simulated.world(design, np.random.default_rng(seed))
            ours = cases.met(calibrate(world.given), world.skill)[0]
            sat = world.given.answers.reshape(design.clients, each, 4).mean(axis=2)
            best = min(
                _straight(one, world.skill)
                for one in (sat.mean(axis=1), sat[:, -1], sat.max(axis=1))
            )
            ratios.append(ours / best)
        name = f"estimation.error_over_best_naive.{each}_raters"
        harness.emit(name, float(np.mean(ratios)), "ratio", at_most=1.0)


def _straight(naive: np.ndarray, skill: np.ndarray) -> float:
    slope, start = np.polyfit(naive, skill, 1)
    return float(np.sqrt(np.mean((start + slope * naive - skill) ** 2)))


KINDS = {
    "self": Kind(-0.5, 0.0, 0.8, 0.4, 0.8),
    "manager": Kind(-0.1, 0.4, 0.4, 0.4),
    "peer": Kind(-0.2, 0.5, 0.5, 0.5),
}


def round_of(
    yardstick: Yardstick, skill: list[float], kept: int, chance: np.random.Generator
) -> list[Sitting]:
    """A round a date from self, manager and five peers, of whom so many are the same again."""
    bias: dict[str, float] = {}
    found = []
    for k, true in enumerate(skill):
        seats = [("self", "s"), ("manager", "m")]
        seats += [("peer", f"p{j}" if j < kept else f"p{j}-{k}") for j in range(5)]
        for kind, who in seats:
            of = KINDS[kind]
            spread = math.hypot(of.severity, of.dyad)
            severity = bias.setdefault(who, float(chance.normal(of.mean, spread)))
            view = of.slope * (true - severity) + chance.normal(0, of.halo)
            answers = drawn(yardstick.scale.thresholds, np.arange(8), np.full(8, view), chance)
            found.append(Sitting(kind, who, 182 * k, dict(enumerate(answers.tolist()))))
    return found


def client() -> None:
    """P5 and A5: one client at once, and what growth is claimed."""
    chance = np.random.default_rng(cases.SEED)
    b = simulated.behaviours(40, chance)
    yardstick = Yardstick(Scale(tuple(range(40)), b, KINDS))
    sittings = [
        Sitting(
            "peer",
            f"p{k % 14}",
            30 * (k // 8),
            {int(i): int(chance.integers(5)) for i in chance.permutation(40)[:6]},
        )
        for k in range(32)
    ]

    def one() -> None:
        yardstick.skill(sittings, at=[0, 30, 60, 90])

    one()
    spent = harness.spent(one, times=harness.size(200, 3)).cpu_seconds * 1000
    harness.emit("estimation.client_32_sittings", spent, "cpu_ms", at_most=5.0)
    harness.emit("estimation.client_20_skills", 20 * spent, "cpu_ms", at_most=100.0)
    course = replace(yardstick.course(), drift=0.25 / 6)
    for kept in (5, 3, 0):
        for change in (0.0, 0.5, 1.0):
            claimed = []
            for _ in range(harness.size(1000, 5)):
                start = float(chance.normal())
                seen = round_of(yardstick, [start, start + change], kept, chance)
                skill = yardstick.skill(seen, at=[0, 182], course=course)
                claimed.append(levels.verdict(skill.change(0, 1)).sign == 1)
            name = f"estimation.growth_claimed.{kept}_of_5_the_same.true_{change:g}"
            most = 0.05 if change == 0 else None
            least = 0.7 if change == 1 and kept == 5 else None
            harness.emit(name, float(np.mean(claimed)), "share", at_most=most, at_least=least)


def own_views() -> None:
    """Blind spots and hidden strengths: how many are named by mistake, and how many are found."""
    chance = np.random.default_rng(cases.SEED)
    for name, people in (
        ("three_peers", ManySided(3, 0, 4)),
        ("four_peers_four_reports", ManySided(4, 4, 4)),
        ("quick_own_view", ManySided(4, 4, 1)),
    ):
        alarms: list[int] = []
        many = harness.size(150, 3)
        for _ in range(many):
            alarms += sides(people.one(0.0, chance)[0]).signs.values()
        label = f"estimation.own_view.{name}"
        alarm = float(np.mean(np.abs(alarms)))
        most = None if harness.is_smoke() else 0.05
        harness.emit(f"{label}.false_alarms", alarm, "share", at_most=most)
        right, far = [], []
        for _ in range(many):
            seen, gaps = people.one(1.2, chance)
            for sign, gap in zip(sides(seen).signs.values(), gaps, strict=True):
                if sign:
                    right.append(sign * gap > 0.5)
                if abs(gap) > 2.0:
                    far.append(sign * gap > 0)
        if right and far:
            least = None if harness.is_smoke() else 0.8
            harness.emit(f"{label}.named_rightly", float(np.mean(right)), "share", at_least=least)
            harness.emit(f"{label}.found_beyond_2_logits", float(np.mean(far)), "share")


def main() -> None:
    for part in (questionnaires, panel, organisation, conditions, naive, client, own_views):
        with harness.step(part.__name__):
            part()
    harness.conclude()


if __name__ == "__main__":
    main()
