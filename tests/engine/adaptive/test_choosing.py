"""What is asked next: the most telling, in balance, and nothing of everybody."""

import numpy as np
import pytest

from coachwork.engine.adaptive import (
    AdaptiveError,
    Balance,
    Bank,
    Belief,
    Exposure,
    Question,
    Rule,
    next_step,
    simulated,
)
from coachwork.engine.adaptive.bank import thresholds
from coachwork.engine.adaptive.choosing import chosen, expected_information
from coachwork.engine.ratings.simulated import behaviours

RIGHT_OR_WRONG = Bank(thresholds([-2.0, -1.0, 0.0, 1.0, 2.0]), ("a", "a", "b", "b", "b"))


def test_the_item_where_the_person_stands_tells_most():
    for mean, item in ((-2.0, 0), (0.0, 2), (1.1, 3)):
        belief = Belief.start(RIGHT_OR_WRONG, mean=mean, sd=0.3)
        found = chosen(RIGHT_OR_WRONG, belief, [])
        assert found is not None
        assert found[0] == item
        by_hand = max(expected_information(RIGHT_OR_WRONG, belief))
        assert found[1] == pytest.approx(by_hand)


def test_no_item_is_asked_twice_and_the_end_is_the_end():
    belief = Belief.start(RIGHT_OR_WRONG)
    asked: list[int] = []
    while (found := chosen(RIGHT_OR_WRONG, belief, asked)) is not None:
        asked.append(found[0])
    assert sorted(asked) == [0, 1, 2, 3, 4]


def test_items_that_tell_the_same_are_asked_in_their_order():
    bank = Bank(np.tile([-1.5, -0.5, 0.5, 1.5], (4, 1)))
    belief = Belief.start(bank)
    assert [chosen(bank, belief, list(range(n)))[0] for n in range(4)] == [0, 1, 2, 3]


def test_only_eligible_items_are_asked():
    only = np.array([True, False, False, False, True])
    found = chosen(RIGHT_OR_WRONG, Belief.start(RIGHT_OR_WRONG), [0], eligible=only)
    assert found is not None
    assert found[0] == 4


def test_content_keeps_its_shares_all_along():
    chance = np.random.default_rng(5)
    bank = Bank(behaviours(60, chance), tuple("abc"[k % 3] for k in range(60)))
    balance = Balance({"a": 2, "b": 1, "c": 1})
    belief, asked = Belief.start(bank), list[int]()
    for n in range(1, 21):
        step = next_step(bank, belief, asked, Rule(0, 0, 0, 60), balance=balance)
        assert isinstance(step, Question)
        asked.append(step.item)
        belief = belief.after(bank, step.item, int(chance.integers(5)))
        given = [bank.groups[i] for i in asked]
        for group, share in (("a", 0.5), ("b", 0.25), ("c", 0.25)):
            assert abs(given.count(group) - n * share) <= 1, (n, group)
    free, loose = Belief.start(bank), list[int]()
    for _ in range(20):
        step = next_step(bank, free, loose, Rule(0, 0, 0, 60))
        loose.append(step.item)
        free = free.after(bank, step.item, 2)
    assert [bank.groups[i] for i in loose].count("a") != 10, "the balance does something"


def test_where_a_group_has_run_out_the_others_go_on():
    balance = Balance({"a": 1, "b": 1})
    belief, asked = Belief.start(RIGHT_OR_WRONG), list[int]()
    while (found := chosen(RIGHT_OR_WRONG, belief, asked, balance=balance)) is not None:
        asked.append(found[0])
    assert len(asked) == 5


def test_no_item_is_asked_of_more_people_than_the_cap():
    bank = Bank(behaviours(60, np.random.default_rng(1)))
    skills = np.random.default_rng(2).normal(size=200)
    rule = Rule(target=0, worthwhile=0, least=6, most=6)
    free = simulated.run(bank, skills, rule, np.random.default_rng(3))
    assert free.counts.max() == 200, "without a cap, everybody is asked the best first item"
    held = simulated.run(bank, skills, rule, np.random.default_rng(3), cap=0.2)
    assert held.counts.max() <= 0.2 * 200
    assert held.counts.sum() == 6 * 200
    assert held.sd.mean() < free.sd.mean() * 1.1, "at little cost"


def test_drawing_from_the_best_spreads_the_first_question():
    bank = Bank(behaviours(60, np.random.default_rng(1)))
    chance = np.random.default_rng(4)
    belief = Belief.start(bank)
    best = set(np.argsort(-expected_information(bank, belief))[:5].tolist())
    seen = {chosen(bank, belief, [], exposure=Exposure(5), chance=chance)[0] for _ in range(200)}
    assert seen == best


def test_where_all_items_are_at_the_cap_the_least_used_one_is_asked():
    exposure = Exposure(cap=0.1, people=9, counts=np.array([5, 4, 3, 2, 4]))
    found = chosen(RIGHT_OR_WRONG, Belief.start(RIGHT_OR_WRONG), [], exposure=exposure)
    assert found is not None
    assert found[0] == 3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda b: Balance({}),
        lambda b: Balance({"a": -1}),
        lambda b: Balance({"a": 0}),
        lambda b: Exposure(0),
        lambda b: Exposure(cap=0),
        lambda b: chosen(RIGHT_OR_WRONG, b, [9]),
        lambda b: chosen(RIGHT_OR_WRONG, b, [], eligible=np.array([True])),
        lambda b: chosen(RIGHT_OR_WRONG, b, [], exposure=Exposure(3)),
        lambda b: chosen(
            RIGHT_OR_WRONG, b, [], exposure=Exposure(cap=0.5, counts=np.array([1, 2]))
        ),
    ],
)
def test_what_cannot_be_chosen_from_says_so(wrong):
    with pytest.raises(AdaptiveError):
        wrong(Belief.start(RIGHT_OR_WRONG))
