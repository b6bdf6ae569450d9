"""What the client types around a feedback round: whom to ask, and what they make of the report."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from coachwork.assessment.models import RaterGroup
from coachwork.assessment.queries import Choice
from coachwork.evidence.models.limits import TEXT_MAX
from coachwork.kit.errors import Invalid


class BeginRoundForm(forms.Form):
    """Whether to ask the questions for people who lead, too."""

    leads = forms.BooleanField(label=_("I lead people: ask about that too"), required=False)


class QuestionsForm(forms.Form):
    """Which competencies others are asked about: the usual ones, or a few others instead."""

    competencies = forms.MultipleChoiceField(
        label=_("What they are asked about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, known: Sequence[Choice], **named: Any) -> None:
        super().__init__(*args, **named)
        rows = [(str(one.competency.pk), one.competency.worded("name")) for one in known]
        self.fields["competencies"].choices = rows  # type: ignore[attr-defined]
        self.number = sum(one.is_usual for one in known)

    def usual(self) -> list[BoundWidget]:
        """The boxes of the usual ones."""
        return list(self["competencies"])[: self.number]

    def others(self) -> list[BoundWidget]:
        """The boxes of all the others."""
        return list(self["competencies"])[self.number :]

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class NominateForm(forms.Form):
    """Somebody to ask."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Mail address"))
    group = forms.ChoiceField(label=_("What they are to you"), choices=RaterGroup.choices)
    note = forms.CharField(
        label=_("A line to them"),
        required=False,
        max_length=300,
        help_text=_("Why you ask this person, or what you would like to hear about."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class AddressForm(forms.Form):
    """Another address, where an invitation came back."""

    email = forms.EmailField(label=_("Another address"))


class HoldForm(forms.Form):
    """Until when a coach waits with the report, and why."""

    until = forms.DateField(
        label=_("Until when at most"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    reason = forms.CharField(
        label=_("Why, in a sentence for your client"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class NoteForm(forms.Form):
    """The coach's own notes for the talk."""

    text = forms.CharField(
        label=_("Notes for the talk"),
        required=False,
        max_length=TEXT_MAX,
        help_text=_("Only you read this. Your client and other coaches do not."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class ThanksForm(forms.Form):
    """When to ask whether it shows."""

    weeks = forms.ChoiceField(
        label=_("Ask a few people again, with two short questions"),
        choices=[
            (8, _("In about eight weeks")),
            (4, _("In about four weeks")),
            (12, _("In about twelve weeks")),
            (0, _("Not now")),
        ],
        required=False,
        help_text=_("They are told so in the thanks. You are reminded; nothing is sent by itself."),
    )


class SenseForm(forms.Form):
    """Three boxes, and one or two behaviours."""

    confirms = forms.CharField(
        label=_("What confirms what I knew"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    surprises = forms.CharField(
        label=_("What surprises me"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    questions = forms.CharField(
        label=_("What I want to ask about"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    focus = forms.MultipleChoiceField(
        label=_("One or two behaviours to work on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["focus"].choices = choices  # type: ignore[attr-defined]
