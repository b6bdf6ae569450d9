"""Plans that schedule themselves: what to take on, in which week, and what it would take.

Three questions: `plan` chooses and lays, `replan` proposes after a slip, `explain` says why not
everything fits. `Calendar` turns dates into weeks, `need` levels into points. All of them take and
return plain values, raise PlanningError (CircularError for a loop) for what is no question, and
tell everything else in the answer. `sequencing` holds the sequencer to published problems.
"""

from coachwork.engine.scheduling.calendar import Calendar
from coachwork.engine.scheduling.errors import CircularError, PlanningError
from coachwork.engine.scheduling.explaining import Explanation, Way, explain
from coachwork.engine.scheduling.planning import plan
from coachwork.engine.scheduling.points import need
from coachwork.engine.scheduling.replanning import (
    Difference,
    Move,
    Proposal,
    freeze,
    later,
    replan,
)
from coachwork.engine.scheduling.values import Activity, Laid, Plan, Problem, Target, Trouble

__all__ = [
    "Activity",
    "Calendar",
    "CircularError",
    "Difference",
    "Explanation",
    "Laid",
    "Move",
    "Plan",
    "PlanningError",
    "Problem",
    "Proposal",
    "Target",
    "Trouble",
    "Way",
    "explain",
    "freeze",
    "later",
    "need",
    "plan",
    "replan",
]
