"""The journal as its owner reads it, what comes back, and the story so far."""

from coachwork.reflection.queries.calibration import Calibration, calibration
from coachwork.reflection.queries.checks import (
    Checkable,
    Look,
    checkable,
    checks,
    first_own_level,
    look,
    standard_moved,
)
from coachwork.reflection.queries.desk import Desk, desk
from coachwork.reflection.queries.entries import (
    PAGE,
    Written,
    entries,
    entry,
    extract,
    extracts,
    extracts_of,
    lines,
    written,
)
from coachwork.reflection.queries.insights import Kept, insight, insights, kept
from coachwork.reflection.queries.keys import key, told, words
from coachwork.reflection.queries.story import Step, story

__all__ = [
    "PAGE",
    "Calibration",
    "Checkable",
    "Desk",
    "Kept",
    "Look",
    "Step",
    "Written",
    "calibration",
    "checkable",
    "checks",
    "desk",
    "entries",
    "entry",
    "extract",
    "extracts",
    "extracts_of",
    "first_own_level",
    "insight",
    "insights",
    "kept",
    "key",
    "lines",
    "look",
    "standard_moved",
    "story",
    "told",
    "words",
    "written",
]
