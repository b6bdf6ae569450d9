"""How people sign in: what django-allauth asks the house.

It stands in the web, not in the room of people, because the mails of the account go through the
room of messages. Audit entries come from allauth's own hooks here, so that no signal is needed.
"""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, InvalidToken
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.kit.ids import new_id
from coachwork.notifications import actions as notifications
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.models import AuditEntry, User
from coachwork.web import appearance, devices, security_mail

BURST_SECONDS = 600


class Backend(AuthenticationBackend):
    """Load the user together with their own record: every page needs both."""

    def get_user(self, user_id: Any) -> User | None:
        found = User.objects.select_related("client").filter(pk=user_id, is_active=True)
        return found.annotate(helps=access.helps()).first()


class NameForm(forms.Form):
    """What sign-up asks besides the address and the password."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        help_text=gettext_lazy("As the people who help you will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"].strip()
        user.locale = getattr(request, "LANGUAGE_CODE", user.locale)
        user.theme = appearance.theme_of(request) or user.theme
        user.save(update_fields=["name", "locale", "theme"])


class Accounts(DefaultAccountAdapter):
    """Mails through the queue, a line in the security log for each act, and who may sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGN_UP or "invitation" in request.session

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter = security_mail.letter(template_prefix, email, context, now())
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        notifications.queue(
            kind=letter.kind,
            at=now(),
            key=f"account:{new_id()}",
            user=user,
            address=email,
            fields=letter.fields,
            links={name: _path(url) for name, url in letter.links.items()},
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        verb = security_mail.VERBS.get(template_prefix, "account.changed")
        people.audit(actor=user, verb=verb, stream=user.pk, at=now(), origin=_origin(self.request))
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email
        )

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> Any:
        response = super().post_login(request, user, **named)
        is_first = not AuditEntry.objects.filter(stream=user.pk, verb="sign_in").exists()
        people.audit(actor=user, verb="sign_in", stream=user.pk, at=now(), origin=_origin(request))
        if not devices.knows(request, user) and not is_first:
            self.send_mail("new_sign_in", user.email, {"user": user, "request": request})
        devices.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if user.is_authenticated:
            people.audit(
                actor=user, verb="sign_out", stream=user.pk, at=now(), origin=_origin(request)
            )
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _note_burst(request, credentials.get("email", ""))
            raise


class SecondSteps(DefaultMFAAdapter):
    """Secrets of authenticator apps are kept encrypted; passkeys get names that say so."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def _get_site_name(self) -> str:
        return "Coachwork"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # allauth names it so
        from allauth.mfa.models import Authenticator

        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey {number}").format(number=number)


class Sessions(DefaultUserSessionsAdapter):
    """Signing out elsewhere stands in the security log."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            user = ended[0].user
            people.audit(actor=user, verb="sessions.ended", stream=user.pk, at=now())


def _box() -> Fernet:
    key = hashlib.sha256(f"second step|{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _note_burst(request: HttpRequest, email: str) -> None:
    """Many wrong passwords for one account: one line in its log for each burst."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None and cache.add(f"burst:{user.pk}", 1, BURST_SECONDS):
        people.audit(
            actor=None, verb="sign_in.burst", stream=user.pk, at=now(), origin=_origin(request)
        )


def _origin(request: HttpRequest | None) -> str:
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""


def _path(url: str) -> str:
    return urlsplit(url).path
