"""The ledger: what was seen of a person, by whom and when; everything else is derived from it."""

from coachwork.evidence.models.aims import Aim, AimTarget, GapDecision
from coachwork.evidence.models.calibrations import Calibration
from coachwork.evidence.models.ledger import AgreedLevel, Chance, Dispute, Evidence, Source

__all__ = [
    "AgreedLevel",
    "Aim",
    "AimTarget",
    "Calibration",
    "Chance",
    "Dispute",
    "Evidence",
    "GapDecision",
    "Source",
]
