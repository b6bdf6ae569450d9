"""Self-assessments and their mirror; feedback rounds, the form of a rater, and reports."""

from coachwork.assessment.queries.asking import AskedSkill, Asking, asking
from coachwork.assessment.queries.pulses import (
    chosen_focus,
    frozen,
    noticeable,
    open_pulse,
)
from coachwork.assessment.queries.questions import Choice, choosable
from coachwork.assessment.queries.ratings import (
    RaterScreen,
    first_open,
    rater_screen,
    reply_for,
)
from coachwork.assessment.queries.reports import Finding, Report, report
from coachwork.assessment.queries.rounds import (
    Asked,
    GroupCount,
    asked,
    coaches,
    counts,
    feedback_round,
    nomination,
    nominations,
    rounds,
    undelivered,
)
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
    "Asked",
    "AskedSkill",
    "Asking",
    "Choice",
    "Finding",
    "Group",
    "GroupCount",
    "Mirror",
    "RaterScreen",
    "Reflection",
    "Report",
    "Screen",
    "asked",
    "asking",
    "assessment",
    "assessments",
    "choosable",
    "chosen_focus",
    "coaches",
    "counts",
    "drafts",
    "feedback_round",
    "first_open",
    "frozen",
    "groups",
    "in_group",
    "mirror",
    "next_position",
    "nomination",
    "nominations",
    "noticeable",
    "open_pulse",
    "rater_screen",
    "reply_for",
    "report",
    "rounds",
    "screen",
    "undelivered",
]
