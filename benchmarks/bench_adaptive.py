"""Adaptive questionnaires: questions to a standard error, honest savings, and the next one's time.

catsim runs on the same simulated people in the same run where it is installed (see peers.in). It
knows right-or-wrong items only, so that its bank is another one (500 items with slopes); it stops
at the standard error of its estimate without a prior, the engine at that of the posterior.
"""

import importlib
from typing import Any

import numpy as np

from benchmarks import harness
from coachwork.engine.adaptive import (
    Bank,
    Belief,
    Question,
    Reason,
    Rule,
    next_step,
    self_view,
    simulated,
    views,
)
from coachwork.engine.adaptive.choosing import expected_information
from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.simulated import behaviours

SEED = 7
LIMITS = {0.3: 13.0, 0.4: 7.0}  # questions, estimation A6


def people() -> Floats:
    """The skills of everybody who is asked here, in logits."""
    return np.random.default_rng(SEED).normal(size=harness.size(2000, 20))


def label(target: float) -> str:
    return f"to_se_{target:g}".replace("0.", "0")


def adaptive() -> None:
    """A6: a bank of 60 behaviours with five answers; then the same in other orders."""
    chance = np.random.default_rng(SEED + 1)
    bank, skills = Bank(behaviours(60, chance)), people()
    for target, limit in LIMITS.items():
        rule = Rule(target=target, worthwhile=0.0, least=1, most=60)
        found = simulated.run(bank, skills, rule, chance)
        name = f"adaptive.{label(target)}"
        mean = float(found.asked.mean())
        harness.emit(f"{name}.questions", mean, "questions", at_most=limit)
        harness.emit(f"{name}.p90", harness.percentile(found.asked.tolist(), 0.9), "questions")
        off = found.mean - skills
        inside = float(np.mean(np.abs(off) < 1.96 * found.sd))
        harness.emit(f"{name}.in_95", inside, "share", at_least=0.93)
        harness.emit(f"{name}.in_95_not_wider", inside, "share", at_most=0.97)
        harness.emit(f"{name}.error", float(np.sqrt(np.mean(off**2))), "logits", against=target)
        best = np.argsort(-expected_information(bank, Belief.start(bank)))
        fixed = ordered(bank, skills, target, lambda order=best: order, chance)
        random = ordered(bank, skills, target, lambda: chance.permutation(60), chance)
        for other, many in (("best_fixed_order", fixed), ("random_order", random)):
            harness.emit(f"{name}.{other}", many, "questions")
            harness.emit(f"{name}.saved_over_{other}", 1 - mean / many, "share")
        held = simulated.run(bank, skills, rule, chance, cap=0.35)
        harness.emit(f"{name}.with_exposure_capped", float(held.asked.mean()), "questions")


def ordered(
    bank: Bank, skills: Floats, target: float, order: Any, chance: np.random.Generator
) -> float:
    """Mean questions until the target where they come in an order that answers do not change."""
    many = []
    for skill in skills:
        belief, place = Belief.start(bank), int(np.abs(bank.at - skill).argmin())
        for item in order():
            p = np.cumsum(bank.chances[item, :, place])
            answer = int(np.searchsorted(p, chance.random() * p[-1]))
            belief = belief.after(bank, int(item), answer)
            if belief.sd <= target:
                break
        many.append(belief.answered)
    return float(np.mean(many))


def product_rule() -> None:
    """The rule as it ships for long banks: why it stops, so that one sees that it fires."""
    chance = np.random.default_rng(SEED + 2)
    bank = Bank(behaviours(60, chance))
    found = simulated.run(bank, people(), Rule(), chance)
    harness.emit("adaptive.default_rule.questions", float(found.asked.mean()), "questions")
    for reason, many in sorted(found.reasons.items()):
        harness.emit(f"adaptive.default_rule.{reason}", many / found.asked.size, "share")


