"""Goals with outcome ladders, plans that have versions, if-then plans, and proposed changes."""

from coachwork.plans.models.goals import Goal, GoalVersion, Rung
from coachwork.plans.models.plans import Dependency, IfThen, Plan, PlanItem, PlanVersion
from coachwork.plans.models.proposals import Proposal, WeekTime
from coachwork.plans.models.replans import Replan, ReplanPart

__all__ = [
    "Dependency",
    "Goal",
    "GoalVersion",
    "IfThen",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "Proposal",
    "Replan",
    "ReplanPart",
    "Rung",
    "WeekTime",
]
