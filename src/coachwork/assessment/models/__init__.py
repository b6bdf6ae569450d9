"""What is kept of looks at oneself, and of asking others."""

from coachwork.assessment.models.knowledge import KnowledgeAnswer, KnowledgeCheck
from coachwork.assessment.models.rounds import (
    DebriefNote,
    FeedbackRound,
    HeldComment,
    Nomination,
    RaterGroup,
    RaterReply,
    ReleasedSets,
    RoundReport,
)
from coachwork.assessment.models.self_assessments import SelfAssessment, SelfRating

__all__ = [
    "DebriefNote",
    "FeedbackRound",
    "HeldComment",
    "KnowledgeAnswer",
    "KnowledgeCheck",
    "Nomination",
    "RaterGroup",
    "RaterReply",
    "ReleasedSets",
    "RoundReport",
    "SelfAssessment",
    "SelfRating",
]
