"""What is kept of looks at oneself, and of asking others."""

from coachwork.assessment.models.knowledge import KnowledgeAnswer, KnowledgeCheck
from coachwork.assessment.models.rounds import (
    DebriefNote,
    FeedbackRound,
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
