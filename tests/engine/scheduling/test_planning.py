"""Plans hold on the calendar, whatever the question, and say what they miss and why."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings

from coachwork.engine.scheduling import planning, reach
from coachwork.engine.scheduling.errors import CircularError, PlanningError
from coachwork.engine.scheduling.values import Activity, Laid, Problem, Target, Trouble
from tests.engine.scheduling import checker
from tests.engine.scheduling.questions import problems


def reading(key="read", hours=4.0, **more):
    return Activity(key, hours, rate=2.0, kind="reading", **more)


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(problems())
def test_every_plan_passes_a_checker_that_shares_no_code_with_the_planner(problem):
    plan = planning.plan(problem)
    assert checker.faults(problem, plan.by_key) == []
    # Nothing beats a proved bound, and what is required is in the plan or named.
    assert plan.bound is None or plan.cost >= plan.bound - 1e-3 * max(1, abs(plan.bound))
    named = {trouble.about for trouble in plan.troubles}
    assert all(o.key in plan.by_key or o.key in named for o in problem.activities if o.required)


def test_questions_and_plans_travel_to_other_processes():
    question = Problem((2.0, 2.0), (reading(),))
    assert pickle.loads(pickle.dumps(question)) == question
    plan = planning.plan(question)
    assert pickle.loads(pickle.dumps(plan)) == plan


BROKEN = [
    ("over capacity", lambda h: {"a": [(0, 2.0), (1, 2.0)], "b": [(1, 2.0), (2, 2.0)]}),
    ("out of order", lambda h: {"a": [(2, 2.0), (3, 2.0)], "b": [(0, 2.0), (1, 2.0)]}),
    ("too fast", lambda h: {"a": [(0, 3.0), (1, 1.0)], "b": [(2, 2.0), (3, 2.0)]}),
    ("unfinished", lambda h: {"a": [(0, 2.0)], "b": [(2, 2.0), (3, 2.0)]}),
    ("outside the window", lambda h: {"a": [(0, 2.0), (1, 2.0)], "b": [(6, 2.0), (7, 2.0)]}),
    ("a long pause", lambda h: {"a": [(0, 2.0), (4, 2.0)], "b": [(5, 2.0), (6, 2.0)]}),
    ("on no date", lambda h: {"c": [(2, 1.0)]}),
    ("on two dates", lambda h: {"c": [(1, 1.0), (3, 1.0)]}),
    ("beyond the end", lambda h: {"a": [(7, 2.0), (8, 2.0)]}),
    ("nobody asked", lambda h: {"x": [(0, 1.0)]}),
]


@pytest.mark.parametrize(("fault", "weeks"), BROKEN, ids=[name for name, _ in BROKEN])
def test_the_checker_finds_every_fault_in_a_broken_plan(fault, weeks):
    problem = Problem(
        (2.0,) * 8,
        (reading("a"), reading("b", after=("a",), last=6), reading("c", 1.0, dates=(1, 3))),
    )
    good = {"a": Laid("a", ((0, 2.0), (1, 2.0))), "b": Laid("b", ((2, 2.0), (3, 2.0)))}
    assert checker.faults(problem, good) == []
    broken = {key: Laid(key, tuple(hours)) for key, hours in weeks(None).items()}
    assert checker.faults(problem, broken) != []


def test_the_checker_finds_touched_frozen_weeks_and_too_much_at_once():
    problem = Problem((4.0,) * 6, (reading("a"), reading("b")), at_once=1)
    both = {key: Laid(key, ((0, 2.0), (1, 2.0))) for key in "ab"}
    assert any("under way" in fault for fault in checker.faults(problem, both))
    frozen = replace(problem, frozen=2, held={"a": {0: 2.0}})
    assert any("frozen" in fault for fault in checker.faults(frozen, {"b": both["b"]}))


def test_of_two_ways_to_a_target_the_one_that_takes_fewer_hours_is_chosen():
    problem = Problem(
        (2.0,) * 10,
        (reading("long", 10.0, gains={"t": 20.0}), reading("short", 4.0, gains={"t": 20.0})),
        (Target("t", 20.0, due=9),),
        mix={},
    )
    plan = planning.plan(problem)
    assert ([one.key for one in plan.laid], dict(plan.short)) == (["short"], {})
    assert plan.gap is not None
    assert plan.gap < 0.01


def test_the_same_kind_twice_brings_less_than_two_kinds():
    def of(kind):
        second = Activity("second", 4.0, 2.0, kind=kind, gains={"t": 30.0})
        first = Activity("first", 4.0, 2.0, kind="reading", gains={"t": 30.0})
        target = Target("t", 60.0, due=9)
        return planning.plan(Problem((4.0,) * 10, (first, second), (target,), mix={})).short

    assert of("practice") == {}
    assert of("reading")["t"] == pytest.approx(12.0)  # 30 + 60% of 30 = 48


def test_what_is_required_is_laid_late_rather_than_left_out_and_says_so():
    late = reading("a", 8.0, gains={"t": 10.0}, required=True)
    plan = planning.plan(Problem((2.0,) * 6, (late,), (Target("t", 10.0, due=1),), mix={}))
    assert plan.by_key["a"].finish == 3
    assert Trouble("late", "a") in plan.troubles
    assert plan.short == {"t": 10.0}


def test_a_loop_is_refused_with_its_names():
    loop = (reading("a", after=("c",)), reading("b", after=("a",)), reading("c", after=("b",)))
    with pytest.raises(CircularError) as refused:
        planning.plan(Problem((2.0,) * 4, (*loop, reading("d", after=("a",)))))
    assert set(refused.value.loop) == {"a", "b", "c"}
    assert refused.value.loop[0] == refused.value.loop[-1]
    with pytest.raises(CircularError) as itself:
        planning.plan(Problem((2.0,), (reading("a", after=("a",)),)))
    assert itself.value.loop == ("a", "a")


def test_no_hours_at_all_give_an_empty_plan_that_says_why():
    plan = planning.plan(Problem((0.0,) * 4, (reading(required=True),), (Target("t", 5.0, 3),)))
    assert plan.laid == ()
    kinds = {trouble.kind for trouble in plan.troubles}
    assert {"no_capacity", "never_fits"} <= kinds


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        (reading(first=-6, last=-1), "window_past"),
        (reading(first=3, last=1), "window_empty"),
        (reading(dates=(-3, -1)), "date_past"),
        (reading(dates=(9,)), "no_date"),
        (reading(hours=9.0), "never_fits"),
        (reading(after=("never",)), "waits"),
    ],
)
def test_what_cannot_be_in_a_plan_has_a_reason(activity, kind):
    never = reading("never", hours=100.0)
    plan = planning.plan(Problem((2.0,) * 4, (activity, never)))
    assert Trouble(kind, "read") in plan.troubles


def test_a_target_whose_date_is_over_is_named_and_asks_for_nothing():
    plan = planning.plan(Problem((2.0,) * 4, (reading(gains={"t": 9.0}),), (Target("t", 9.0, -1),)))
    assert plan.laid == ()
    assert plan.troubles == (Trouble("target_past", "t"),)


@pytest.mark.parametrize(
    "problem",
    [
        Problem((), ()),
        Problem((-1.0,), ()),
        Problem((float("nan"),), ()),
        Problem((1.0,), (reading(), reading())),
        Problem((1.0,), (reading(hours=0.0),)),
        Problem((1.0,), (reading(after=("nobody",)),)),
        Problem((1.0,), (reading(gains={"nothing": 1.0}),)),
        Problem((1.0,), (), (Target("t", 1.0, 0), Target("t", 1.0, 0))),
        Problem((1.0,), (), (Target("t", float("inf"), 0),)),
        Problem((1.0,), (), at_once=0),
        Problem((1.0,) * 1000, ()),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(problem):
    with pytest.raises(PlanningError):
        planning.plan(problem)


def test_ten_thousand_items_in_one_chain_and_the_last_loop_are_no_trouble():
    chain = [reading("n0")]
    chain += [reading(f"n{n}", after=(f"n{n - 1}",)) for n in range(1, 10_000)]
    found = reach.reach(Problem((2.0,) * 52, tuple(reversed(chain))))
    assert len(found.order) == 26
    kinds = {trouble.kind for trouble in found.troubles}
    assert kinds == {"never_fits", "waits"}
    with pytest.raises(CircularError) as refused:
        reach.ordered([reading("n0", after=("n9999",)), *chain[1:]])
    assert len(refused.value.loop) == 10_001


@pytest.mark.slow
def test_ten_thousand_suggestions_give_a_plan():
    targets = tuple(Target(f"t{n}", 40.0, due=51) for n in range(4))
    many = tuple(
        reading(f"n{n}", 2.0 + n % 7, gains={f"t{n % 4}": 5.0 + n % 11}) for n in range(10_000)
    )
    problem = Problem((3.0,) * 52, many, targets)
    plan = planning.plan(problem)
    assert checker.faults(problem, plan.by_key) == []
    assert plan.short == {}


def test_the_same_question_has_the_same_answer():
    options = tuple(reading(f"n{n}", 2.0 + n % 3, gains={"t": 4.0 + n % 5}) for n in range(20))
    problem = Problem((3.0,) * 20, options, (Target("t", 60.0, due=15),))
    assert planning.plan(problem) == planning.plan(problem)
