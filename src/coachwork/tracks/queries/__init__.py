"""Where somebody is on their tracks, what came of the chances, and what they wrote beside."""

from coachwork.tracks.queries.enrolments import (
    FULL_FROM,
    Counted,
    Offered,
    Strip,
    enrolment,
    enrolments,
    log,
    note,
    notes,
    offers,
    strips,
    target,
)
from coachwork.tracks.queries.own import (
    card,
    runs,
    talk,
    talks,
    tool_run,
    trigger_map,
    trigger_maps,
)
from coachwork.tracks.queries.packs import Filtered, filtered

__all__ = [
    "FULL_FROM",
    "Counted",
    "Filtered",
    "Offered",
    "Strip",
    "card",
    "enrolment",
    "enrolments",
    "filtered",
    "log",
    "note",
    "notes",
    "offers",
    "runs",
    "strips",
    "talk",
    "talks",
    "target",
    "tool_run",
    "trigger_map",
    "trigger_maps",
]