def own_view() -> None:
    """The adaptive look at oneself: ten competencies of five behaviours, as the product asks.

    `model`: people as the settings of self-raters have them; `typical`: a narrower profile.
    """
    skills, behaviours_each = 10, 5
    banks = [self_view.uncalibrated(behaviours_each)] * skills
    prior = self_view.PRIOR
    scale, spread = self_view.levels(banks[0])
    for name, shared, own in (("model", prior.shared, prior.own), ("typical", 0.7, 0.8)):
        chance = np.random.default_rng(SEED + 5)
        many, inside, ran_out = [], [], 0
        for _ in range(harness.size(60, 1)):
            view = prior.mean + chance.normal() * shared + chance.normal(size=skills) * own
            answers: list[list[tuple[int, int | None]]] = [[] for _ in banks]
            for k in range(skills):
                place = int(np.abs(banks[k].at - view[k]).argmin())
                while isinstance(step := self_view.next_steps(banks, answers)[k], Question):
                    p = np.cumsum(banks[k].chances[step.item, :, place])
                    said = int(np.searchsorted(p, chance.random() * p[-1]))
                    answers[k].append((step.item, said))
                ran_out += step.reason == Reason.NONE_LEFT
            many.append(sum(map(len, answers)))
            for true, found in zip(view, views(banks, answers, prior).each, strict=True):
                level = found.read_on(scale, prior_sd=spread)
                level_true = float(np.interp(true, banks[0].at, scale))
                inside.append(abs(level.mean - level_true) < 1.96 * level.sd)
        share = float(np.mean(many)) / (skills * behaviours_each)
        harness.emit(f"adaptive.own_view.{name}.share_of_full_form", share, "share", at_most=0.65)
        stops = skills * len(many)
        harness.emit(f"adaptive.own_view.{name}.ran_out", ran_out / stops, "share", at_most=0.1)
        harness.emit(f"adaptive.own_view.{name}.in_95", float(np.mean(inside)), "share")


def next_item() -> None:
    """P6: the next question of a bank of 200 behaviours."""
    chance = np.random.default_rng(SEED + 3)
    bank = Bank(behaviours(200, chance))
    belief, asked = Belief.start(bank), [3, 150, 77]
    for item in asked:
        belief = belief.after(bank, item, 2)
    rule = Rule(target=0.1, most=60)

    def one() -> None:
        next_step(bank, belief.after(bank, 9, 3), asked, rule)

    one()
    spent = harness.spent(one, times=harness.size(2000, 5)).cpu_seconds * 1000
    harness.emit("adaptive.next_of_200", spent, "cpu_ms", at_most=1.0)


def rival() -> None:
    """catsim on the same people: right-or-wrong items with slopes, 500 of them."""
    try:
        part = {
            name: importlib.import_module(f"catsim.{name}")
            for name in ("estimation", "initialization", "selection", "simulation", "stopping")
        }
    except ImportError:
        harness.note("  catsim is not installed; left out")
        return
    chance = np.random.default_rng(SEED + 4)
    items = np.stack(
        [
            np.exp(chance.normal(0, 0.3, 500)),
            chance.normal(size=500),
            np.zeros(500),
            np.ones(500),
        ],
        axis=1,
    )
    skills = people()[: harness.size(300, 2)]
    for target in LIMITS:
        simulator = part["simulation"].Simulator(items, skills, seed=SEED)
        spent = harness.spent(
            lambda one=simulator, limit=target: one.simulate(  # type: ignore[misc]
                part["initialization"].FixedPointInitializer(0.0),
                part["selection"].MaxInfoSelector(),
                part["estimation"].NumericalSearchEstimator(),
                part["stopping"].MinErrorStopper(limit, max_items=200),
            )
        ).cpu_seconds
        many = [len(one) for one in simulator.administered_items]
        name = f"adaptive.{label(target)}.catsim"
        harness.emit(f"{name}.questions", float(np.mean(many)), "questions")
        off = np.array(simulator.latest_estimations) - skills
        harness.emit(f"{name}.error", float(np.sqrt(np.mean(off**2))), "logits", against=target)
        harness.emit(f"{name}.a_question_of_500", spent * 1000 / sum(many), "cpu_ms")


def main() -> None:
    for part in (adaptive, product_rule, own_view, next_item, rival):
        with harness.step(part.__name__):
            part()
    harness.conclude()


if __name__ == "__main__":
    main()
