"""How people sign in: the account rules that django-allauth asks for."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coachwork.people.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Load the user together with their own record: every page needs both."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("client").filter(pk=user_id, is_active=True).first()
        return user


class NameForm(forms.Form):
    """What sign-up asks besides the address and the password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails of the account go through the queue of messages like all others."""
