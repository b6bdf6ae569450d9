"""Self-assessments: the drafts to go on with, one screen of a form, and what the mirror shows."""

from coachwork.assessment.queries.self_assessments import (
    Group,
    Mirror,
    Reflection,
    Screen,
    assessment,
    assessments,
    drafts,
    groups,
    in_group,
    mirror,
    next_position,
    screen,
)

__all__ = [
    "Group",
    "Mirror",
    "Reflection",
    "Screen",
    "assessment",
    "assessments",
    "drafts",
    "groups",
    "in_group",
    "mirror",
    "next_position",
    "screen",
]
