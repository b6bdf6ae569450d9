"""The JSON door of evidence: the ledger, levels and why, the aim and its gaps."""

from ninja import Router

from coachwork.evidence.api.aims import router as aims
from coachwork.evidence.api.ledger import router as ledger
from coachwork.evidence.api.levels import router as levels
from coachwork.people.api import opens
from coachwork.people.models import Scope

router = Router(tags=["Evidence"], auth=opens(Scope.READ))
router.add_router("", ledger)
router.add_router("", levels)
router.add_router("", aims)

__all__ = ["router"]
