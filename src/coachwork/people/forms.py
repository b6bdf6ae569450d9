"""What people type about themselves, their helpers and their organisations."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from coachwork.kit.errors import Invalid
from coachwork.people.models import (
    Client,
    MembershipRole,
    Organisation,
    Packaging,
    Relation,
    Scope,
    User,
    Visibility,
)
from coachwork.people.models.relationships import HELPING

NAME = {"autocomplete": "name"}
EMAIL = {"autocomplete": "email", "inputmode": "email"}


def given(request: HttpRequest) -> QueryDict | None:
    """What was sent; also nothing at all is something sent, and gets its messages."""
    return request.POST if request.method == "POST" else None


def explain(form: forms.Form, problem: Invalid) -> None:
    """Put what an action refused beside the fields it is about."""
    for field, message in problem.fields.items():
        form.add_error(field if field in form.fields else None, message)


class StartForm(forms.Form):
    """What a new person says before their record is opened."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs=NAME))
    packaging = forms.ChoiceField(
        label=_("Your situation"),
        choices=Packaging.choices,
        initial=Packaging.SELF_COACHED,
        widget=forms.RadioSelect,
        help_text=_("It changes what is shown first, and you can change it at any time."),
    )


class SetUpForm(forms.Form):
    """The first account of an installation."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs=NAME))
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs=EMAIL)
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. A short sentence is a good one."),
    )
    organisation = forms.CharField(
        label=_("Your practice or organisation"),
        max_length=120,
        required=False,
        help_text=_("Leave this empty if you use Coachwork for yourself."),
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=Organisation.Kind.choices, required=False
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("password"):
            person = User(email=values.get("email", ""), name=values.get("name", ""))
            try:
                validate_password(values["password"], person)
            except ValidationError as problem:
                self.add_error("password", problem)
        values["kind"] = values.get("kind") or Organisation.Kind.PRACTICE
        return values


@cache
def zones() -> tuple[str, ...]:
    """The names of the time zones that a person would choose."""
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    found = [zone for zone in available_timezones() if zone.partition("/")[0] in regions]
    return ("UTC", *sorted(found))


class SettingsForm(forms.ModelForm[User]):
    """How the product speaks to this person."""

    locale = forms.ChoiceField(label=_("Language"))
    timezone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        help_text=_("Type a city or region, such as Berlin."),
        widget=forms.TextInput(
            attrs={"list": "zones", "autocomplete": "off", "data-timezone-field": ""}
        ),
    )

    class Meta:
        model = User
        fields = ["name", "locale", "timezone", "theme"]
        labels = {"name": _("Your name"), "theme": _("Appearance")}
        widgets = {"name": forms.TextInput(attrs=NAME), "theme": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locale"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        if len(settings.LANGUAGES) == 1:
            del self.fields["locale"]  # there is nothing to choose
        self.fields["name"].required = True

    def clean_timezone(self) -> str:
        """A zone by its name, or by the one city it can only mean."""
        typed = self.cleaned_data["timezone"].strip().replace(" ", "_").lower()
        exact = [zone for zone in zones() if zone.lower() == typed]
        near = exact or [zone for zone in zones() if zone.lower().endswith("/" + typed)]
        if len(near) != 1:
            raise ValidationError(_("We do not know this time zone. Please pick one of the list."))
        return near[0]


class RecordForm(forms.ModelForm[Client]):
    """How the person's own record is packed, and what new items start as."""

    class Meta:
        model = Client
        fields = ["packaging", "starting_class"]
        labels = {"packaging": _("Your situation"), "starting_class": _("New items start as")}
        widgets = {"packaging": forms.RadioSelect, "starting_class": forms.RadioSelect}
        help_texts = {
            "starting_class": _("Each item shows it, and you can change it before you save."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starting_class"].choices = [  # type: ignore[attr-defined]
            (Visibility.PAIR.value, _("Open to me and my coach, as soon as I have one")),
            (Visibility.PRIVATE.value, _("Only for me, until I open it")),
        ]
        self.fields["starting_class"].required = True
        if not self.instance.starting_class:
            self.initial["starting_class"] = Visibility.PAIR.value


class HelperForm(forms.Form):
    """Whom a client asks for help."""

    name = forms.CharField(label=_("Their name"), max_length=120)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    relation = forms.ChoiceField(
        label=_("What they would be to you"),
        choices=[(kind.value, kind.label) for kind in HELPING],
        widget=forms.RadioSelect,
    )


class InviteClientForm(forms.Form):
    """Whom a helper asks to open a record."""

    name = forms.CharField(label=_("Their name"), max_length=120)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    relation = forms.ChoiceField(
        label=_("What you would be to them"),
        choices=[(kind.value, kind.label) for kind in HELPING],
        initial=Relation.COACH,
        widget=forms.RadioSelect,
    )


class OrganisationForm(forms.Form):
    """What an organisation is called and what it is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=Organisation.Kind.choices, widget=forms.RadioSelect
    )


class MemberForm(forms.Form):
    """Whom to ask into an organisation."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER
    )


class TokenForm(forms.Form):
    """A new key to the API."""

    DAYS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year")), ("0", _("No end"))]

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("Such as the program's name.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
    )
    days = forms.ChoiceField(label=_("How long it counts"), choices=DAYS, initial="90")

    def expires_at(self, at: datetime) -> datetime | None:
        days = self.cleaned_data["days"]
        return at + timedelta(days=int(days)) if int(days) else None


class ReaderForm(forms.Form):
    """Whom to share one item with."""

    reader = forms.ChoiceField(label=_("Share it with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, readers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = readers  # type: ignore[attr-defined]


class ClassForm(forms.Form):
    """Who reads an item at all."""

    visibility = forms.ChoiceField(
        label=_("Who can read it"),
        choices=[
            (Visibility.PRIVATE.value, _("Only me. This also takes back every share of it.")),
            (Visibility.PAIR.value, _("Me and my coach")),
        ],
        widget=forms.RadioSelect,
    )
