"""What people type while they look at themselves; anything may be left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.assessment.actions import Answer
from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.assessment.queries import Screen
from coachwork.evidence.models.limits import TEXT_MAX
from coachwork.kit.errors import Invalid
from coachwork.people.models import Visibility

NOT_SEEN = "not_seen"


class BeginForm(forms.Form):
    """How deep to look, and at which part."""

    depth = forms.ChoiceField(choices=SelfAssessment.Depth.choices)
    part = forms.CharField(required=False, max_length=160)


class ExampleForm(forms.Form):
    """How sure, and the last time it showed up."""

    confidence = forms.ChoiceField(choices=SelfRating.Confidence.choices, required=False)
    example = forms.CharField(
        label=_("The last time this showed up"),
        required=False,
        max_length=TEXT_MAX,
        help_text=_("One line is enough: where, what you did."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    example_on = forms.DateField(
        label=_("When was that?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, whole: SelfRating, **named: Any) -> None:
        named.setdefault(
            "initial",
            {
                "confidence": whole.confidence,
                "example": whole.example,
                "example_on": whole.example_on,
            },
        )
        super().__init__(*args, **named)

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class RateForm(ExampleForm):
    """One screen: a level for each question, how sure, and the last time it showed up."""

    def __init__(self, *args: Any, screen: Screen, **named: Any) -> None:
        super().__init__(*args, whole=screen.whole, **named)
        self.screen = screen
        for rating in screen.ratings:
            self.fields[_name(rating)] = forms.ChoiceField(
                label=str(rating.behaviour or rating.competency),
                choices=[*((str(n), str(n)) for n in range(1, 6)), (NOT_SEEN, NOT_SEEN)],
                required=False,
                initial=_initial(rating),
            )

    def questions(self) -> list[dict[str, Any]]:
        """Each question with its field, as the level scale draws it."""
        return [
            {
                "rating": rating,
                "name": _name(rating),
                "value": self[_name(rating)].value() or "",
                "error": " ".join(str(one) for one in self[_name(rating)].errors),
            }
            for rating in self.screen.ratings
        ]

    def answers(self) -> list[Answer]:
        """What was chosen, as the action takes it."""
        chosen = [(rating, self.cleaned_data[_name(rating)]) for rating in self.screen.ratings]
        return [
            Answer(
                rating,
                level=int(value) if value.isdigit() else None,
                not_seen=value == NOT_SEEN,
            )
            for rating, value in chosen
        ]


class QuestionForm(forms.Form):
    """One question of the adaptive form; it may be left out."""

    level = forms.ChoiceField(
        choices=[*((str(n), str(n)) for n in range(1, 6)), (NOT_SEEN, NOT_SEEN)], required=False
    )

    def __init__(self, *args: Any, rating: SelfRating, **named: Any) -> None:
        named.setdefault("initial", {"level": _initial(rating)})
        super().__init__(*args, **named)
        self.rating = rating

    def answer(self) -> Answer:
        """What was chosen, as the action takes it."""
        value = self.cleaned_data["level"]
        chosen = int(value) if value.isdigit() else None
        return Answer(self.rating, chosen, value == NOT_SEEN)


class SubmitForm(forms.Form):
    """Who may read it, asked before it is handed in."""

    visibility = forms.ChoiceField(
        label=_("Who can see your answers?"),
        choices=[
            (Visibility.PRIVATE.value, _("Only you")),
            (Visibility.PAIR.value, _("You and your coach")),
        ],
        widget=forms.RadioSelect,
    )


def _name(rating: SelfRating) -> str:
    return f"level-{rating.pk}"


def _initial(rating: SelfRating) -> str:
    if rating.not_seen:
        return NOT_SEEN
    return "" if rating.level is None else str(rating.level)
