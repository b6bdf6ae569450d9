"""Add to the ledger, agree levels, choose an aim and decide about gaps. No row is ever edited."""

from coachwork.evidence.actions.aims import Target, add_target, change_targets, set_aim
from coachwork.evidence.actions.calibrations import Batch, keep_calibration, latest
from coachwork.evidence.actions.gaps import FOCUS_LIMIT, decide_gap
from coachwork.evidence.actions.ledger import (
    add_own,
    correct,
    dispute,
    observe,
    record,
    withdraw,
)
from coachwork.evidence.actions.levels import agree_level
from coachwork.evidence.actions.released import ReleasedView, record_released
from coachwork.evidence.models.limits import TARGETS_MAX

__all__ = [
    "FOCUS_LIMIT",
    "TARGETS_MAX",
    "Batch",
    "ReleasedView",
    "Target",
    "add_own",
    "add_target",
    "agree_level",
    "change_targets",
    "correct",
    "decide_gap",
    "dispute",
    "keep_calibration",
    "latest",
    "observe",
    "record",
    "record_released",
    "set_aim",
    "withdraw",
]
