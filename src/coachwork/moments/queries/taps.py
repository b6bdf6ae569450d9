"""Links of one tap for mails: they ask what came of an if-then, and need no sign-in."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from coachwork.kit import signed
from coachwork.moments.models import TAP
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User


def tap_link(*, actor: User, client: Client, if_then_id: UUID, on: date) -> str:
    """The path of the link for one if-then and one day; it carries ids and no words."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    token = signed.token(TAP, actor.pk, client.pk, if_then_id, on.isoformat())
    return reverse("moments:tap", args=[token])
