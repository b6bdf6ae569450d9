"""The forms around a goal that is written: reword it, mark its rung, close it, offer one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from coachwork.plans.actions.wording import RUNGS
from coachwork.plans.forms.dialogue import OutcomesForm, TodayForm
from coachwork.plans.forms.fields import Words, line, text
from coachwork.plans.models import Goal


class ReasonForm(Words):
    """Why something changes, in a line."""

    reason = line(gettext_lazy("Why? One line, if you like"), required=False)


class RewordForm(OutcomesForm, TodayForm):
    """All the words of a goal at once, and why they change."""

    needed = OutcomesForm.needed
    GOAL_FIELDS = ("title", "why", "baseline", "target_on", "start_on")

    title = text(gettext_lazy("Your goal, in one sentence"), most=300, rows=3)
    why = text(gettext_lazy("Why it matters"), rows=3, required=False)
    reason = line(gettext_lazy("Why does it change?"))

    field_order = ("title", "why", "baseline", "target_on", "start_on", *RUNGS.values(), "reason")

    def words(self) -> dict[str, Any]:
        """The fields as the action takes them: the outcomes by level."""
        kept = {name: self.cleaned_data[name] for name in (*self.GOAL_FIELDS, "reason")}
        return {**kept, "texts": self.texts()}


class RungForm(Words):
    """Where on the ladder the goal is now."""

    level = forms.TypedChoiceField(
        choices=[(str(level), str(level)) for level in (-2, -1, 0, 1, 2)], coerce=int
    )


class WeightForm(Words):
    """How much a goal counts beside the others."""

    weight = forms.TypedChoiceField(
        label=gettext_lazy("Beside your other goals"),
        choices=[(str(weight), words) for weight, words in Goal.WEIGHTS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A suggested schedule keeps more room for what counts more."),
    )


class CloseForm(Words):
    """How a goal came out."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it come out, in your own judgement?"),
        choices=[(state.value, state.label) for state in Goal.OUTCOMES],
        widget=forms.RadioSelect,
    )
    reason = line(gettext_lazy("What did you take from it? One line, if you like"), required=False)


class OfferForm(Words):
    """A goal for somebody else to take up or leave."""

    title = text(
        gettext_lazy("The goal you would like to offer"),
        most=300,
        rows=3,
        help_text=gettext_lazy("They can take it up, put it in their own words, or leave it."),
    )
