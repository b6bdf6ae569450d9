"""Behaviour tracks, and what one writes for oneself beside them."""

from coachwork.tracks.models.enrolments import (
    BehaviourTarget,
    Enrolment,
    StageNote,
    TrackLog,
    TrackVersion,
)
from coachwork.tracks.models.own import StyleCard, Talk, ToolRun, TriggerMap

__all__ = [
    "BehaviourTarget",
    "Enrolment",
    "StageNote",
    "StyleCard",
    "Talk",
    "ToolRun",
    "TrackLog",
    "TrackVersion",
    "TriggerMap",
]
