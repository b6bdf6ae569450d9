"""The form in which a whole plan is looked at, changed and taken."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.plans.actions import Chosen
from coachwork.plans.forms.fields import Words
from coachwork.plans.forms.plan import week_choices
from coachwork.plans.models import Goal
from coachwork.plans.queries import Preview, Row

NEW = "new"
STARTS = 6  # weeks among which the beginning can be chosen
MOST_MINUTES = 600


class TemplateForm(Words):
    """When it begins, for which goal, and for each item: whether, in which week, how long."""

    starts_on = forms.TypedChoiceField(
        label=gettext_lazy("When does it begin?"), coerce=date.fromisoformat
    )
    goal = forms.ChoiceField(label=gettext_lazy("For which goal?"), required=False)

    def __init__(
        self,
        *args: Any,
        preview: Preview,
        goals: Sequence[Goal],
        today: date,
        mine: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.preview = preview
        self.goals = {str(one.pk): one for one in goals}
        named = [
            (key, one.title or _("A goal without words yet")) for key, one in self.goals.items()
        ]
        fresh = [(NEW, _("A new goal, drafted from this plan"))] if mine else []
        self._offer("starts_on", week_choices(today)[:STARTS])
        self._offer("goal", [*fresh, *named, ("", _("No goal in particular"))])
        for place, row in enumerate(preview.rows):
            self._ask(place, row)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _ask(self, place: int, row: Row) -> None:
        last = self.preview.template.weeks
        self.fields[f"take_{place}"] = forms.BooleanField(
            label=row.title, required=False, initial=True
        )
        self.fields[f"week_{place}"] = forms.TypedChoiceField(
            label=_("Week"),
            coerce=int,
            initial=row.week,
            choices=[(week, _("Week %(week)d") % {"week": week}) for week in range(1, last + 1)],
        )
        self.fields[f"minutes_{place}"] = forms.IntegerField(
            label=_("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=row.minutes
        )

    def asked(self) -> list[tuple[Row, BoundField, BoundField, BoundField]]:
        """Each item with its three fields, for the page."""
        return [
            (row, self[f"take_{place}"], self[f"week_{place}"], self[f"minutes_{place}"])
            for place, row in enumerate(self.preview.rows)
        ]

    def chosen(self) -> list[Chosen]:
        """What the person wants of it; before the form was sent, all of it as it stands."""
        if not self.is_bound or not self.is_valid():
            return [Chosen(row, row.week, row.minutes) for row in self.preview.rows]
        said = self.cleaned_data
        return [
            Chosen(row, said[f"week_{place}"], said[f"minutes_{place}"])
            for place, row in enumerate(self.preview.rows)
            if said[f"take_{place}"]
        ]

    def goal_chosen(self) -> Goal | None:
        return self.goals.get(self.cleaned_data["goal"])

    @property
    def writes_goal(self) -> bool:
        return bool(self.cleaned_data["goal"] == NEW)
