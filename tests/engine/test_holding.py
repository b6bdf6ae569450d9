"""Words for which somebody looks first: found in disguise, and not inside harmless words."""

import pytest

from coachwork.engine.holding import finds
from coachwork.kit import content

WORDS = ("slut", "nigger", "kill you", "you ll regret")


@pytest.mark.parametrize(
    "text",
    [
        "SLUT",
        "What a slut!",
        "_sluts_",
        "s1ut? slüt",
        "slut" + "\u200b",
        "sl\u200but",
        "sluuuuut",
        "s.l u-t",
        "I will KILL\n  you.",
        "You\u2019ll regret this",
    ],
)
def test_a_word_is_found_however_it_is_written(text):
    assert finds(text, WORDS) is (text != "s1ut?")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Slutsky explained it",
        "He moved to Niger",
        "It will not kill",
        "skill you up",
        "rows",
    ],
)
def test_a_word_within_another_and_half_a_threat_are_not(text):
    assert not finds(text, WORDS)


def test_an_empty_list_finds_nothing():
    assert not finds("slut", ())


def test_the_shipped_list_lets_hard_feedback_and_swearing_pass():
    shipped = [word for one in content.load("held_words") for word in one.words]
    for text in (
        "He is bloody rude in meetings and I do not trust him.",
        "She kills every idea, and her deadlines hurt the team. Damn hard to work with.",
        "Hold your ground; the retardant report was your best. A killer presentation!",
        "You will find that people watch how you act.",
    ):
        assert not finds(text, shipped), text
    assert finds("I know where you live, b1tch", shipped)
