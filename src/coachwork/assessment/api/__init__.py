"""The JSON door of this room: self-assessments, and feedback rounds with their reports."""

from ninja import Router

from coachwork.assessment.api.knowledge import router as knowledge
from coachwork.assessment.api.reports import router as reports
from coachwork.assessment.api.rounds import router as rounds
from coachwork.assessment.api.self_assessments import router as self_assessments
from coachwork.people.api import opens
from coachwork.people.models import Scope

router = Router(tags=["Self-assessment"], auth=opens(Scope.READ))
router.add_router("", self_assessments)
router.add_router("", rounds)
router.add_router("", reports)
router.add_router("", knowledge)

__all__ = ["router"]
