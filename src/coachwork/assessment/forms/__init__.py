"""What people type while they look at themselves; anything may be left out."""

from coachwork.assessment.forms.self_assessments import (
    BeginForm,
    ExampleForm,
    QuestionForm,
    RateForm,
    SubmitForm,
)

__all__ = ["BeginForm", "ExampleForm", "QuestionForm", "RateForm", "SubmitForm"]
