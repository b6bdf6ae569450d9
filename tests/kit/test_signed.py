"""Signed links name one purpose, and cannot be made up."""

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from coachwork.kit import signed
from coachwork.kit.ids import new_id


def test_a_link_says_what_was_signed():
    one = new_id()
    assert signed.read("pause", signed.token("pause", one, 7, "all")) == [str(one), "7", "all"]


def test_a_link_for_one_purpose_works_for_no_other():
    with pytest.raises(signed.NotALink):
        signed.read("erase", signed.token("pause", 1))


@given(st.text(max_size=200))
def test_a_made_up_link_is_no_link(text):
    with pytest.raises(signed.NotALink):
        signed.read("pause", text)


def test_a_link_may_grow_too_old():
    with time_machine.travel("2026-01-05", tick=False):
        token = signed.token("pause", 1)
    with time_machine.travel("2026-01-20", tick=False):
        assert signed.read("pause", token) == ["1"]
        assert signed.read("pause", token, days=16) == ["1"]
        with pytest.raises(signed.NotALink):
            signed.read("pause", token, days=14)


def test_an_address_is_made_whole_once(settings):
    settings.ORIGIN = "https://coaching.example"
    assert signed.absolute("/plan/") == "https://coaching.example/plan/"
    assert signed.absolute("https://other.example/x") == "https://other.example/x"
