"""What a person may choose about their messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coachwork.engine import attention
from coachwork.notifications.models import Preference
from coachwork.notifications.queries import preferences
from coachwork.people.models import User

PAUSES = (("3", _("3 days")), ("7", _("1 week")), ("14", _("2 weeks")), ("28", _("4 weeks")))


class PreferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The choices, and a sentence where two of them do not go together."""

    class Meta:
        model = Preference
        fields = (
            "digest",
            "digest_at",
            "look_ahead",
            "nudges",
            "weekends",
            "quiet_from",
            "quiet_to",
        )
        labels = {
            "digest": _("A daily digest, when there is something for the day"),
            "digest_at": _("Time of the digest"),
            "look_ahead": _("A look-ahead at the start of the week"),
            "nudges": _("Reminders of single steps"),
            "weekends": _("Also on Saturdays and Sundays"),
            "quiet_from": _("Quiet from"),
            "quiet_to": _("Quiet until"),
        }
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("digest_at", "quiet_from", "quiet_to")
        }

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        self.reader = reader
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"digest_at", "quiet_from", "quiet_to"} <= cleaned.keys():
            hours = attention.Hours(
                preferences.zone(self.reader), cleaned["quiet_from"], cleaned["quiet_to"]
            )
            if attention.is_quiet_at(hours, cleaned["digest_at"]):
                self.add_error("digest_at", _("This time lies in your quiet hours."))
        return cleaned


class PauseForm(forms.Form):
    """For how long nothing should come."""

    days = forms.TypedChoiceField(label=_("Pause for"), choices=PAUSES, coerce=int)
