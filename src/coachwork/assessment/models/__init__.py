"""What is kept of looks at oneself: drafts, answers, and what was handed in."""

from coachwork.assessment.models.self_assessments import SelfAssessment, SelfRating

__all__ = ["SelfAssessment", "SelfRating"]
