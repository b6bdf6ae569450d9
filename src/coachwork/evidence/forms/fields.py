"""What the forms of this room share."""

from typing import Any

from django import forms

from coachwork.evidence.models.limits import TEXT_MAX
from coachwork.kit.errors import Invalid

HALF_STEPS = [n / 2 for n in range(2, 11)]


class Entry(forms.Form):
    """A form whose action may still refuse a field."""

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def text_field(label: Any, **more: Any) -> forms.CharField:
    """A box for a few lines."""
    rows = more.pop("rows", 4)
    limit = more.pop("limit", TEXT_MAX)
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        **more,
    )
