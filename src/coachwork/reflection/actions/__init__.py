"""Keep a journal, copy lines out of it, keep insights, and look at one's own progress."""

from coachwork.reflection.actions.checks import check_progress
from coachwork.reflection.actions.entries import (
    Elsewhere,
    delete_entry,
    keep_entry,
    let_resurface,
    put_away,
    rewrite_entry,
)
from coachwork.reflection.actions.extracts import copy_lines, delete_extract
from coachwork.reflection.actions.insights import answer_insight, delete_insight, keep_insight
from coachwork.reflection.actions.returning import open_letter, remind_of_returns, say_outcome
from coachwork.reflection.actions.story import pin

__all__ = [
    "Elsewhere",
    "answer_insight",
    "check_progress",
    "copy_lines",
    "delete_entry",
    "delete_extract",
    "delete_insight",
    "keep_entry",
    "keep_insight",
    "let_resurface",
    "open_letter",
    "pin",
    "put_away",
    "remind_of_returns",
    "rewrite_entry",
    "say_outcome",
]
