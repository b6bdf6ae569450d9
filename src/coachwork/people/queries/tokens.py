"""Keys to the API."""

from datetime import datetime

from django.db.models import Q

from coachwork.kit import keys
from coachwork.people import access
from coachwork.people.models import ApiToken, User


def tokens(*, actor: User) -> list[ApiToken]:
    """The actor's own keys that still open something, newest first."""
    return list(ApiToken.objects.filter(user=actor, revoked_at__isnull=True).order_by("-id"))


def key(*, secret: str, at: datetime) -> ApiToken:
    """The key with this secret, with its person and their record; the secret is the permission."""
    if 20 <= len(secret) <= 100:
        found = ApiToken.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            digest=keys.digest(secret),
            revoked_at__isnull=True,
            user__is_active=True,
        )
        token = found.select_related("user__client").first()
        if token is not None:
            return token
    raise access.NotVisible("There is no such key.")
