"""Pages of the journal."""

from coachwork.reflection.views.checks import look, progress
from coachwork.reflection.views.entries import delete, entry, keep, lesson, rewrite, write
from coachwork.reflection.views.extracts import delete_extract, lines
from coachwork.reflection.views.insights import delete_insight, insight, insights
from coachwork.reflection.views.journal import away, journal, sureness
from coachwork.reflection.views.returning import open_letter, outcome
from coachwork.reflection.views.story import pin, story

__all__ = [
    "away",
    "delete",
    "delete_extract",
    "delete_insight",
    "entry",
    "insight",
    "insights",
    "journal",
    "keep",
    "lesson",
    "lines",
    "look",
    "open_letter",
    "outcome",
    "pin",
    "progress",
    "rewrite",
    "story",
    "sureness",
    "write",
]
