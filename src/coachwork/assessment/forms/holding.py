"""What a coach decides about a comment that was held."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.assessment.models import HeldComment


class HeldForm(forms.Form):
    """Show it or keep it back, and why: one choice."""

    outcome = forms.ChoiceField(
        label=_("What shall become of it?"),
        choices=HeldComment.Outcome.choices,
        widget=forms.RadioSelect,
    )
