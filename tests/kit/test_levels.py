"""The level scale: half steps, words, and never a decimal."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.kit import levels

on_the_scale = st.decimals(min_value=1, max_value=5, places=3)


@pytest.mark.parametrize(
    ("value", "shown", "word"),
    [
        (1, "1", "Starting"),
        (2.2, "2", "Developing"),
        (2.25, "2½", "Developing to Dependable"),
        (3, "3", "Dependable"),
        (Decimal("3.5"), "3½", "Dependable to Strong"),
        (4.74, "4½", "Strong to Role model"),
        (5, "5", "Role model"),
    ],
)
def test_a_level_is_said_in_half_steps_with_its_word(
    value: levels.Number, shown: str, word: str
) -> None:
    assert levels.shown(value) == shown
    assert levels.word(value) == word
    assert levels.said(value) == f"{shown}, {word}"


def test_nothing_seen_is_said_and_never_zero() -> None:
    assert levels.said(None) == "Not seen"
    assert "0" not in levels.shown(None)


@given(on_the_scale)
def test_no_level_is_ever_shown_with_a_decimal(value: Decimal) -> None:
    assert "." not in levels.said(value)


@given(on_the_scale, on_the_scale)
def test_an_interval_in_half_steps_is_never_narrower_than_it_is(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))
    lower, upper = levels.outward(low, high)
    assert lower <= low <= high <= upper
    assert levels.LOWEST <= lower <= upper <= levels.HIGHEST
    assert low - lower < Decimal("0.5") and upper - high < Decimal("0.5")


def test_an_interval_that_leaves_the_scale_ends_with_it() -> None:
    assert levels.span_said(0.2, 5.9) == "between 1 and 5"
    assert levels.span_said(3, 3) == "3, Dependable"


def test_own_anchor_texts_take_the_place_of_the_plain_meanings() -> None:
    own = levels.anchors(["a", "b", "c", "d", "e"])
    assert [anchor["text"] for anchor in own] == ["a", "b", "c", "d", "e"]
    plain = levels.anchors()
    assert [anchor["level"] for anchor in plain] == [1, 2, 3, 4, 5]
    assert all(anchor["text"] for anchor in plain)
