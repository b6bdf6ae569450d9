"""Branching scenes: what a sound one is, and that a record always replays to the same place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine import scenes
from coachwork.engine.scenes import Choice, Ending, Mood, Node, Scene


def node(name, *choices, **more):
    made = tuple(Choice(f"to {where}", where, effects, shows) for where, effects, shows in choices)
    return Node(name, "other", f"line {name}", choices=made, **more)


def ending(name, kind, point=""):
    return Node(name, "narrator", name, ending=Ending(kind, name, name, point))


def sound():
    nodes = [
        node("n1", ("n2", {"trust": 1}, ("C1",)), ("n3", {"trust": -2}, ())),
        node("n2", ("e1", {"progress": 2}, ("C2",)), ("e2", {}, ())),
        node("n3", ("n2", {"trust": 2}, ("C2",)), ("e3", {}, ())),
        ending("e1", "good"),
        ending("e2", "mixed"),
        ending("e3", "low", "n3"),
    ]
    return Scene("n1", {one.id: one for one in nodes})


def changed(**nodes):
    whole = sound()
    left = {**whole.nodes, **nodes}
    return replace(whole, nodes={name: one for name, one in left.items() if one is not None})


RUBRIC = ("C1", "C2")


def test_a_sound_scene_has_no_problems():
    assert scenes.problems(sound(), RUBRIC) == []


@pytest.mark.accepts("T3-05")
def test_a_deleted_target_is_named_with_the_choice_that_points_at_it():
    found = scenes.problems(changed(n2=None), RUBRIC)
    assert "the choice “to n2” of n1 leads to n2, which is not there" in found


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"n9": node("n9", ("e1", {}, ()))}, "nothing leads to n9"),
        ({"n2": node("n2")}, "n2 has neither choices nor an ending"),
        ({"n3": node("n3", ("n3", {}, ()))}, "from n3 no way leads to an ending"),
        ({"e2": node("e2", ("e1", {}, ()))}, "2 endings, not 3 at least"),
        ({"e3": ending("e3", "low")}, "no low ending offers a way back to its turning point"),
        ({"e3": ending("e3", "low", "n8")}, "the ending e3 goes back to n8, which is not there"),
        ({"e3": ending("e3", "low", "n2")}, "e3 goes back to n2, where some ways to it never were"),
        ({"n3": node("n3", ("e3", {}, ("C2",)))}, "1 way to a good ending, not 2 at least"),
        ({"n1": node("n1", ("n2", {}, ()), ("n3", {}, ()))}, "no choice shows C1 of the rubric"),
    ],
)
def test_a_broken_scene_names_its_nodes(broken, says):
    assert says in scenes.problems(changed(**broken), RUBRIC)


@given(st.lists(st.integers(0, 1), max_size=3))
def test_the_same_record_always_replays_to_the_same_place(record):
    def played():
        try:
            return scenes.play(sound(), record)
        except scenes.NotAPlay:
            return None

    assert played() == played()


def test_state_is_bounded_and_a_mood_has_its_own_words():
    mood = Mood("trust", "warmer", at_least=1)
    scene = changed(n2=replace(sound().nodes["n2"], moods=(mood,)))
    assert scenes.play(scene, [0]).line == "warmer"
    assert scenes.play(scene, [1, 0]).line == "line n2"
    steep = changed(n1=node("n1", ("n1", {"trust": 2}, ()), ("e1", {}, ())))
    assert scenes.play(steep, [0] * 9).state["trust"] == scenes.FURTHEST


def test_a_low_ending_goes_back_to_where_it_turned():
    assert scenes.rewound(sound(), [1, 1]) == [1]
    assert scenes.rewound(sound(), [0, 0]) == [0, 0]
