"""The estimates: laws that hold for any ledger, and the figures of the published table."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.engine import estimates
from coachwork.engine.estimates import (
    CREDIBLE_RANGE,
    NOT_ENOUGH,
    ONLY_SELF,
    RANGE,
    RELIABILITIES,
    VIEWS_DIFFER,
    Observation,
    change,
    difference,
    level_view,
    margin,
    months_before,
    reliability,
)

TODAY = date(2026, 1, 5)
SOURCES = ["self", *RELIABILITIES, "pulse", "course", "check_in"]


def seen(source: str, level: float | None, days: int = 0, **more: Any) -> Observation:
    return Observation(source, level, TODAY - timedelta(days=days), **more)


def view_of(source: str, level: float, n: int = 1) -> estimates.SourceView:
    [view] = level_view([seen(source, level, n_raters=n)], at=TODAY).by_source
    return view


observations = st.builds(
    Observation,
    source=st.sampled_from(SOURCES),
    level=st.none() | st.floats(1, 5).map(lambda x: round(x, 1)),
    on=st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=3)),
    n_raters=st.integers(1, 12),
    rater=st.sampled_from(["", "carl"]),
    behaviour=st.sampled_from(["", "a", "b", "c", "d"]),
    own_word=st.booleans(),
    ref=st.uuids().map(str),
)
ledgers = st.lists(observations, max_size=25, unique_by=lambda one: one.ref)


# --- goldens ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "n", "r"),
    [("peer", 3, 0.64), ("peer", 5, 0.75), ("report", 3, 0.56), ("report", 5, 0.68)],
)
def test_reliability_of_several_raters_is_the_published_one(source, n, r):
    assert round(reliability(RELIABILITIES[source], n), 2) == r


@pytest.mark.parametrize(
    ("source", "n", "half"), [("peer", 3, 0.7), ("peer", 5, 0.6), ("manager", 1, 0.8)]
)
def test_the_80_percent_interval_is_that_of_the_table(source, n, half):
    assert round(margin(source, n), 1) == half


def test_two_rounds_of_three_peers_must_differ_by_a_whole_level():
    found = change(view_of("peer", 3.0, 3), view_of("peer", 3.9, 3))
    assert round(found.needed or 0, 1) == 1.0
    assert found.sign == 0


def test_a_change_as_large_as_its_interval_is_named_and_a_smaller_one_is_not():
    assert change(view_of("peer", 3.0, 3), view_of("peer", 4.0, 3)).sign == 1
    assert change(view_of("peer", 4.0, 3), view_of("peer", 3.0, 3)).sign == -1
    assert change(view_of("peer", 4.0, 3), view_of("peer", 3.1, 3)).sign == 0


def test_no_change_is_claimed_from_the_persons_own_view():
    found = change(view_of("self", 1), view_of("self", 5))
    assert (found.sign, found.needed) == (0, None)


def test_three_peers_at_3_4_and_self_at_4_are_no_clear_difference():
    view = level_view([seen("peer", 3.4, n_raters=3), seen("self", 4)], at=TODAY)
    peers = next(one for one in view.by_source if one.source == "peer")
    assert view.own is not None and view.own.low is None
    assert difference(view.own, peers).sign == 0
    # The same self-rating lies outside when the peers are a little lower or many more.
    assert difference(view_of("peer", 3.2, 3), view.own).sign == 1
    assert difference(view_of("peer", 3.4, 12), view.own).sign == 1


def test_two_groups_differ_only_when_their_intervals_do_not_meet():
    low, high = view_of("peer", 2.0, 3), view_of("report", 4.0, 3)
    assert difference(low, high).sign == 1
    assert difference(high, low).sign == -1
    assert difference(view_of("peer", 2.6, 3), high).sign == 0


# --- the proposed range -----------------------------------------------------------------------


def test_the_range_goes_outward_to_half_steps():
    view = level_view([seen("self", 3), seen("peer", 3.6, n_raters=3)], at=TODAY)
    assert (view.proposed.state, view.proposed.low, view.proposed.high) == (RANGE, 3.0, 4.0)


def test_a_range_wider_than_one_and_a_half_says_that_views_differ():
    view = level_view([seen("self", 4.5), seen("manager", 2.5)], at=TODAY)
    assert (view.proposed.state, view.proposed.low, view.proposed.high) == (VIEWS_DIFFER, 2.5, 4.5)
    just = level_view([seen("self", 4), seen("manager", 2.5)], at=TODAY)
    assert just.proposed.state == RANGE


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], NOT_ENOUGH),
        ([seen("self", 4)], ONLY_SELF),
        ([seen("peer", 4, n_raters=5)], NOT_ENOUGH),
        ([seen("self", 4), seen("work_sample", 4, own_word=True)], ONLY_SELF),
        ([seen("self", 4), seen("peer", 4, days=300)], ONLY_SELF),
        ([seen("self", 4), seen("work_sample", 4)], RANGE),
        ([seen("peer", 4), seen("coach", 4)], RANGE),
    ],
)
def test_a_range_needs_two_sources_of_which_one_is_somebody_else(said, state):
    assert level_view(said, at=TODAY).proposed.state == state


def test_exercises_alone_never_lift_the_range_above_three():
    said = [seen("self", 5), seen("exercise", 4.5)]
    alone = level_view(said, at=TODAY).proposed
    assert (alone.low, alone.high, alone.capped) == (3.0, 3.0, True)
    with_coach = level_view([*said, seen("coach", 4.5)], at=TODAY).proposed
    assert (with_coach.low, with_coach.high, with_coach.capped) == (4.5, 5.0, False)


# --- what counts ------------------------------------------------------------------------------


def test_evidence_counts_for_nine_months_to_the_day():
    assert months_before(date(2026, 1, 5), 9) == date(2025, 4, 5)
    assert months_before(date(2026, 11, 30), 9) == date(2026, 2, 28)
    assert months_before(date(2024, 11, 30), 9) == date(2024, 2, 29)
    day = Observation("peer", 4, date(2025, 4, 5), n_raters=3)
    assert level_view([day], at=TODAY).by_source
    old = Observation("peer", 4, date(2025, 4, 4), n_raters=3)
    view = level_view([old], at=TODAY)
    assert not view.by_source
    assert [(one.observation, one.reason) for one in view.left_out] == [(old, "too_old")]


def test_a_later_view_of_the_whole_takes_the_place_of_an_earlier_one():
    view = level_view([seen("self", 2, days=90), seen("self", 4)], at=TODAY)
    assert view.own is not None
    assert (view.own.exact, view.own.n) == (4, 1)
    assert [one.reason for one in view.left_out] == ["later_view"]


def test_a_look_through_behaviours_replaces_the_whole_and_one_behaviour_only_itself():
    full = [
        seen("self", level, days=60, behaviour=b)
        for b, level in zip("abcd", (2, 3, 3, 4), strict=True)
    ]
    view = level_view([seen("self", 5, days=90), *full], at=TODAY)
    assert view.own is not None and view.own.exact == 3
    later = level_view([*full, seen("self", 4, days=1, behaviour="a")], at=TODAY)
    assert later.own is not None and later.own.exact == 3.5


def test_a_long_form_of_one_rater_is_not_louder_than_a_short_one_of_another():
    long = [seen("coach", 2, rater="carl", behaviour=b) for b in "abcd"]
    [view] = level_view([*long, seen("coach", 4, rater="dora")], at=TODAY).by_source
    assert (view.exact, view.n) == (3, 2)


def test_a_group_keeps_its_number_of_raters_over_several_behaviours():
    said = [seen("peer", 3, n_raters=4, behaviour="a"), seen("peer", 4, n_raters=3, behaviour="b")]
    [view] = level_view(said, at=TODAY).by_source
    assert view.n == 4
    assert view.exact == pytest.approx((3 * 4 + 4 * 3) / 7)


@pytest.mark.parametrize("wrong", [0.9, 5.1, float("nan"), float("inf")])
def test_a_level_off_the_scale_is_refused(wrong):
    with pytest.raises(ValueError, match="between 1 and 5"):
        level_view([seen("peer", wrong)], at=TODAY)


def test_an_observation_of_nobody_is_refused():
    with pytest.raises(ValueError, match="at least one rater"):
        level_view([seen("peer", 3, n_raters=0)], at=TODAY)


def test_every_derived_number_names_its_rule():
    view = level_view([seen("self", 4), seen("peer", 3, n_raters=3)], at=TODAY)
    assert {str(one.rule) for one in view.by_source} == {"source-view/1"}
    assert str(view.proposed.rule) == "proposed-range/1"
    assert str(difference(*view.by_source).rule) == "difference/1"
    assert str(change(*view.by_source).rule) == "change/1"


# --- laws -------------------------------------------------------------------------------------


@given(ledgers)
def test_every_observation_is_either_used_or_left_out_with_a_reason(ledger):
    view = level_view(ledger, at=TODAY)
    used = [one.ref for source in view.by_source for one in source.used]
    left = [one.observation.ref for one in view.left_out]
    assert sorted(used + left) == sorted(one.ref for one in ledger)
    assert all(one.reason for one in view.left_out)


@given(ledgers)
def test_what_has_no_level_or_is_no_level_source_never_moves_a_level(ledger):
    kept = [o for o in ledger if o.level is not None and o.source in {"self", *RELIABILITIES}]
    all_, some = level_view(ledger, at=TODAY), level_view(kept, at=TODAY)
    assert (all_.by_source, all_.proposed) == (some.by_source, some.proposed)


@given(ledgers)
def test_a_mean_lies_among_its_levels_and_inside_its_interval(ledger):
    for view in level_view(ledger, at=TODAY).by_source:
        levels = [one.level for one in view.used if one.level is not None]
        assert min(levels) - 1e-9 <= view.exact <= max(levels) + 1e-9
        assert view.mean * 2 == int(view.mean * 2)
        if view.source == "self":
            assert view.low is view.high is view.margin is None
        else:
            assert view.low is not None and view.high is not None
            assert 1 <= view.low <= view.exact <= view.high <= 5


@given(ledgers)
def test_a_range_covers_every_mean_and_has_somebody_elses_word(ledger):
    view = level_view(ledger, at=TODAY)
    if view.proposed.low is None or view.proposed.high is None:
        return
    assert len(view.by_source) >= 2 and view.others
    if view.proposed.capped:
        assert view.proposed.high == 3
        return
    if view.proposed.rule == CREDIBLE_RANGE:
        assert len(view.others) >= 2 or sum(one.n for one in view.others) >= 3
        assert any(one.source != "exercise" for one in view.others)
        return
    for one in view.by_source:
        assert view.proposed.low <= one.exact + 1e-9 and one.exact <= view.proposed.high + 1e-9
    wide = view.proposed.high - view.proposed.low
    assert (view.proposed.state == VIEWS_DIFFER) == (wide > 1.5)


@given(st.sampled_from(sorted(RELIABILITIES)), st.integers(1, 60))
def test_more_raters_never_widen_an_interval(source, n):
    assert 0 < margin(source, n + 1) < margin(source, n)
    assert RELIABILITIES[source] <= reliability(RELIABILITIES[source], n) < 1


@given(ledgers)
def test_a_difference_turns_round_with_its_sides(ledger):
    views = level_view(ledger, at=TODAY).by_source
    for first in views:
        assert difference(first, first).sign == 0
        for second in views:
            assert difference(first, second).sign == -difference(second, first).sign


@given(ledgers, st.randoms())
def test_the_order_of_the_ledger_does_not_matter(ledger, random):
    once = {(o.source, o.rater, o.behaviour, o.on): o for o in ledger}
    rows = list(once.values())
    mixed = rows[:]
    random.shuffle(mixed)
    one, other = level_view(rows, at=TODAY), level_view(mixed, at=TODAY)
    assert one.proposed == other.proposed
    assert [v.exact for v in one.by_source] == pytest.approx([v.exact for v in other.by_source])
