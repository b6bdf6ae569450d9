"""Keys to the API, for programs that act in a person's name."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import keys
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.actions.trail import audit
from coachwork.people.models import ApiToken, Scope, User

PREFIX = "cw_"  # so that a key that leaks into a text can be recognised
MOST = 50


@transaction.atomic
def create_token(
    *,
    actor: User,
    name: str,
    scopes: Iterable[str],
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a key; its secret is handed out this once and never kept."""
    wanted = sorted(set(scopes))
    problems = {}
    if not name.strip():
        problems["name"] = _("Please say what it is for.")
    if not wanted or not set(wanted) <= set(Scope.values):
        problems["scopes"] = _("Please choose what it may be used for.")
    if expires_at is not None and expires_at <= at:
        problems["expires_at"] = _("Please choose a day in the future.")
    if ApiToken.objects.filter(user=actor, revoked_at__isnull=True).count() >= MOST:
        problems["name"] = _("You have very many keys. Please revoke some first.")
    if problems:
        raise Invalid(problems)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=actor,
        name=name.strip(),
        scopes=wanted,
        digest=keys.digest(secret),
        created_at=at,
        expires_at=expires_at,
    )
    audit(actor=actor, verb="token.created", stream=actor.pk, item=token.pk, at=at)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: User, token: ApiToken, at: datetime) -> ApiToken:
    """End a key at once."""
    if token.user_id != actor.pk:
        raise access.NotVisible("There is no such key.")
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit(actor=actor, verb="token.revoked", stream=actor.pk, item=token.pk, at=at)
    return token


def mark_used(*, actor: User, token: ApiToken, at: datetime) -> None:
    """Keep the day on which a key was last used: one write a day at most."""
    if token.user_id != actor.pk:
        raise access.NotVisible("There is no such key.")
    if token.used_on != at.date():
        ApiToken.objects.filter(pk=token.pk).update(used_on=at.date())
