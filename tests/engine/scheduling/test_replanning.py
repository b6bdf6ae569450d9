"""After a slip the plan is laid again, or changed as little as goes; frozen weeks stay."""

from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coachwork.engine.scheduling import planning, replanning
from coachwork.engine.scheduling.replanning import AFRESH, FEWEST, SAME
from coachwork.engine.scheduling.values import Activity, Laid, Problem, Target, Trouble
from tests.engine.scheduling import checker
from tests.engine.scheduling.questions import problems


def activity(key, hours=4.0, **more):
    return Activity(key, hours, rate=2.0, kind=key, **more)


@settings(max_examples=50, deadline=None, phases=[Phase.generate])
@given(problems(), st.data())
def test_a_new_plan_holds_and_leaves_the_frozen_weeks_untouched(problem, data):
    before = planning.plan(problem).by_key
    shrunk = tuple(
        max(0.0, hours - data.draw(st.sampled_from([0.0, 0.0, 0.5, 2.0])))
        for hours in problem.capacity
    )
    slipped = replanning.freeze(replace(problem, capacity=shrunk), before)
    proposal = replanning.replan(slipped, before)
    plan = proposal.plan
    assert checker.faults(slipped, plan.by_key) == []
    for key, laid in before.items():
        promised = [piece for piece in laid.hours if piece[0] < replanning.FROZEN]
        now = plan.by_key[key].hours if key in plan.by_key else ()
        assert [piece for piece in now if piece[0] < replanning.FROZEN] == promised
    # The difference tells all of it: the plan before, changed so, is the plan after.
    changed = set(before) - set(proposal.difference.removed) | set(proposal.difference.added)
    assert changed == plan.by_key.keys()
    moved = {move.key for move in proposal.difference.moved}
    assert all(
        before[key].hours == plan.by_key[key].hours
        for key in plan.by_key
        if key in before and key not in moved
    )


def test_with_nothing_slipped_nothing_changes():
    problem = Problem(
        (2.0,) * 12,
        (activity("a", gains={"t": 20.0}), activity("b", 6.0, gains={"t": 20.0}, after=("a",))),
        (Target("t", 40.0, due=9),),
    )
    before = planning.plan(problem).by_key
    proposal = replanning.replan(replanning.freeze(problem, before), before)
    assert (proposal.how, bool(proposal.difference)) == (SAME, False)


def test_a_slip_that_the_calendar_takes_moves_weeks_and_changes_no_set():
    before = {"a": Laid("a", ((0, 2.0), (1, 2.0))), "b": Laid("b", ((2, 2.0), (3, 2.0)))}
    problem = Problem(
        (2.0, 2.0, 0.0, *(2.0,) * 6),
        (activity("a", 4.0), activity("b", 4.0, gains={"t": 20.0}, after=("a",))),
        (Target("t", 20.0, due=8),),
    )
    proposal = replanning.replan(replanning.freeze(problem, before), before)
    assert proposal.how == SAME
    [move] = proposal.difference.moved
    assert (move.key, move.before, move.after) == ("b", (2, 3), (3, 4))
    assert proposal.difference.changes == 0


def test_when_the_same_set_is_too_much_as_little_as_possible_changes():
    long = activity("long", 20.0, gains={"t": 30.0})
    short = activity("short", 4.0, gains={"t": 30.0})
    kept = activity("kept", 4.0, gains={"u": 30.0})
    other = activity("other", 3.5, gains={"u": 30.0})  # a little better, but not worth a change
    problem = Problem(
        (4.0,) * 8,
        (long, short, kept, other),
        (Target("t", 30.0, due=7), Target("u", 30.0, due=7)),
        mix={},
    )
    before = {
        "long": Laid("long", tuple((week, 2.0) for week in range(2, 12))),
        "kept": Laid("kept", ((3, 2.0), (4, 2.0))),
    }
    proposal = replanning.replan(replanning.freeze(problem, before), before)
    assert proposal.how == FEWEST
    assert (proposal.difference.removed, proposal.difference.added) == (("long",), ("short",))
    assert proposal.plan.by_key["kept"].hours == before["kept"].hours
    assert proposal.plan.short == {}


def test_what_is_promised_stays_even_where_it_no_longer_fits_and_is_named():
    before = {"b": Laid("b", ((0, 2.0), (1, 2.0)))}
    problem = Problem((1.0,) * 8, (activity("a"), activity("b", after=("a",))))
    frozen = replanning.freeze(problem, before)
    plan = replanning.replan(frozen, before).plan
    assert plan.by_key["b"].hours[:2] == ((0, 2.0), (1, 2.0))
    found = planning.plan(frozen).troubles
    assert Trouble("held_over", week=0) in found
    assert Trouble("held_early", "b") in found


def test_only_what_is_left_to_do_is_promised_again():
    before = {"a": Laid("a", ((0, 2.0), (1, 2.0), (2, 2.0)))}
    frozen = replanning.freeze(Problem((2.0,) * 6, (activity("a", 3.0),)), before)
    assert frozen.held == {"a": {0: 2.0, 1: 1.0}}
    gone = replanning.freeze(Problem((2.0,) * 6, ()), before)
    assert gone.held == {}


def test_a_plan_some_weeks_on_counts_its_weeks_anew():
    plan = {"a": Laid("a", ((0, 2.0), (3, 2.0))), "b": Laid("b", ((1, 2.0),))}
    assert replanning.later(plan, 2) == {"a": Laid("a", ((1, 2.0),))}


def test_a_plan_afresh_is_proposed_only_where_it_is_clearly_better():
    assert AFRESH != FEWEST
    poor = activity("poor", 20.0, gains={"t": 10.0})
    rich = [activity(f"rich{n}", 4.0, gains={"t": 25.0}) for n in range(4)]
    problem = Problem((2.0,) * 12, (poor, *rich), (Target("t", 100.0, due=11),), mix={})
    before = {"poor": Laid("poor", tuple((week, 2.0) for week in range(2, 12)))}
    proposal = replanning.replan(replanning.freeze(problem, before), before)
    fresh = planning.plan(replanning.freeze(problem, before))
    assert proposal.plan.cost <= fresh.cost * 1.011


def test_what_has_begun_goes_on_before_anything_new_is_begun_beside_it():
    before = {"begun": Laid("begun", ((1, 2.0), (2, 2.0), (3, 2.0)))}
    problem = Problem(
        (4.0,) * 10, (activity("new", 2.0), activity("begun", 6.0), activity("over")), at_once=1
    )
    frozen = replanning.freeze(problem, before)
    proposal = replanning.replan(frozen, before, overdue={"new", "over"})
    assert checker.faults(frozen, proposal.plan.by_key) == []
    weeks = {key: (laid.start, laid.finish) for key, laid in proposal.plan.by_key.items()}
    assert weeks["begun"] == (1, 3)
    assert min(weeks["new"][0], weeks["over"][0]) == 4


def test_what_is_overdue_is_still_in_the_plan_and_moves():
    problem = Problem((4.0,) * 10, (activity("late"),))
    proposal = replanning.replan(replanning.freeze(problem, {}), {}, overdue={"late"})
    assert proposal.how == SAME
    assert proposal.difference.changes == 0
    [move] = proposal.difference.moved
    assert (move.key, move.before, move.after) == ("late", None, (2, 3))
