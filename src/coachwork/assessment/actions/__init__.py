"""Begin a self-assessment, answer it screen by screen, and hand it in once."""

from coachwork.assessment.actions.self_assessments import (
    Answer,
    answer,
    discard,
    start_self_assessment,
    submit,
)

__all__ = ["Answer", "answer", "discard", "start_self_assessment", "submit"]
