"""What a person types when they check in, commit, or ask for help."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coachwork.accountability.models import CheckInPlan, Commitment, SupportRequest
from coachwork.kit import content
from coachwork.kit.content.journal_values import CheckInTemplate
from coachwork.kit.errors import Invalid
from coachwork.people.models import User, Visibility

ENERGY = [("", _("I would rather not say")), *((str(n), str(n)) for n in range(1, 6))]


class Refusing(forms.Form):
    """A form that takes the sentences of a refusal."""

    def refuse(self, refusal: Invalid) -> None:
        """Put the sentences at the fields that they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class CheckInForm(Refusing):
    """The lines of a template, energy if one likes, and whether help is wanted."""

    def __init__(self, *args: Any, template: CheckInTemplate, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("did", "learned", "stuck", "ahead"):
            if label := getattr(template, name):
                self.fields[name] = forms.CharField(
                    label=label,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
                )
        self.fields["energy"] = forms.ChoiceField(
            label=_("Energy this week, 1 low to 5 high"),
            help_text=_("Only for you, unless you open it to somebody."),
            choices=ENERGY,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["wants_help"] = forms.BooleanField(
            label=_("I would like help with something"), required=False
        )
        self.fields["week_on"] = forms.DateField(widget=forms.HiddenInput, required=False)


class CommitForm(Refusing):
    """Something to do by a day."""

    text = forms.CharField(
        label=_("What will you do?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    due_on = _day(_("By when?"))
    size = forms.ChoiceField(
        label=_("How large is it?"),
        choices=Commitment.Size.choices,
        initial=Commitment.Size.NORMAL,
        widget=forms.RadioSelect,
    )
    if_blocked = forms.CharField(
        label=_("If something gets in the way, I will"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AnewForm(Refusing):
    """A commitment agreed anew."""

    text = forms.CharField(
        label=_("What will you do?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    due_on = _day(_("By when?"))


class ReasonForm(Refusing):
    """What got in the way, in one tap."""

    reason = forms.ChoiceField(
        label=_("What got in the way?"),
        choices=Commitment.Reason.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class PlanForm(Refusing):
    """How to check in."""

    cadence = forms.TypedChoiceField(
        label=_("How often?"),
        coerce=int,
        choices=CheckInPlan.Cadence.choices,
        widget=forms.RadioSelect,
    )
    weekday = forms.TypedChoiceField(label=_("On which day?"), coerce=int)
    template = forms.ChoiceField(label=_("With which questions?"), widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=_("Who reads new check-ins and commitments?"),
        choices=[(one.value, one.label) for one in (Visibility.PRIVATE, Visibility.PAIR)],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = content.load("check_ins", get_language() or "en")
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.name}: {one.hint}") for one in found
        ]
        self.fields["weekday"].choices = list(WEEKDAYS.items())  # type: ignore[attr-defined]


class RestForm(Refusing):
    """A rest until a day."""

    until = _day(_("Rest until"))


class AskForm(Refusing):
    """A question to a coach."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=SupportRequest.Kind.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    to = forms.ChoiceField(label=_("Whom do you ask?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, coaches: Sequence[tuple[User, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one, _said in coaches}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one} ({said})") for one, said in coaches
        ]

    def words(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        said = self.cleaned_data
        return {"kind": said["kind"], "text": said["text"], "to": self.known[said["to"]]}


class ReplyForm(Refusing):
    """A coach's answer."""

    reply = forms.CharField(
        label=_("Your answer"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class PromiseForm(Refusing):
    """How soon one answers."""

    working_days = forms.IntegerField(
        label=_("Working days until you answer"), min_value=1, max_value=10
    )
    words = forms.CharField(
        label=_("When you are there, in your own words"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
