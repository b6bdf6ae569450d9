"""Which of our messages each mail of django-allauth becomes, and what it fills in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit import browsers


@dataclass(frozen=True)
class Letter:
    """A message of ours: its kind, what stands in it, and where its buttons lead."""

    kind: str
    fields: dict[str, object] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


# What the security log calls what allauth tells the person about.
VERBS = {
    "account/email/password_changed": "password.changed",
    "account/email/password_set": "password.changed",
    "account/email/password_reset": "password.changed",
    "account/email/email_changed": "email.changed",
    "account/email/email_confirm": "email.confirmed",
    "account/email/email_deleted": "email.removed",
    "mfa/email/totp_activated": "second_step.added",
    "mfa/email/totp_deactivated": "second_step.removed",
    "mfa/email/recovery_codes_generated": "second_step.codes",
    "mfa/email/webauthn_added": "passkey.added",
    "mfa/email/webauthn_removed": "passkey.removed",
}


def letter(prefix: str, email: str, context: dict[str, Any], at: datetime) -> Letter:
    """The message for this mail of allauth."""
    name = prefix.rpartition("/")[2]
    if name.endswith("_signup"):
        name = name.removesuffix("_signup")
    build = LETTERS.get(name, _changed)
    return build(name, context, at)


def _email_code(name: str, context: dict[str, Any], at: datetime) -> Letter:
    until = at + timedelta(seconds=settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
    return Letter(
        "email-verification",
        {"name": _called(context), "code": context["code"], "until": until},
    )


def _sign_in_code(name: str, context: dict[str, Any], at: datetime) -> Letter:
    until = at + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    return Letter("sign-in-code", {"code": context["code"], "until": until})


def _reset(name: str, context: dict[str, Any], at: datetime) -> Letter:
    until = at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return Letter("password-reset", {"until": until}, {"reset_url": context["password_reset_url"]})


def _unknown(name: str, context: dict[str, Any], at: datetime) -> Letter:
    return Letter("password-reset-unknown", links={"sign_up_url": reverse("account_signup")})


def _exists(name: str, context: dict[str, Any], at: datetime) -> Letter:
    return Letter(
        "account-exists",
        links={
            "sign_in_url": reverse("account_login"),
            "reset_url": reverse("account_reset_password"),
        },
    )


def _password_changed(name: str, context: dict[str, Any], at: datetime) -> Letter:
    return Letter(
        "password-changed",
        {"name": _called(context), "changed_at": at},
        {"reset_url": reverse("account_reset_password")},
    )


def _email_changed(name: str, context: dict[str, Any], at: datetime) -> Letter:
    return Letter(
        "email-changed",
        {
            "name": _called(context),
            "changed_at": at,
            "new_email": context.get("to_email", ""),
        },
        {"help_url": reverse("help")},
    )


def _new_sign_in(name: str, context: dict[str, Any], at: datetime) -> Letter:
    agent = context["request"].META.get("HTTP_USER_AGENT", "")
    return Letter(
        "new-sign-in",
        {"name": _called(context), "signed_in_at": at, "device": browsers.said(agent)},
        {"sessions_url": reverse("usersessions_list")},
    )


def _changed(name: str, context: dict[str, Any], at: datetime) -> Letter:
    said = {
        "totp_activated": _("An authenticator app was added"),
        "totp_deactivated": _("The authenticator app was removed"),
        "recovery_codes_generated": _("New recovery codes were made"),
        "webauthn_added": _("A passkey was added"),
        "webauthn_removed": _("A passkey was removed"),
        "email_confirm": _("An e-mail address was confirmed"),
        "email_deleted": _("An e-mail address was removed"),
    }
    return Letter(
        "second-step-changed",
        {
            "name": _called(context),
            "changed": said.get(name, _("Something about your sign-in was changed")),
            "changed_at": at,
        },
        {"security_url": reverse("people:security")},
    )


LETTERS = {
    "email_confirmation": _email_code,
    "login_code": _sign_in_code,
    "password_reset_key": _reset,
    "unknown_account": _unknown,
    "account_already_exists": _exists,
    "password_changed": _password_changed,
    "password_set": _password_changed,
    "password_reset": _password_changed,
    "email_changed": _email_changed,
    "new_sign_in": _new_sign_in,
}


def _called(context: dict[str, Any]) -> str:
    user = context.get("user")
    return str(user.get_short_name()) if user is not None else ""
