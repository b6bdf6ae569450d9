"""What people type into this room; each field says for itself what is wrong."""

from coachwork.evidence.forms.aims import AgreeForm, AimForm, DecideForm, TargetsForm
from coachwork.evidence.forms.entries import (
    CorrectForm,
    DisputeForm,
    ExampleForm,
    LedgerFilter,
    OwnExampleForm,
)

__all__ = [
    "AgreeForm",
    "AimForm",
    "CorrectForm",
    "DecideForm",
    "DisputeForm",
    "ExampleForm",
    "LedgerFilter",
    "OwnExampleForm",
    "TargetsForm",
]
