"""What people add to the ledger, and what they do with a row of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.forms.fields import DayInput, Entry, text_field
from coachwork.evidence.models import Evidence, Source
from coachwork.frameworks.models import Competency
from coachwork.kit import levels
from coachwork.people.models import Visibility


def level_choices(anchors: Iterable[dict[str, object]]) -> list[tuple[str, str]]:
    """The five levels with the words of this competency."""
    return [(str(row["level"]), f"{row['level']} {row['word']}: {row['text']}") for row in anchors]


class ExampleForm(Entry):
    """An observation in one's own words; the level is chosen on the anchors or left out."""

    text = text_field(
        _("What happened?"),
        help_text=_("The situation, what you did, what came of it. Two lines are enough."),
    )
    occasion_on = forms.DateField(label=_("When was it?"), widget=DayInput())
    context = forms.ChoiceField(
        label=_("Where was it?"), choices=Evidence.Context.choices, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label=_("Which of these does it show?"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    entry = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, anchors: Sequence[dict[str, object]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Just the words, no level")), *level_choices(anchors)]

    def clean_entry(self) -> str:
        return str(self.cleaned_data["entry"])


class OwnExampleForm(ExampleForm):
    """An example of one's own work, or what somebody said; and who may read it."""

    source = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Source.WORK_SAMPLE, _("An example of my work")),
            (Source.SELF, _("What somebody told me")),
        ],
        widget=forms.RadioSelect,
    )
    visibility = forms.ChoiceField(
        label=_("Who can see it?"),
        choices=[
            (Visibility.PRIVATE.value, _("Only you")),
            (Visibility.PAIR.value, _("You and your coach")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("source", "text", "occasion_on", "context", "level", "visibility", "entry")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") == Source.SELF and cleaned.get("level"):
            self.add_error(
                "level", _("What somebody told you is kept as words. Choose “no level” here.")
            )
        return cleaned


class CorrectForm(Entry):
    """New words, another day or another level in the place of one's own row."""

    text = text_field(_("In better words"), required=False)
    occasion_on = forms.DateField(label=_("When was it?"), widget=DayInput())
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=float, empty_value=None)

    def __init__(self, *args: Any, row: Evidence, **named: Any) -> None:
        named.setdefault("initial", {"text": row.text, "occasion_on": row.occasion_on})
        super().__init__(*args, **named)
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        if row.level is None:
            del self.fields["level"]
        else:
            field.choices = [(str(n), levels.said(n)) for n in range(1, 6)]
            field.initial = str(int(levels.half_steps(row.level)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("level", None)
        return cleaned


class DisputeForm(Entry):
    reason = text_field(
        _("How do you see it?"),
        help_text=_("Your words stand beside it from now on. Nothing is deleted."),
    )


class LedgerFilter(forms.Form):
    """Which rows of the ledger to show; what is not known is simply not filtered by."""

    competency = forms.ChoiceField(label=_("Competency"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, competencies: Sequence[Competency], sources: Sequence[str]
    ) -> None:
        super().__init__(*args)
        self.known = {str(row.pk): row for row in competencies}
        pairs = (
            ("competency", _("All"), [(pk, row.worded("name")) for pk, row in self.known.items()]),
            ("source", _("All"), [(name, Source(name).label) for name in sources]),
        )
        for name, everything, choices in pairs:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", everything), *choices]

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {
            "competency": self.known.get(self.cleaned_data.get("competency", "")),
            "source": self.cleaned_data.get("source", ""),
            "after": self.cleaned_data.get("after"),
        }
