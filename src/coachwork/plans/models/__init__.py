"""Goals with outcome ladders, plans that have versions, and if-then plans."""

from coachwork.plans.models.goals import Goal, GoalVersion, Rung
from coachwork.plans.models.plans import Dependency, IfThen, Plan, PlanItem, PlanVersion

__all__ = ["Dependency", "Goal", "GoalVersion", "IfThen", "Plan", "PlanItem", "PlanVersion", "Rung"]
