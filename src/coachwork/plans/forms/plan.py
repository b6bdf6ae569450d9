"""The forms of the plan: items, the time there is, and what is said when something changes."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.evidence.models import Chance, Evidence
from coachwork.kit import weeks
from coachwork.plans.forms.fields import Words, day, line
from coachwork.plans.models import Goal, PlanItem

WEEKS_AHEAD = 16


class ItemForm(Words):
    """One thing to do."""

    title = line(gettext_lazy("What will you do?"), most=200)
    goal = forms.ChoiceField(label=gettext_lazy("For which goal?"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PlanItem.Kind.choices)
    first_step = line(
        gettext_lazy("The first step, five minutes at most"), most=200, required=False
    )
    effort_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=6000,
        help_text=gettext_lazy("How long did something like this take last time?"),
    )
    cadence = forms.ChoiceField(label=gettext_lazy("How often?"), choices=PlanItem.Cadence.choices)
    week_on = forms.TypedChoiceField(
        label=gettext_lazy("In which week?"),
        required=False,
        coerce=date.fromisoformat,
        empty_value=None,
    )
    window_end = day(gettext_lazy("Until when, if it comes back?"), required=False)
    done_when = line(gettext_lazy("Done when"), most=200, required=False)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What must come first?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Goal],
        today: date,
        others: Sequence[PlanItem] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.goals = {str(goal.pk): goal for goal in goals}
        self.others = {str(item.pk): item for item in others}
        self._offer("goal", [("", _("No goal in particular")), *_named(self.goals)])
        self._offer("week_on", week_choices(today, self.initial.get("week_on")))
        self._offer("needs", _named(self.others))
        if not others:
            del self.fields["needs"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def words(self) -> dict[str, Any]:
        """The fields as an action takes them."""
        kept = dict(self.cleaned_data)
        kept["goal"] = self.goals.get(kept.pop("goal", ""))
        needs = kept.pop("needs", None)
        return kept if needs is None else {**kept, "needs": [self.others[key] for key in needs]}


def _named(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(row) or _("A goal without words yet")) for key, row in rows.items()]


def week_choices(today: date, chosen: date | None = None) -> list[tuple[str, str]]:
    """The coming weeks by name; the chosen one too where it has passed."""
    this_week = weeks.monday(today)
    names = {this_week: _("This week"), this_week + timedelta(weeks=1): _("Next week")}
    days = weeks.weeks(today, WEEKS_AHEAD)
    if chosen and chosen not in days:
        days = sorted([chosen, *days])
    later = _("Week of %(day)s")
    found = [
        (
            week.isoformat(),
            str(names.get(week) or later % {"day": formats.date_format(week, "MONTH_DAY_FORMAT")}),
        )
        for week in days
    ]
    return [*found, ("", _("Later, no week yet"))]


class TimeForm(Words):
    """How much time there is, how many weeks of reserve, and when to look at the plan again."""

    capacity_hours_per_week = forms.DecimalField(
        label=gettext_lazy("Hours a week"),
        max_digits=4,
        decimal_places=1,
        help_text=gettext_lazy("An honest small number works better than a wish."),
        localize=True,
    )
    reserve_weeks = forms.IntegerField(
        label=gettext_lazy("Weeks in reserve"),
        min_value=0,
        max_value=8,
        help_text=gettext_lazy(
            "Weeks that may go by without practice. Take one whenever life asks for it."
        ),
    )
    review_dates = day(
        gettext_lazy("When will you look at the plan again?"),
        required=False,
    )

    def hours(self) -> Decimal:
        value: Decimal = self.cleaned_data["capacity_hours_per_week"]
        return value


class LogForm(Words):
    """What came of one chance."""

    chance = forms.ChoiceField(choices=Chance.choices)
    occasion_on = day(gettext_lazy("When?"), required=False)
    context = forms.ChoiceField(
        choices=Evidence.Context.choices, required=False, initial=Evidence.Context.WORK
    )
    line = line(gettext_lazy("One line, if you like"), most=500, required=False)
    moment = forms.CharField(max_length=40, required=False)
