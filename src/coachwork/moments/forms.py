"""What a person chooses when they plan a week."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coachwork.kit.content.values import TypicalMoment
from coachwork.moments.actions import LONGEST_PREP, MOST_A_WEEK, Choice
from coachwork.moments.queries import Offer, WeekView
from coachwork.plans.actions.wording import LONGEST_LINE
from coachwork.plans.models import IfThen

MOST = ngettext_lazy(
    "Choose up to %d moment. Leave the rest of the week free.",
    "Choose up to %d moments. Leave the rest of the week free.",
)


class MomentsForm(forms.Form):
    """Up to three of the moments that most weeks have."""

    moments = forms.MultipleChoiceField(
        label=_("Which of these will come this week?"),
        help_text=_("Up to three. One is a good number too."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, view: WeekView, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["moments"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.code, one.name) for one in view.moments]

    def clean_moments(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["moments"]
        if len(chosen) > MOST_A_WEEK:
            raise forms.ValidationError(str(MOST % MOST_A_WEEK))
        return chosen


class AttachForm(forms.Form):
    """What the person means to do in each chosen moment."""

    def __init__(
        self, *args: Any, view: WeekView, moments: list[TypicalMoment], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.moments = moments
        self.offers = {one.key: one for one in view.offers}
        for moment in moments:
            first = best(moment, view)
            planned = view.planned.get(moment.code)
            self.fields[f"offer_{moment.code}"] = forms.ChoiceField(
                label=moment.name,
                help_text=moment.hint,
                choices=[(one.key, one.text) for one in view.offers],
                initial=first.key if first else None,
                widget=forms.RadioSelect,
            )
            self.fields[f"prep_{moment.code}"] = forms.CharField(
                label=_("In your own words"),
                max_length=LONGEST_PREP,
                required=False,
                initial=planned.prep if planned else "",
                widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            )

    def choices(self) -> list[Choice]:
        """The choices as the action takes them."""
        found = []
        for moment in self.moments:
            offer = self.offers[self.cleaned_data[f"offer_{moment.code}"]]
            prep = self.cleaned_data[f"prep_{moment.code}"]
            found.append(
                Choice(moment.code, offer.competency, offer.behaviour, offer.if_then, prep)
            )
        return found


def best(moment: TypicalMoment, view: WeekView) -> Offer | None:
    """What is there already, else an if-then for this very moment, else what fits it first."""
    planned = view.planned.get(moment.code)
    if planned is not None:
        keys = {f"if_then:{planned.if_then_id}", f"behaviour:{planned.behaviour_id}"}
        there = next((one for one in view.offers if one.key in keys), None)
        if there is not None:
            return there
    tied = [one for one in view.offers if one.if_then and one.if_then.moment_kind == moment.code]
    fitting = [one for one in view.offers if one.competency.code in moment.competencies]
    return next(iter([*tied, *fitting, *view.offers]), None)


class SmallerForm(forms.Form):
    """The same cue with less to do; a smaller act is proposed, in words that can be changed."""

    then_text = forms.CharField(
        label=_("Then I"),
        max_length=LONGEST_LINE,
        help_text=_("A small version counts. Change the words if you like."),
    )

    def __init__(self, *args: Any, if_then: IfThen, **options: Any) -> None:
        super().__init__(*args, **options)
        once = _("just once: %(act)s") % {"act": if_then.then_text}
        is_new = len(once) <= LONGEST_LINE and not if_then.then_text.startswith(once.split(":")[0])
        self.fields["then_text"].initial = once if is_new else if_then.then_text
