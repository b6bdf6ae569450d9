"""The form that takes a suggested change, in the client's own words if they like."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from coachwork.plans.forms.fields import Words, line
from coachwork.plans.models import Goal
from coachwork.plans.queries import Change


class ChangeForm(Words):
    """A suggested change as the client wants it."""

    key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    title = line(gettext_lazy("What will you do?"), most=200, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=6000, required=False
    )
    goal = forms.ChoiceField(label=gettext_lazy("Which goal shall rest?"), required=False)
    reason = line(gettext_lazy("Why, in a line, if you like"), required=False)

    def __init__(
        self, data: Any = None, *, change: Change, goals: Sequence[Goal], number: int = 0
    ) -> None:
        first: dict[str, Any] = {"key": change.key, "minutes": change.minutes or None}
        if change.adds:
            first |= {"title": change.adds["title"], "minutes": change.adds["effort_minutes"]}
        super().__init__(data, initial=first, auto_id=f"id_{number}_%s")
        self.goals = {str(goal.pk): goal for goal in goals}
        if change.rests:
            field = self.fields["goal"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(key, goal.title) for key, goal in self.goals.items()]
            self.initial["goal"] = str(change.goal.pk)
            del self.fields["title"], self.fields["minutes"]
        else:
            del self.fields["goal"]
            if not change.adds:
                del self.fields["title"]

    def words(self) -> dict[str, Any]:
        """The change as the action takes it."""
        said = dict(self.cleaned_data)
        if "goal" in said:
            said["goal"] = self.goals.get(said["goal"])
        return said
