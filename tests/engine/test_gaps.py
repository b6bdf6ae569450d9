"""The gaps: a plain order that anybody can redo, and suggestions that never press."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine import gaps
from coachwork.engine.estimates import Observation, level_view
from coachwork.engine.gaps import AGREED, NOTHING, OWN_VIEW, Standing, four_lists, ordered

TODAY = date(2026, 1, 5)

standings = st.builds(
    Standing,
    competency=st.uuids().map(str),
    target=st.integers(2, 10).map(lambda n: n / 2),
    importance=st.integers(1, 3),
    level=st.none() | st.integers(2, 10).map(lambda n: n / 2),
    basis=st.sampled_from([AGREED, OWN_VIEW, NOTHING]),
    sources=st.integers(0, 4),
    energy=st.none() | st.integers(1, 5),
    position=st.integers(0, 30),
)


def names(rows: list[gaps.Gap]) -> list[str]:
    return [row.standing.competency for row in rows]


def test_a_level_above_the_target_is_no_negative_gap_and_suggests_using_the_strength():
    [row] = ordered([Standing("listening", 3, 2, level=3.5, basis=AGREED, sources=2)])
    assert (row.half_steps, row.at_target, row.suggestion) == (0, True, "use_strength")


def test_an_agreed_level_at_the_target_counts_even_with_one_source():
    [row] = ordered([Standing("listening", 3, 2, level=3, basis=AGREED, sources=1)])
    assert row.suggestion == "use_strength"


def test_fewer_than_two_sources_suggest_gathering_evidence_and_sort_below():
    rows = ordered(
        [
            Standing("unseen", 5, 3, level=1, basis=OWN_VIEW, sources=1, energy=5),
            Standing("seen", 3, 1, level=3, basis=AGREED, sources=2),
        ]
    )
    assert names(rows) == ["seen", "unseen"]
    assert (rows[1].suggestion, rows[1].place) == ("gather_evidence", "evidence")


def test_a_gap_with_evidence_suggests_nothing_and_leaves_the_choice_open():
    [row] = ordered([Standing("listening", 4, 2, level=3, basis=AGREED, sources=2)])
    assert (row.half_steps, row.suggestion) == (2, "")


def test_the_order_is_importance_then_gap_then_energy_and_each_row_says_which_settled_it():
    rows = ordered(
        [
            Standing("d", 4, 2, level=3, basis=AGREED, sources=2, energy=4, position=3),
            Standing("e", 4, 2, level=3, basis=AGREED, sources=2, energy=4, position=4),
            Standing("a", 3, 3, level=3, basis=AGREED, sources=2, position=0),
            Standing("c", 4, 2, level=3, basis=AGREED, sources=2, energy=5, position=2),
            Standing("b", 4, 2, level=2, basis=AGREED, sources=2, energy=1, position=1),
        ]
    )
    assert names(rows) == ["a", "b", "c", "d", "e"]
    assert [row.place for row in rows] == ["first", "importance", "gap", "energy", "order"]


def test_part_of_a_half_step_counts_as_a_half_step():
    assert gaps.half_steps(level=2.8, target=3) == 1
    assert gaps.half_steps(level=None, target=3) is None


@given(st.lists(standings, max_size=15, unique_by=lambda one: one.competency))
def test_the_order_loses_nothing_and_does_not_depend_on_what_came_in_first(rows):
    there = ordered(rows)
    assert sorted(names(there)) == sorted(one.competency for one in rows)
    if len({one.position for one in rows}) == len(rows):
        assert names(there) == names(ordered(reversed(rows)))


@given(st.lists(standings, max_size=15))
def test_no_gap_is_negative_and_no_row_without_evidence_stands_above_one_with_it(rows):
    there = ordered(rows)
    assert all(row.half_steps is None or row.half_steps >= 0 for row in there)
    few = [row.standing.sources < 2 for row in there]
    assert few == sorted(few)


@given(standings, st.integers(1, 3))
def test_mattering_more_never_moves_a_row_down(row, importance):
    others = [Standing(f"o{n}", 3, n, level=2, basis=AGREED, sources=2) for n in (1, 2, 3)]
    before = names(ordered([row, *others])).index(row.competency)
    more = Standing(
        row.competency, row.target, max(row.importance, importance), row.level, row.basis,
        row.sources, row.energy, row.position,
    )  # fmt: skip
    assert names(ordered([more, *others])).index(row.competency) <= before


def estimate(*said: tuple[str, float, int]):
    """Each side answers four questions."""
    rows = [
        Observation(source, level, TODAY, n_raters=n, behaviour=behaviour)
        for source, level, n in said
        for behaviour in "abcd"
    ]
    return level_view(rows, at=TODAY)


def test_the_four_lists_hold_credible_differences_only():
    found = four_lists(
        [
            ("both high", 3, estimate(("self", 4, 1), ("peer", 4, 3))),
            ("both low", 4, estimate(("self", 2, 1), ("peer", 2.5, 3))),
            ("others higher", 3, estimate(("self", 1.5, 1), ("peer", 4.5, 5), ("report", 4, 5))),
            ("others lower", 3, estimate(("self", 4.5, 1), ("peer", 2, 5), ("report", 1.5, 5))),
            ("strong to others", 3, estimate(("self", 5, 1), ("peer", 4, 5), ("report", 4, 5))),
            ("a step lower, by few", 4, estimate(("self", 4, 1), ("peer", 2.5, 3))),
            ("no clear difference", 3, estimate(("self", 3, 1), ("peer", 2.5, 3))),
            ("pulled both ways", 3, estimate(("self", 3, 1), ("peer", 1.5, 5), ("manager", 5, 1))),
            ("only self", 3, estimate(("self", 5, 1))),
            ("only others", 3, estimate(("peer", 5, 3))),
        ]
    )
    assert found.agreed_strengths == ("both high", "strong to others")
    assert found.agreed_needs == ("both low",)
    assert found.hidden_strengths == ("others higher",)
    assert found.possible_blind_spots == ("others lower",)
    assert str(found.rule) == "four-lists/2"
