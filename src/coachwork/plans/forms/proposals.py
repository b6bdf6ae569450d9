"""The forms that answer a proposed schedule, and that say which weeks are different."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from coachwork.plans.forms.fields import Words, day, line
from coachwork.plans.forms.plan import week_choices
from coachwork.plans.queries import ShownStep


class ScheduleForm(Words):
    """Which of the proposed changes to make, and in which week each begins."""

    steps = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one change, or leave it all as it is.")
        },
    )
    reason = line(gettext_lazy("Why, in a line, if you like"), required=False)

    def __init__(self, *args: Any, shown: Sequence[ShownStep], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["steps"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.number), one.title) for one in shown]
        self.shown = shown
        for one in shown:
            weeks = [choice for choice in week_choices(today, one.first) if choice[0]]
            self.fields[f"week_{one.number}"] = forms.TypedChoiceField(
                label=gettext_lazy("Week"),
                choices=weeks,
                coerce=date.fromisoformat,
                required=False,
                empty_value=None,
                initial=one.first.isoformat(),
            )

    @property
    def rows(self) -> list[tuple[ShownStep, bool, forms.BoundField]]:
        """Each step, whether it is chosen, and the field for its week."""
        said = self["steps"].value() if self.is_bound else None
        chosen = None if said is None else {str(one) for one in said}
        return [
            (one, chosen is None or str(one.number) in chosen, self[f"week_{one.number}"])
            for one in self.shown
        ]

    def answer(self) -> dict[str, Any]:
        """The answer as the action takes it."""
        weeks = {
            one.number: week
            for one in self.shown
            if (week := self.cleaned_data.get(f"week_{one.number}")) and week != one.first
        }
        return {
            "steps": self.cleaned_data["steps"],
            "weeks_on": weeks,
            "reason": self.cleaned_data["reason"],
        }


class WeekTimeForm(Words):
    """Weeks that have other hours than usual."""

    first = day(gettext_lazy("From"))
    last = day(gettext_lazy("To, the last day"), required=False)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours a week"),
        max_digits=4,
        decimal_places=1,
        initial=0,
        help_text=gettext_lazy("0 when you are away."),
        localize=True,
    )

    def words(self) -> dict[str, Any]:
        """What was said; one day alone means its week."""
        said = self.cleaned_data
        return {**said, "last": said["last"] or said["first"]}
