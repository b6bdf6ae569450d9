"""The forms of a pulse: which behaviour, and the two questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.assessment.actions.ratings import COMMENT_MAX
from coachwork.assessment.queries import Choice
from coachwork.assessment.queries.ratings import SUGGESTION
from coachwork.kit.errors import Invalid

# A change between -3 and +3, kept as 1 to 7; 0 is "I can't say". The best news stands first.
CHANGES = (
    ("7", _("Much more")),
    ("6", _("More")),
    ("5", _("A little more")),
    ("4", _("About the same")),
    ("3", _("A little less")),
    ("2", _("Less")),
    ("1", _("Much less")),
    ("0", _("I can't say")),
)


class BeginPulseForm(forms.Form):
    """The one behaviour that a few people are asked about."""

    behaviour = forms.ChoiceField(label=_("What others could notice"))

    def __init__(
        self, *args: Any, known: Sequence[Choice], first: Sequence[str], **named: Any
    ) -> None:
        super().__init__(*args, **named)
        rows = {str(item.pk): item.worded("text") for one in known for item in one.behaviours}
        chosen = [(key, rows[key]) for key in first if key in rows]
        groups: list[tuple[Any, Any]] = [
            (
                one.competency.worded("name"),
                [(str(item.pk), item.worded("text")) for item in one.behaviours],
            )
            for one in known
        ]
        lead: list[tuple[Any, Any]] = [(_("What you chose to work on"), chosen)] if chosen else []
        self.fields["behaviour"].choices = [*lead, *groups]  # type: ignore[attr-defined]

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class PulseForm(forms.Form):
    """Both questions of a pulse; either may be left out."""

    change = forms.ChoiceField(choices=CHANGES, required=False, widget=forms.RadioSelect)
    suggestion = forms.CharField(
        label=_("One suggestion for next month?"),
        required=False,
        max_length=COMMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def score(self) -> int | None:
        """The answer as it is kept."""
        chosen = self.cleaned_data["change"]
        return int(chosen) if chosen else None

    def words(self) -> dict[str, str]:
        """The suggestion, by the code of its question."""
        return {SUGGESTION: self.cleaned_data["suggestion"]}
