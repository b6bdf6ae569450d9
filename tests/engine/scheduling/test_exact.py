"""The exact sequencer is optional, and what it lays passes the same checker."""

import sys

import pytest
from hypothesis import Phase, given, settings

from coachwork.engine.scheduling import exact, planning
from coachwork.engine.scheduling.laying import Task, lay
from coachwork.engine.scheduling.reach import reach
from coachwork.engine.scheduling.values import Activity, Problem
from tests.engine.scheduling import checker
from tests.engine.scheduling.questions import problems


def tasks_of(problem):
    return [Task(one, problem.weeks - 1) for one in reach(problem).order]


def test_without_it_plans_are_laid_all_the_same(monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setattr(exact, "find_spec", lambda name: None)
    tight = Problem((2.0,) * 4, (Activity("a", 8.0, rate=2.0, required=True),))
    assert exact.lay(tight, tasks_of(tight)) is None
    assert planning.plan(tight).by_key["a"].finish == 3
    # More than goes together: still an answer, with what is left out named.
    twice = Problem(tight.capacity, (*tight.activities, Activity("b", 2.0, 1.0, required=True)))
    assert any(trouble.kind == "no_room" for trouble in planning.plan(twice).troubles)


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(problems())
def test_what_it_lays_holds_and_it_lays_whatever_the_quick_way_lays(problem):
    pytest.importorskip("ortools", reason="the exact sequencer is not installed")
    tasks = tasks_of(problem)
    quick, found = lay(problem, tasks), exact.lay(problem, tasks)
    if found is not None:
        assert checker.faults(problem, found.laid) == []
        assert found.laid.keys() == {task.activity.key for task in tasks}
    else:
        assert quick.failed
