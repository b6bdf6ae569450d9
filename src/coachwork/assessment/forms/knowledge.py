"""What people choose in a knowledge check."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.assessment.models import KnowledgeAnswer
from coachwork.assessment.queries.knowledge import Answered

MISSING = _("Choose one answer, or “I do not know”. Your earlier answers are kept.")


class TakeForm(forms.Form):
    """Which competency to check."""

    competency = forms.UUIDField()

    @property
    def competency_id(self) -> UUID:
        found: UUID = self.cleaned_data["competency"]
        return found


class CheckForm(forms.Form):
    """One question; its place tells an answer that is sent twice from the next one."""

    position = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": MISSING})

    def __init__(self, *args: Any, now: Answered, **named: Any) -> None:
        named.setdefault("initial", {"position": now.row.position})
        super().__init__(*args, **named)
        unsure = KnowledgeAnswer.Choice.UNSURE
        options = now.asked.options if now.asked else ()
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*options, (unsure.value, unsure.label)]
        field.label = now.asked.question if now.asked else _("This question is gone since.")
