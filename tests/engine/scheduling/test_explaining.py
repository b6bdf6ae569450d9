"""Every way out that is named has been laid on the calendar, and works."""

from dataclasses import replace

import pytest

from coachwork.engine.scheduling import explaining, planning
from coachwork.engine.scheduling.explaining import Way
from coachwork.engine.scheduling.values import Activity, Problem, Target
from tests.engine.scheduling import checker


def practice(key, hours=10.0, target="t", **more):
    return Activity(key, hours, rate=4.0, kind=key, gains={target: 30.0}, **more)


def meets_all(problem):
    """Whether a plan of the planner's own meets everything, and holds."""
    plan = planning.plan(problem)
    return checker.faults(problem, plan.by_key) == [] and not plan.short


TIGHT = Problem(
    (2.0,) * 20,
    (practice("a"), practice("b", target="u"), practice("c", target="v")),
    (Target("t", 30.0, due=9), Target("u", 30.0, due=9), Target("v", 20.0, due=19)),
    mix={},
)


def test_what_fits_needs_no_explanation():
    generous = replace(TIGHT, capacity=(4.0,) * 20)
    assert explaining.explain(generous).fits is True


def test_each_way_out_works_and_half_an_hour_or_a_week_less_does_not():
    problem = replace(TIGHT, capacity=(1.5,) * 20)
    answer = explaining.explain(problem)
    assert answer.fits is False
    by_hours = next(way.hours for way in answer.ways if way.hours)
    by_weeks = next(way.weeks for way in answer.ways if way.weeks)
    fewer = next(way.lower for way in answer.ways if way.lower)
    assert meets_all(explaining.with_hours(problem, by_hours))
    assert not meets_all(explaining.with_hours(problem, by_hours - 0.5))
    assert meets_all(explaining.with_weeks(problem, by_weeks))
    assert not meets_all(explaining.with_weeks(problem, by_weeks - 1))
    assert meets_all(explaining.with_lower(problem, fewer))
    assert answer.clash == ("t", "u")


def test_the_clash_names_only_what_cannot_be_together():
    problem = replace(TIGHT, capacity=(1.5,) * 20)
    for left_out in ("t", "u"):
        rest = tuple(one for one in problem.targets if one.key != left_out)
        kept = {one.key for one in rest}
        options = tuple(one for one in problem.activities if kept & one.gains.keys())
        assert meets_all(replace(problem, targets=rest, activities=options))


def test_money_that_is_missing_is_named_to_the_whole_number():
    dear = replace(TIGHT.activities[0], cost=100.5)
    problem = Problem((4.0,) * 12, (dear,), (Target("t", 30.0, due=9),), money=60.0)
    answer = explaining.explain(problem)
    assert Way(money=41.0) in answer.ways
    assert not any(way.hours or way.weeks for way in answer.ways)


def test_what_no_hours_help_is_said_with_what_can_be_reached():
    problem = Problem((9.0,) * 12, (practice("a"),), (Target("t", 50.0, due=9),))
    answer = explaining.explain(problem)
    assert answer.out_of_reach == {"t": pytest.approx(30.0)}
    assert answer.clash == ("t",)
    [way] = answer.ways
    assert way.lower == {"t": 20.0}


def test_one_target_that_is_too_much_alone_clashes_with_nothing_else():
    problem = Problem((0.5,) * 20, TIGHT.activities[:1], TIGHT.targets[:1], mix={})
    answer = explaining.explain(problem)
    assert answer.clash == ("t",)
