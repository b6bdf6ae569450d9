"""The adaptive look at oneself, simulated before it ships: it stops early, and never too early."""

from collections import Counter

import numpy as np
import pytest

from coachwork.engine.adaptive import Bank, Question, Reason, Rule, Stop, views
from coachwork.engine.adaptive.self_view import (
    PRIOR,
    SELF_VIEW_RULE,
    levels,
    next_steps,
    uncalibrated,
)

BEHAVIOURS, SKILLS = 5, 6


def filled(answering, rule=SELF_VIEW_RULE):
    """One person's form, a skill after the other: their answers, and the stop of each skill."""
    banks = [uncalibrated(BEHAVIOURS)] * SKILLS
    answers: list[list[tuple[int, int | None]]] = [[] for _ in banks]
    stops = []
    for skill in range(SKILLS):
        while isinstance(step := next_steps(banks, answers, rule)[skill], Question):
            answers[skill].append((step.item, answering(skill)))
        stops.append(step)
    return answers, stops


def people(count, seed, own=0.8, shared=0.7):
    """Typical people: own views of a profile, and answers by the model."""
    chance = np.random.default_rng(seed)
    bank = uncalibrated(BEHAVIOURS)
    for _ in range(count):
        view = PRIOR.mean + chance.normal() * shared + chance.normal(size=SKILLS) * own
        places = [int(np.abs(bank.at - one).argmin()) for one in view]

        def answering(skill, places=places):
            p = bank.chances[0, :, places[skill]]
            return int(chance.choice(5, p=p / p.sum()))

        yield view, filled(answering)


@pytest.fixture(scope="module")
def typical():
    return list(people(12, seed=3))


def test_typical_answers_end_long_before_the_full_form_and_never_before_the_least(typical):
    counts = [[len(given) for given in answers] for _view, (answers, _stops) in typical]
    assert min(min(row) for row in counts) >= SELF_VIEW_RULE.least
    totals = [sum(row) for row in counts]
    assert max(totals) < SKILLS * BEHAVIOURS, "nobody had to fill in the full form"
    assert np.mean(totals) <= 0.65 * SKILLS * BEHAVIOURS


def test_it_stops_for_being_precise_and_not_for_having_run_out(typical):
    why = Counter(stop.reason for _view, (_answers, stops) in typical for stop in stops)
    assert why[Reason.PRECISE] >= 0.9 * why.total(), why


def test_what_it_says_it_knows_it_knows(typical):
    """The own view, on levels, lies inside the 95% interval as often as that promises."""
    bank = uncalibrated(BEHAVIOURS)
    scale, _spread = levels(bank)
    inside = []
    for view, (answers, _stops) in typical:
        from_scratch = next_beliefs(answers)
        for true, belief in zip(view, from_scratch, strict=True):
            inside.append(abs(belief.mean - np.interp(true, bank.at, scale)) < 1.96 * belief.sd)
    assert np.mean(inside) >= 0.88  # 72 views of 12 people


def next_beliefs(answers):
    bank = uncalibrated(BEHAVIOURS)
    scale, spread = levels(bank)
    found = views([bank] * SKILLS, answers, PRIOR)
    return [one.read_on(scale, prior_sd=spread) for one in found.each]


@pytest.mark.parametrize("always", range(5))
def test_whoever_answers_the_same_throughout_is_let_go_early_too(always):
    answers, stops = filled(lambda _skill: always)
    counts = [len(given) for given in answers]
    assert all(2 <= n <= 4 for n in counts), counts
    assert {stop.reason for stop in stops} == {Reason.PRECISE}


def test_what_was_said_elsewhere_saves_questions_and_alone_never_ends_a_skill():
    with_others, _stops = filled(lambda _skill: 1)
    assert len(with_others[-1]) < len(with_others[0])
    banks = [uncalibrated(BEHAVIOURS)] * 2
    everything = [(k, 2) for k in range(BEHAVIOURS)]
    step = next_steps(banks, [everything, []])[1]
    assert isinstance(step, Question)
    step = next_steps(banks, [everything, [(0, 2)]])[1]
    assert isinstance(step, Question), "one answer is never enough"


def test_not_seen_throughout_asks_everything_and_makes_nothing_up():
    answers, stops = filled(lambda _skill: None)
    assert [len(given) for given in answers] == [BEHAVIOURS] * SKILLS
    assert {stop.reason for stop in stops} == {Reason.NONE_LEFT}
    _scale, spread = levels(uncalibrated(BEHAVIOURS))
    assert stops[-1].sd == pytest.approx(spread, abs=0.01)


def test_a_long_list_of_behaviours_ends_at_the_most():
    chance = np.random.default_rng(1)
    bank = uncalibrated(20)
    answers = [[(k, int(x)) for k, x in enumerate(chance.permutation([0, 4, 0, 4, 2, 2]))]]
    strict = Rule(target=0.0, worthwhile=0.0, least=2, most=6)
    step = next_steps([bank], answers, strict)[0]
    assert isinstance(step, Stop)
    assert step.reason == Reason.MOST


def test_calibrated_behaviours_are_asked_in_the_order_of_what_they_tell():
    easy_to_hard = Bank(
        np.array([[-1.5, -0.5, 0.5, 1.5]]) + np.array([[3.0], [-3.0], [0.0]]), reach=12
    )
    step = next_steps([easy_to_hard], [[]])[0]
    assert isinstance(step, Question)
    assert step.item == 2
    scale, spread = levels(easy_to_hard)
    assert scale.shape == easy_to_hard.at.shape
    assert spread > 0
