"""The JSON door of plans: goals with their outcomes, if-then plans, and the plan by week."""

from ninja import Router

from coachwork.people.api import opens
from coachwork.people.models import Scope
from coachwork.plans.api.goals import router as goals
from coachwork.plans.api.if_thens import router as if_thens
from coachwork.plans.api.items import router as items
from coachwork.plans.api.proposals import router as proposals

router = Router(tags=["Goals"], auth=opens(Scope.READ))
router.add_router("", goals)
router.add_router("", if_thens)
router.add_router("", items)
router.add_router("", proposals)

__all__ = ["router"]
