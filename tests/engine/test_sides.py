"""Blind spots and hidden strengths from what is shown: how often wrong, how often found."""

from datetime import date

import numpy as np
import pytest

from coachwork.engine.estimates import Observation, level_view, sides
from coachwork.engine.estimates.simulated import ManySided

TODAY = date(2026, 1, 5)


def estimate(own, *others, questions=4):
    rows = [("self", own, 1), *others]
    return level_view(
        [
            Observation(source, level, TODAY, n_raters=n, behaviour=f"{k}")
            for source, level, n in rows
            for k in range(questions)
        ],
        at=TODAY,
    )


def alike(n, own=3.0, others=3.0):
    return [
        (f"like {k}", None, estimate(own, ("peer", others, 5), ("report", others, 5)))
        for k in range(n)
    ]


@pytest.mark.parametrize(("peers", "reports", "questions"), [(3, 0, 4), (4, 4, 4), (4, 4, 1)])
def test_of_people_who_see_nothing_otherwise_hardly_anything_is_named(peers, reports, questions):
    """The false-alarm rate, of single competencies, with the rounding and masks of a report."""
    chance, people = np.random.default_rng(31), ManySided(peers, reports, questions)
    named = [sign for _ in range(60) for sign in sides(people.one(0.0, chance)[0]).signs.values()]
    assert len(named) == 60 * people.skills
    assert np.mean(np.abs(named)) <= 0.05


def test_what_is_named_is_true_as_often_as_promised():
    chance, people = np.random.default_rng(32), ManySided(5, 4, 5)
    right, found = [], 0
    for _ in range(80):
        seen, gaps = people.one(1.2, chance)
        found += int((np.abs(gaps) > 2.0).sum())
        signs = sides(seen).signs.values()
        right += [sign * gap > 0.5 for sign, gap in zip(signs, gaps, strict=True) if sign]
    assert np.mean(right) >= 0.80
    assert len(right) > found / 2 > 20


def test_whoever_sees_less_in_everything_has_no_list_of_it_but_is_told():
    seen = sides(alike(8, own=1.5, others=4.0))
    assert seen.everywhere == -1
    assert set(seen.signs.values()) == {0}


def test_whoever_sees_more_in_everything_has_no_blind_spots_for_it():
    seen = sides(alike(8, own=5.0, others=2.5))
    assert (seen.everywhere, set(seen.signs.values())) == (1, {0})


def test_what_others_see_as_strong_is_nobodys_blind_spot():
    odd = estimate(5.0, ("peer", 2.0, 8), ("report", 2.0, 8), questions=8)
    rest = alike(9, own=2.0)
    assert sides([*rest, ("odd", 4.0, odd)]).signs["odd"] == 1
    assert sides([*rest, ("odd", 1.5, odd)]).signs["odd"] == 0


def test_one_competency_alone_says_nothing_of_itself():
    """What is added to one cannot be told from what is added to all."""
    seen = sides([("one", None, estimate(5.0, ("peer", 2.0, 4)))])
    assert seen.signs == {"one": 0}


def test_where_one_side_is_missing_there_is_nothing_to_compare():
    alone = level_view([Observation("self", 3.0, TODAY)], at=TODAY)
    others = level_view([Observation("peer", 3.0, TODAY, n_raters=5)], at=TODAY)
    assert sides([("a", None, alone), ("b", None, others)]).signs == {}
    assert sides([]).everywhere == 0


def test_who_is_seen_more_by_some_and_less_by_others_is_on_no_list():
    torn = estimate(3.0, ("peer", 4.5, 12), ("manager", 1.0, 1), ("report", 1.5, 12))
    assert sides([*alike(9), ("torn", None, torn)]).signs["torn"] == 0
