"""Knowledge checks: short, honest about how little they tell, and they really stop."""

from collections import Counter

import numpy as np
import pytest

from coachwork.engine.adaptive import AdaptiveError, Question, Reason
from coachwork.engine.adaptive.knowledge import (
    KNOWLEDGE_RULE,
    bands,
    bank,
    belief,
    next_question,
)

BANK = bank(["easy"] * 3 + ["middling"] * 4 + ["hard"] * 3, "abcabcabca")


def taken(skill, chance):
    """One check: the answers and why it ended; whoever knows answers right, the rest by luck."""
    answers: list[tuple[int, bool]] = []
    everything = np.ones(len(BANK), bool)
    place = int(np.abs(BANK.at - skill).argmin())
    while isinstance(
        step := next_question(BANK, answers, eligible=everything, chance=chance), Question
    ):
        right = chance.random() < BANK.chances[step.item, 1, place]
        answers.append((step.item, bool(right)))
    return answers, step


@pytest.fixture(scope="module")
def many():
    chance = np.random.default_rng(4)
    skills = chance.normal(size=300)
    return skills, [taken(skill, chance) for skill in skills]


def test_it_ends_before_it_runs_out_and_never_before_the_least(many):
    counts = Counter(len(answers) for answers, _stop in many[1])
    assert min(counts) >= KNOWLEDGE_RULE.least
    assert max(counts) <= KNOWLEDGE_RULE.most
    why = Counter(stop.reason for _answers, stop in many[1])
    assert why[Reason.MOST] + why[Reason.NONE_LEFT] < 0.15 * why.total(), why
    assert why[Reason.PRECISE] > 0, "the target can be reached"


def test_intervals_hold_what_they_promise(many):
    skills, runs = many
    inside = []
    for skill, (answers, _stop) in zip(skills, runs, strict=True):
        found = belief(BANK, answers)
        inside.append(abs(found.mean - skill) < 1.2816 * found.sd)
    assert 0.74 <= np.mean(inside) <= 0.87


def test_topics_are_in_balance_and_two_checks_differ(many):
    for answers, _stop in many[1]:
        topics = Counter(BANK.groups[item] for item, _right in answers)
        assert max(topics.values()) - min(topics[name] for name in "abc") <= 2
    assert len({answers[0][0] for answers, _stop in many[1]}) >= 3


def test_the_words_follow_the_answers_and_stay_a_range():
    order = range(8)
    all_right = bands(belief(BANK, [(k, True) for k in order]))
    all_wrong = bands(belief(BANK, [(k, False) for k in order]))
    assert all_right == (1, 2)
    assert all_wrong == (0, 0)
    assert bands(belief(BANK, [])) == (0, 2), "nothing is known before the first answer"


def test_a_difficulty_that_is_none_says_so():
    with pytest.raises(AdaptiveError, match="fiendish"):
        bank(["fiendish"], ["a"])
