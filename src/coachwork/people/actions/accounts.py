"""Accounts: the first one of an installation, those made by hand, and a person's settings."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import turns
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.actions.organisations import create_organisation
from coachwork.people.actions.records import open_record
from coachwork.people.actions.trail import audit
from coachwork.people.models import Organisation, User


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str,
    password: str | None,
    at: datetime,
    operator: bool = False,
    record: bool = True,
) -> User:
    """Make an account whose address counts as verified, with a record unless told otherwise."""
    if User.objects.filter(email__iexact=email).exists():
        raise Invalid({"email": _("There is an account with this address already.")})
    user = User.objects.create_user(
        email=email,
        password=password,
        name=name.strip(),
        is_staff=operator,
        is_superuser=operator,
        date_joined=at,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit(actor=None, verb="account.created", stream=user.pk, item=user.pk, at=at)
    if record:
        open_record(actor=user, name=name, at=at)
    return user


@transaction.atomic
def set_up(
    *,
    email: str,
    name: str,
    password: str,
    at: datetime,
    organisation: str = "",
    kind: str = Organisation.Kind.PRACTICE,
) -> User:
    """Make the owner's account on an empty installation; ever after this is refused."""
    turns.take("set_up")
    if User.objects.exists():
        raise Refused(_("This installation has been set up already."))
    user = create_account(
        email=email, name=name, password=password, operator=True, record=False, at=at
    )
    if organisation.strip():
        create_organisation(actor=user, name=organisation, kind=kind, at=at)
    return user


@transaction.atomic
def change_settings(
    *, actor: User, name: str, locale: str, timezone: str, theme: str, at: datetime
) -> User:
    """Change how the actor is called and how the product speaks to them."""
    actor.name, actor.locale, actor.timezone, actor.theme = name.strip(), locale, timezone, theme
    actor.save(update_fields=["name", "locale", "timezone", "theme"])
    own = getattr(actor, "client", None)
    if own is not None and own.name != actor.name:
        own.name = actor.name
        own.save(update_fields=["name"])
    return actor


@transaction.atomic
def choose_theme(*, actor: User, theme: str, at: datetime) -> User:
    """Let the look that the actor chose follow them to every device where they sign in."""
    actor.theme = User.Theme(theme)
    actor.save(update_fields=["theme"])
    return actor
