"""Somebody asked for a record that exists and is not theirs: its log says so, once an hour."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.timezone import now

from coachwork.kit import rowlock
from coachwork.people import actions as people
from coachwork.people.access import NotVisible
from coachwork.people.models import Client

SECONDS = 60 * 60


def note(request: HttpRequest, error: Exception) -> None:
    """Keep a refused access to an existing record; everything else costs nothing here."""
    client_id = getattr(error, "client_id", None)
    user = request.user
    if not isinstance(error, NotVisible) or client_id is None or not user.is_authenticated:
        return
    if not cache.add(f"refused:{user.pk}:{client_id}", 1, SECONDS):
        return
    with rowlock.lifted():
        exists = Client.objects.filter(pk=client_id).exists()
    if exists:
        people.audit(
            actor=user,
            verb="access.refused",
            stream=client_id,
            thing=error.thing,
            at=now(),
            origin=str(request.META.get("REMOTE_ADDR", "")),
        )
